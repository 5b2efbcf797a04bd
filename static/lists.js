// Comforts of lists: sorting, filtering, and the nearest titles for the lost. The pages work without.
{
const D = document, $ = (s, r = D) => r.querySelector(s), $$ = (s, r = D) => [...r.querySelectorAll(s)];
const make = (tag, text, set) => Object.assign(D.createElement(tag), { textContent: text || '' }, set);

// Tables sort by the column whose head is pressed.
$$('table[data-sort]').forEach(t => $$('thead th', t).forEach((h, i) => {
  const b = make('button', h.textContent, { type: 'button' });
  h.replaceChildren(b);
  b.onclick = () => {
    const up = h.ariaSort ? h.ariaSort !== 'ascending' : !h.classList.contains('num');
    $$('thead th', t).forEach(x => x.ariaSort = null);
    h.ariaSort = up ? 'ascending' : 'descending';
    const key = r => r.cells[i].firstChild?.textContent.trim() || '', body = t.tBodies[0];
    const order = new Intl.Collator(D.documentElement.lang, { numeric: true }).compare;
    body.append(...[...body.rows].sort((p, q) => order(key(p), key(q)) * (up ? 1 : -1)));
  };
}));

// Contexts: the other way round, and only lines with a word.
const list = $('.contexts'), field = $('#page-filter'), turn = $('#page-turn');
if (field) {
  turn.onclick = () => {
    list.append(...[...list.children].reverse());
    [turn.textContent, turn.dataset.newer] = [turn.dataset.newer, turn.textContent];
  };
  field.oninput = () => {
    const word = field.value.toLowerCase();
    $$('.kwic li', list).forEach(l => l.hidden = !l.textContent.toLowerCase().includes(word));
    $$('.kd', list).forEach(s => s.hidden = !$('.kwic li:not([hidden])', s));
  };
}

// Lost: the words of the address lead to the nearest titles, or to search.
const lost = $('#lost-search');
if (lost) {
  const from = D.documentElement.dataset.root.length;
  const words = (decodeURIComponent(location.pathname.slice(from)).match(/[\p{L}\p{N}]{3,}/gu) || []).filter(w => !/^(index|html|404)$/.test(w));
  if (words.length) {
    const a = make('a', lost.dataset.text.replace('{words}', words.join(' ')));
    a.href = lost.dataset.search + '?q=' + encodeURIComponent(words.join(' '));
    lost.append(a);
    lost.hidden = false;
  }
  const score = l => words.filter(w => l.firstChild.getAttribute('href').slice(from, -11).toLowerCase().includes(w.toLowerCase())).length;
  const near = $$('#lost-near li').map(l => [score(l), l]).filter(p => p[0]).sort((p, q) => q[0] - p[0]).slice(0, 6);
  near.forEach(p => { p[1].hidden = false; p[1].parentNode.append(p[1]) });
  if (near.length) $('#lost-near').hidden = false;
}
}
