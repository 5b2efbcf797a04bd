if (typeof document === 'undefined') globalThis.seedbedSearch = { terms, folded, parse, openIndex, searcher, nearest };
else if (document.getElementById('search-form')) searchPage(document.getElementById('search-form'));
else arrive();
