// The search page: what is typed to results, facets, chips and the address.
const SAY = {
  found: n => n === 1 ? '1 document' : `${n.toLocaleString()} documents`, none: 'Nothing found.', ask: 'Type a word, a phrase or a name.',
  mean: 'Did you mean', no: 'no document has', more: 'More results', csv: 'Save list as CSV', remove: 'Remove', names: 'Names', undated: 'undated',
  rank: 'By relevance', date: 'By date', facets: ['Year', 'Organization', 'Person', 'Place', 'Event', 'Agreement', 'Theme', 'Issuer', 'Kind'],
  failed: 'The search index could not be loaded.', all: 'Show all',
};
const FOLDERS = ['organizations', 'people', 'places', 'events', 'agreements', 'themes'];
// Fields that documents are counted by, in the order of the page, and how many bytes may be loaded for one that is not open.
const COUNTED = [9, 8, 6, 1, 2, 3], EAGER = 24e3, SHOWN = 10;

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name in element) element[name] = value; else element.setAttribute(name, value);
  }
  element.append(...children.filter(it => it !== undefined && it !== null));
  return element;
}

function searchPage(form) {
  const input = form.querySelector('[name=q]'), at = id => document.getElementById('search-' + id);
  const status = at('status'), facets = at('facets'), list = at('results'), folder = new URL('.', location.href);
  const disk = location.protocol === 'file:', say = { ...SAY, ...JSON.parse(form.dataset.words || '{}') };
  const put = (id, tag, properties) => at(id) || list.parentNode.insertBefore(make(tag, { id: 'search-' + id, ...properties }), list);
  const chips = put('chips', 'ul'), names = put('names', 'ul', { 'aria-label': say.names }), tools = put('tools', 'div'), more = make('button', { type: 'button', hidden: true }, say.more);
  list.after(more);
  const page = (kind, id) => new URL(`../${kind}/${id}/${disk ? 'index.html' : ''}`, folder).href;
  let index, search, state, result, turn = 0, shown = 0;

  // ---- files
  const arrived = {};
  self.seedbed = (name, value) => { arrived[name] = value; };
  const load = (name, hash, again = '') => new Promise((resolve, reject) => {
    const script = make('script', { src: new URL(`${name}${hash ? '.' + hash : ''}.js${again}`, folder).href });
    script.onload = () => { script.remove(); const value = arrived[name]; delete arrived[name]; value === undefined ? reject(Error(name)) : resolve(value); };
    script.onerror = () => reject(Error(name));
    document.head.append(script);
  });
  async function open(again) {
    index = openIndex(load, await load('index', '', again));
    search = searcher(index);
  }

  // ---- the address: q, sort, and one parameter for each chosen facet
  const read = () => {
    const given = new URLSearchParams(location.search);
    return { text: given.get('q') || '', sort: given.get('sort') || '', chosen: [...given].filter(([key]) => FIELDS[key]).map(([key, text]) => ({ field: FIELDS[key], text })) };
  };
  function write(push) {
    const given = new URLSearchParams();
    if (state.text) given.set('q', state.text);
    if (state.sort) given.set('sort', state.sort);
    for (const { field, text } of state.chosen) given.append(NAMES[field - 1], text);
    const address = location.pathname + (given.size ? '?' + given : '');
    // A page from disk may keep its address.
    try { history[push ? 'pushState' : 'replaceState'](null, '', address); } catch { }
  }

  // ---- running a query
  async function run(change, push) {
    const mine = ++turn;
    state = { ...state, ...change };
    if (change) write(push);
    try {
      if (!index) await open();
      let found;
      try { found = await answer(); } catch (error) { await open('?' + Date.now()); found = await answer(); }
      if (mine === turn) await show(found, mine);
    } catch (error) {
      if (mine === turn) status.textContent = say.failed;
    }
  }
  async function answer() {
    const chosen = state.chosen.map(it => ({ ...it, exactName: true }));
    const found = await search(state.text, chosen);
    if (state.sort !== 'date') found.documents.sort((a, b) => found.scores[b] - found.scores[a] || a - b);
    return found;
  }
  async function show(found, mine) {
    result = found;
    shown = 0;
    const asked = found.groups.length, count = found.documents.length;
    const rows = asked ? await index.rows(found.documents.slice(0, SHOWN)) : [];
    if (mine !== turn) return;
    list.replaceChildren();
    names.replaceChildren();
    drawChips();
    tools.replaceChildren(...count ? [
      make('button', { type: 'button', onclick: () => run({ sort: state.sort ? '' : 'date' }, true) }, state.sort ? say.rank : say.date),
      make('button', { type: 'button', onclick: save }, say.csv)] : []);
    status.textContent = !asked ? say.ask : count ? say.found(count) : say.none;
    drawRows(rows);
    await Promise.all([drawNames(mine), drawFacets(mine), asked && !count && suggest(mine)]);
  }

  // ---- results
  const href = (slug, marks, to = '') => page('documents', slug) + (marks.length ? '?hl=' + encodeURIComponent(marks.join('|')) : '') + to;
  const seen = typeof IntersectionObserver === 'function' && new IntersectionObserver(entries => entries.forEach(it => {
    if (it.isIntersecting) { seen.unobserve(it.target); it.target.passage?.(); }
  }));
  function drawRows(rows) {
    const { documents, marks } = result;
    rows.forEach(([title, slug, date, kind, issuer, paragraphs], i) => {
      const document = documents[shown + i], link = make('a', { href: href(slug, marks) }, title || slug), passage = make('p', { className: 'passage' });
      const meta = [date || say.undated, kind, issuer].filter(it => it).join(' · ');
      const item = make('li', {}, make('h2', {}, link), make('p', { className: 'meta' }, meta), passage);
      const target = { link, passage, slug, marks, document, paragraphs };
      item.passage = () => (disk ? fromIndex : fromPage)(target).catch(() => passage.remove());
      list.append(item);
      seen ? seen.observe(item) : item.passage();
    });
    shown += rows.length;
    more.hidden = shown >= documents.length;
  }
  more.onclick = async () => {
    const mine = turn, first = shown, rows = await index.rows(result.documents.slice(first, first + SHOWN));
    if (mine !== turn || shown !== first) return;
    drawRows(rows);
    list.children[first].querySelector('a').focus();
  };
  // The passage from the document's own page.
  async function fromPage({ link, passage, slug, marks }) {
    const text = await (await fetch(page('documents', slug))).text(), found = bestParagraph(new DOMParser().parseFromString(text, 'text/html'), marks);
    if (!found) return passage.remove();
    link.href = href(slug, marks, '#' + found.id);
    passage.replaceChildren(...cutOut(found));
  }
  // Pages from disk cannot be read; the index knows in which paragraphs the words stand.
  async function fromIndex({ link, passage, slug, marks, document, paragraphs }) {
    const counts = new Map();
    const note = position => {
      const number = paragraphs.findLastIndex(it => it <= position) + 1;
      counts.set(number, (counts.get(number) || 0) + 1);
    };
    for (const item of result.items) {
      if (item.starts) item.starts.get(document)?.forEach(note);
      else for (const term of (item.found || []).slice(0, 8)) await index.places(term, it => it === document, (_, positions) => positions.forEach(note));
    }
    const best = [...counts].filter(([number]) => number).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5);
    if (best.length) link.href = href(slug, marks, '#p' + best[0][0]);
    passage.replaceChildren(...best.flatMap(([number]) => [make('a', { href: href(slug, marks, '#p' + number) }, '¶ ' + number), ' ']));
  }

  // ---- names
  async function drawNames(mine) {
    const key = folded(state.text);
    if (key.length < 2 || /[":]/.test(state.text)) return complete(mine);
    close();
    const rows = unique(await index.names(key, 2)).filter(it => it.field < 7).slice(0, 6);
    if (mine === turn) names.replaceChildren(...rows.map(it => make('li', {}, make('a', { href: page(FOLDERS[it.field - 1], idOf(it)) }, it.name), ` ${say.facets[it.field]}, ${say.found(it.count)}`)));
  }
  const unique = rows => [...new Map(rows.sort((a, b) => b.count - a.count).map(it => [it.field + ' ' + it.value, it])).values()];

  // ---- completing a field: a listbox under the input
  const box = put('options', 'ul', { role: 'listbox', hidden: true, 'aria-label': say.names });
  form.append(box);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', box.id], ['aria-expanded', 'false'], ['autocomplete', 'off']]) input.setAttribute(name, value);
  const close = () => { box.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const options = () => box.hidden ? [] : [...box.children];
  async function complete(mine) {
    const [whole, field, text] = input.value.match(/([a-z]+):["“”]?([^"“”]*)$/i) || [], number = field && FIELDS[field.toLowerCase()];
    if (!(number < 9) || document.activeElement !== input) return close();
    const key = folded(text), rows = unique((await index.names(key, 3)).filter(it => it.field === number)).slice(0, 8);
    if (mine !== turn) return;
    box.replaceChildren(...rows.map((it, i) => make('li', { id: 'search-option-' + i, role: 'option', 'aria-selected': 'false',
      onmousedown: event => { event.preventDefault(); pick(input.value.slice(0, -whole.length) + `${field}:"${it.name}" `); } }, `${it.name} (${it.count})`)));
    box.hidden = !rows.length;
    input.setAttribute('aria-expanded', String(!box.hidden));
  }
  function pick(text) {
    input.value = text;
    close();
    input.focus();
    run({ text }, true).then(close);
  }

  // ---- facets
  const chosen = (field, text) => state.chosen.some(it => it.field === field && it.text === text);
  const toggle = (field, text) => run({ chosen: chosen(field, text) ? state.chosen.filter(it => it.field !== field || it.text !== text) : [...state.chosen, { field, text }] }, true);
  function drawChips() {
    chips.replaceChildren(...state.chosen.map(({ field, text }) => make('li', {}, make('button', { type: 'button', 'aria-label': `${say.remove} ${say.facets[field % 9]}: ${text}`, onclick: () => toggle(field, text) },
      `${say.facets[field % 9]}: ${text} ×`))));
  }
  async function counts(field) {
    const { entry } = index, has = result.scores;
    if (field === 9) {
      let first = 0;
      return entry.years.map(([year, count]) => {
        let hits = 0;
        for (const end = first + count; first < end; first++) hits += has[first] > 0;
        return [year ? String(year) : 'undated', hits];
      });
    }
    const terms = await index.values(field);
    return Promise.all(terms.map(async term => [term.key, (await index.documents(term)).documents.reduce((sum, it) => sum + (has[it] > 0), 0)]));
  }
  async function drawFacets(mine) {
    const asked = result.documents.length && result.groups.length;
    for (const field of COUNTED) {
      if (field < 9 && !index.entry.fields[field - 1][1]) continue;
      const group = facets.querySelector(`[data-field="${field}"]`) || facets.appendChild(make('details', { 'data-field': field }, make('summary', {}, say.facets[field % 9]), make('ul')));
      group.hidden = !asked;
      const eager = field === 9 || index.entry.fields[field - 1][2] < EAGER;
      if (!group.ontoggle) { group.open = eager; group.ontoggle = () => { if (group.open) drawFacet(group, field, turn); }; }
      if (asked && group.open) await drawFacet(group, field, mine);
    }
  }
  async function drawFacet(group, field, mine) {
    let values = (await counts(field)).filter(it => it[1] || chosen(field, it[0]));
    if (mine !== turn) return;
    if (field < 9) values.sort((a, b) => b[1] - a[1]);
    const item = ([name, count]) => make('li', {}, make('button', { type: 'button', 'aria-pressed': String(chosen(field, name)), onclick: () => toggle(field, name) }, name + ' ', make('span', {}, `(${count.toLocaleString()})`)));
    const rest = values.slice(12), list = group.querySelector('ul');
    list.replaceChildren(...values.slice(0, 12).map(item));
    if (rest.length) list.append(make('li', {}, make('button', { type: 'button', onclick: event => { event.target.parentNode.replaceWith(...rest.map(item)); } }, `${say.all} (${values.length})`)));
  }

  // ---- nothing found
  async function suggest(mine) {
    const better = [], bad = [];
    for (const item of result.items.filter(it => it.forms)) {
      for (const form of item.missing || (item.found.length ? [] : item.forms)) {
        bad.push(form);
        const near = await nearest(index, form);
        if (near) better.push([form, near]);
      }
    }
    if (mine !== turn) return;
    if (bad.length) status.append(` “${bad.join('”, “')}”: ${say.no}. `);
    if (!better.length) return;
    let text = state.text;
    for (const [form, near] of better) {
      const place = terms(text).find(it => it[0] === form);
      if (place) text = text.slice(0, place[1]) + near + text.slice(place[2]);
    }
    status.append(` ${say.mean} `, make('button', { type: 'button', onclick: () => pick(text) }, text), '?');
  }

  // ---- the list as a file
  async function save() {
    const cell = it => /[",\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it;
    const rows = await index.rows(result.documents);
    const lines = rows.map(([title, slug, date, kind, issuer]) => [title, date, kind, issuer, page('documents', slug)].map(cell).join(','));
    const url = URL.createObjectURL(new Blob(['\ufefftitle,date,kind,issuer,url\r\n' + lines.join('\r\n') + '\r\n'], { type: 'text/csv' }));
    make('a', { href: url, download: 'search.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1e4);
  }

  // ---- hands
  // What was asked before stays behind in the history; the letters on the way to the next question do not.
  let wait, settled = true;
  input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(() => { run({ text: input.value }, settled); settled = false; }, 30); });
  form.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(wait);
    close();
    run({ text: input.value }, settled && input.value !== state.text).then(close);
    settled = true;
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', event => {
    const all = options(), now = all.findIndex(it => it.getAttribute('aria-selected') === 'true');
    if (event.key === 'Escape' && all.length) { event.preventDefault(); close(); }
    if (event.key === 'Enter' && now >= 0) { event.preventDefault(); all[now].onmousedown(event); }
    if (!all.length || !/^Arrow(Up|Down)$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (now + (event.key === 'ArrowDown' ? 1 : all.length + (now < 0 ? 0 : -1))) % all.length;
    all.forEach((it, i) => it.setAttribute('aria-selected', String(i === next)));
    input.setAttribute('aria-activedescendant', all[next].id);
  });
  document.addEventListener('keydown', event => {
    if (!/^Arrow(Up|Down)$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [input, ...names.querySelectorAll('a'), ...list.querySelectorAll('h2 a')], now = links.indexOf(document.activeElement);
    const next = links[now + (event.key === 'ArrowDown' ? 1 : -1)];
    if (now < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  // Nothing is loaded before somebody asks.
  const restore = () => {
    state = read();
    input.value = state.text;
    settled = true;
    if (state.text || state.chosen.length || result) run(); else status.textContent = say.ask;
  };
  addEventListener('popstate', restore);
  restore();
}
