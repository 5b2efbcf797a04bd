// Comforts of every page: the clean address, keys, search when it is wanted, colours. The site works without.
{
const D = document, $ = (s, r = D) => r.querySelector(s), $$ = (s, r = D) => [...r.querySelectorAll(s)];

// Links name index.html so that they work from a disk; on a server the address bar shows the clean address.
if (location.protocol !== 'file:' && /\/index\.html$/.test(location.pathname))
  history.replaceState(null, '', location.pathname.slice(0, -10) + location.search + location.hash);

// Keys: / and Ctrl-K to search.
D.addEventListener('keydown', e => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName);
  if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey || e.key === 'k' && (e.ctrlKey || e.metaKey)) {
    e.preventDefault();
    ($('#q') || $('#page-q'))?.focus();
  }
});

// The engine of search is loaded when somebody goes to the field, or arrives from a result whose words are to be marked.
const engine = field => {
  if (!field?.dataset.script || $('#search-form')) return;
  D.head.append(Object.assign(D.createElement('script'), { src: field.dataset.script }));
  delete field.dataset.script;
};
D.addEventListener('focusin', e => engine(e.target.closest('.find')));
if (/[?&]hl=/.test(location.search)) engine($('.find'));

// Colours.
const colours = $('.theme');
if (colours) {
  let now = '';
  try { now = localStorage.theme || '' } catch {}
  colours.hidden = false;
  $$('input', colours).forEach(i => {
    i.checked = i.value === now;
    i.onchange = () => {
      const d = D.documentElement.dataset;
      if (i.value) d.theme = i.value; else delete d.theme;
      try { if (i.value) localStorage.theme = i.value; else localStorage.removeItem('theme') } catch {}
    };
  });
}
}
