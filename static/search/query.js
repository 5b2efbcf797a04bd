// A query to the documents that it asks for, ranked.
const NAMES = ['organization', 'person', 'place', 'event', 'agreement', 'theme', 'issuer', 'kind', 'year'];
const FIELDS = { org: 1, organisation: 1, people: 2 };
NAMES.forEach((it, i) => { FIELDS[it] = i + 1; });

// `a "b c" -d OR person:"e f" g*` to groups of items, of which each group must match by one item at least.
function parse(text) {
  const groups = [];
  let or = false;
  for (const [whole, not, field, phrase, plain] of text.matchAll(/(-?)(?:([a-z]+):)?(?:["“”]([^"“”]*)(?:["“”]|$)|([^\s"“”]+))|\S/giu)) {
    if (whole === 'OR') { or = groups.length > 0; continue; }
    let item = { not: !!not, text: phrase ?? plain ?? '' };
    if (field && FIELDS[field.toLowerCase()]) item.field = FIELDS[field.toLowerCase()];
    else {
      item.text = (field ? field + ' ' : '') + item.text;
      item.prefix = phrase === undefined && /\*$/.test(item.text);
      item.forms = forms(item.text);
      item.exact = phrase !== undefined || item.forms.length > 1;
      item.open = phrase !== undefined && !/["”]$/.test(whole);
      if (!item.forms.length) continue;
    }
    if (or) groups.at(-1).push(item); else groups.push([item]);
    or = false;
  }
  return groups;
}

// The id of a row of names: what the name says, and what is told besides.
const idOf = ({ name, id }) => id && id[0] !== '-' ? id : folded(name).replaceAll(' ', '-') + id;

const opposite = found => found.map(it => it > 0 ? 0 : 1e-3);

function both(a, b) {
  for (let i = 0; i < a.length; i++) a[i] = a[i] && b[i] && a[i] + b[i];
  return a;
}

function either(a, b) {
  for (let i = 0; i < a.length; i++) a[i] += b[i];
  return a;
}

// The answer to a question is an array over all documents: 0 where it does not match, else how well.
function searcher(index) {
  const { entry, frequent } = index, total = entry.documents;
  const none = () => new Float32Array(total);
  const rarity = count => Math.log(1 + (total - count + .5) / (count + .5));

  async function sum(terms, share = () => 1) {
    const found = none(), lists = await Promise.all(terms.map(index.documents));
    const weight = rarity(Math.max(...terms.map(it => it.count), 1));
    lists.forEach((list, at) => {
      const part = weight * share(terms[at]);
      list.documents.forEach((document, i) => { found[document] += part * index.told(terms[at], document, list.worths[i]); });
    });
    return found;
  }

  async function word(item, form) {
    const term = await index.word(form);
    const terms = item.prefix ? await index.wordsFrom(form) : term ? await index.siblings(term) : [];
    item.found = terms;
    item.marks = item.prefix ? [form + '*'] : terms.map(it => it.key);
    return sum(terms, it => it === term ? 1 : .8);
  }

  // The rarer words of a phrase with what must stand before each; frequent ones that nothing else tells of are looked up themselves.
  function plan(item, terms, contexts) {
    const told = new Set(), parts = [], number = at => frequent.get(item.forms[at]) || 0;
    terms.forEach((term, at) => {
      const first = number(at - 1), second = first && number(at - 2);
      if (frequent.has(term.key)) return;
      const usual = contexts.some(it => it[0] === first && it[1] === second);
      if (first) told.add(at - 1);
      if (second && usual) told.add(at - 2);
      parts.push({ term, at, fits: contexts.map(it => !first || it[0] === first && (!second || it[1] === (usual ? second : 0))) });
    });
    terms.forEach((term, at) => { if (frequent.has(term.key) && !told.has(at)) parts.push({ term, at }); });
    return parts.sort((a, b) => a.term.count - b.term.count);
  }

  async function phrase(item) {
    // A phrase that is still being typed may end in any word yet; the places of "of" are not fetched for that.
    while (item.open && item.forms.length > 1 && frequent.has(item.forms.at(-1))) item.forms.pop();
    const found = none(), terms = await Promise.all(item.forms.map(index.word));
    item.marks = [item.forms.join(' ')];
    item.found = terms.every(it => it) ? terms : [];
    item.missing = item.forms.filter((_, at) => !terms[at]);
    if (!item.found.length) return found;
    const candidates = (await Promise.all(terms.map(it => sum([it])))).reduce(both), starts = new Map();
    for (const [number, { term, at, fits }] of plan(item, terms, index.contexts).entries()) {
      const next = new Map();
      await index.places(term, it => number ? starts.has(it) : candidates[it] > 0, (document, positions, told) => {
        const fit = positions.filter((it, i) => it >= at && (!fits || fits[told[i] ?? 0]) && (!number || starts.get(document).has(it - at)));
        if (fit.length) next.set(document, new Set(fit.map(it => it - at)));
      });
      starts.clear();
      next.forEach((it, document) => starts.set(document, it));
    }
    item.starts = starts;
    starts.forEach((it, document) => { found[document] = candidates[document] * (1 + Math.log2(1 + it.size)); });
    return found;
  }

  function years(text) {
    const found = none(), [from, to] = text.split('..');
    let first = 0;
    for (const [year, count] of entry.years) {
      const is = /^undated$/i.test(text) ? !year : year && (to === undefined ? year === +from : (!from || year >= +from) && (!to || year <= +to));
      if (is) found.fill(1e-3, first, first + count);
      first += count;
    }
    return found;
  }

  // The best reading of a name: a whole form of one, else the end of one, else the beginning; persons go by their last name too.
  async function named(item) {
    const key = folded(item.text), rows = (await index.names(key, 9)).filter(it => it.field === item.field && (it.key + ' ').startsWith(key + ' '));
    const whole = rows.filter(it => it.key === key), best = whole.filter(it => it.whole || item.field === 2);
    let values = best.length ? best : whole.length ? whole : rows;
    if (item.exactName) values = values.filter(it => it.name === item.text);
    values = [...new Map(values.map(it => [it.value, it])).values()];
    item.found = await Promise.all(values.map(it => index.value(item.field, it.value)));
    item.marks = item.field < 6 ? values.map(it => '@' + idOf(it)) : [];
    return sum(item.found);
  }

  async function answer(item) {
    if (item.field === 9) return years(item.text);
    if (item.field) return named(item);
    if (item.forms.length > 1 || item.exact) return phrase(item);
    return word(item, item.forms[0]);
  }

  // `chosen` are items that must all match besides.
  return async function search(text, chosen = []) {
    const groups = [...parse(text), ...chosen.map(it => [it])];
    const answers = await Promise.all(groups.map(group => Promise.all(group.map(async it => {
      const found = await answer(it);
      return it.not ? opposite(found) : found;
    }))));
    const scores = answers.map(it => it.reduce(either)).reduce(both, answers.length ? none().fill(1e-6) : none());
    const documents = [];
    scores.forEach((score, document) => { if (score > 0) documents.push(document); });
    const items = groups.flat().filter(it => !it.not);
    return { scores, documents, items, groups, marks: [...new Set(items.flatMap(it => it.marks || []))] };
  };
}

// The words of the collection nearest to `form`, the most frequent of them.
async function nearest(index, form) {
  const places = [form, form[1] + form[0] + form.slice(2), form.slice(1), form[0] + form.slice(2)].filter(it => it.length > 1);
  const near = (await Promise.all(places.map(index.around))).flat();
  const most = form.length > 7 ? 2 : 1;
  let best;
  for (const term of new Set(near)) {
    if (Math.abs(term.key.length - form.length) > most || term.key === form) continue;
    const far = distance(form, term.key), better = !best || far < best[0] || far === best[0] && term.count > best[1].count;
    if (far <= most && better) best = [far, term];
  }
  return best?.[1].key;
}

// How many letters to add, drop, change or swap.
function distance(a, b) {
  let before = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
