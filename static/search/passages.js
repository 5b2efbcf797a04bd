// Marks in a page: what a query matched, found in a document's paragraphs. A mark is a word, `word*`, `several words` or `@entity`.
const PARAGRAPHS = 'p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, blockquote, pre';

// Where the marks stand in `text`: [start, end, mark].
function find(text, marks) {
  const all = terms(text), found = [];
  for (const mark of marks) {
    const begin = mark.endsWith('*') && mark.slice(0, -1), parts = mark.split(' ');
    for (let i = 0; i + parts.length <= all.length; i++) {
      if (begin ? all[i][0].startsWith(begin) : parts.every((it, j) => it === all[i + j][0])) found.push([all[i][1], all[i + parts.length - 1][2], mark]);
    }
  }
  return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]).filter((it, i, sorted) => !sorted.slice(0, i).some(before => before[1] > it[0]));
}

// Those of entities, where the page says which stands where.
function findEntities(element, marks) {
  const found = [];
  for (const mark of marks.filter(it => it[0] === '@')) {
    for (const named of element.querySelectorAll(`[data-e="${CSS.escape(mark.slice(1))}"]`)) {
      const before = document.createRange();
      before.setStart(element, 0);
      before.setEndBefore(named);
      const start = String(before).length;
      found.push([start, start + named.textContent.length, mark]);
    }
  }
  return found;
}

const findAll = (element, marks) => [...find(element.textContent, marks.filter(it => it[0] !== '@')), ...findEntities(element, marks)].sort((a, b) => a[0] - b[0]);

// The paragraph in which most of the marks stand.
function bestParagraph(page, marks) {
  let best;
  for (const element of page.querySelectorAll('[id^=p]')) {
    if (!/^p\d+$/.test(element.id)) continue;
    const places = findAll(element, marks), score = new Set(places.map(it => it[2])).size + Math.min(places.length, 9) / 10;
    if (!best || score > best.score) best = { id: element.id, text: element.textContent, places, score };
  }
  return best;
}

// The sentence or so around the first marks, with the marks marked.
function cutOut({ text, places }) {
  const first = places[0]?.[0] || 0, from = Math.max(text.lastIndexOf('. ', first - 1) + 1, first - 110, 0);
  const begin = from && text.indexOf(' ', from) + 1, end = Math.min(text.length, begin + 260), parts = [from > 1 ? '… ' : ''];
  let at = begin;
  for (const [start, stop] of places) {
    if (start < at || stop > end) continue;
    parts.push(text.slice(at, start), make('mark', {}, text.slice(start, stop)));
    at = stop;
  }
  const last = end < text.length ? Math.max(at, text.lastIndexOf(' ', end)) : end;
  return [...parts, text.slice(at, last), last < text.length ? ' …' : ''];
}

// Marks the paragraphs of the page that a result led to.
function arrive() {
  const given = new URLSearchParams(location.search), marks = (given.get('hl') || '').split('|').filter(it => it);
  if (!marks.length) return;
  const root = document.querySelector('main') || document.body;
  for (const element of root.querySelectorAll(PARAGRAPHS)) {
    if (element.querySelector(PARAGRAPHS)) continue;
    const places = findAll(element, marks), walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [];
    if (!places.length) continue;
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push([walker.currentNode, at]);
    for (const [node, at] of nodes) {
      for (const [start, end] of [...places].reverse()) {
        const from = Math.max(start - at, 0), to = Math.min(end - at, node.length);
        if (from >= to) continue;
        const marked = node.splitText(from), mark = make('mark', {});
        marked.splitText(to - from);
        marked.replaceWith(mark);
        mark.append(marked);
      }
    }
  }
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
