// The files of the index to lists of documents and places: what src/pipeline/search/section.rs writes.
const INLINE = 400, WORTH = 3, WIDTHS = 20, OWN = 48;
const WEIGHTS = [1, 2, 3, 4, 5.5, 8, 12, 20];

const width = (total, parts) => Math.min(32 - Math.clz32(total / parts), WIDTHS - 1);

// `load(name, hash)` gives what the file of that name hands over.
function openIndex(load, entry) {
  const cache = new Map(), total = entry.documents;
  const keep = (name, make) => cache.get(name) || cache.set(name, make().catch(error => { cache.delete(name); throw error; })).get(name);
  const cut = (hashes, number) => hashes.slice(number * 6, number * 6 + 6);
  const frequent = new Map(entry.frequent.map((it, rank) => [it, rank + 1]));
  const lengths = Array.from(entry.lengths, it => 1.5 * 2 ** (it.charCodeAt() - 97));
  const contexts = entry.contexts.map(it => [it >> 5, it & 31]);

  const expectDocuments = () => [many(WIDTHS, numbers), many(WIDTHS, () => symbols(WORTH))];

  function readDocuments(decoder, term, [gaps, worths]) {
    const { count } = term;
    const list = { documents: new Int32Array(count), worths: new Uint8Array(count) }, wide = width(total, count);
    for (let i = 0, next = 0; i < count; i++) {
      next = (list.documents[i] = next + decoder.number(gaps[wide])) + 1;
      list.worths[i] = decoder.symbol(worths[wide]);
    }
    return term.list = list;
  }

  const expectPlaces = () => ({ counts: [], gaps: many(WIDTHS, numbers), any: symbols(1), which: symbols(8) });

  // The places of a term in all its documents, one after the other; `ends` says where each document's end.
  function readPlaces(decoder, term, { counts, gaps, any, which }) {
    if (!term.section && term.total > OWN) [any, which] = [symbols(1), symbols(8)];
    const ends = new Int32Array(term.count), positions = [], before = [], told = !term.section && frequent.size && !frequent.has(term.key);
    const mean = width(term.total, term.count);
    for (let i = 0; i < term.count; i++) {
      let count = decoder.number(counts[mean << WORTH | term.list.worths[i]] ||= numbers()) + 1, next = 0;
      for (const gap = gaps[width(lengths[term.list.documents[i]], count + 1)]; count; count--) {
        positions.push(next += decoder.number(gap));
        next++;
        if (told) before.push(decoder.symbol(any) && decoder.symbol(which));
      }
      ends[i] = positions.length;
    }
    return { ends, positions, before };
  }

  // The file beside a shard that a term is in, and the terms in it.
  async function beside(shard, kind, term, read, expected) {
    const files = shard[kind], at = files.terms.indexOf(term);
    let number = 0, first = 0;
    while (first + files.counts[number] <= at) first += files.counts[number++];
    const name = shard.name + kind + number;
    const lists = await keep('/' + name, async () => {
      const decoder = new Decoder(await load(name, files.hashes[number])), state = expected();
      return files.terms.slice(first, first + files.counts[number]).map(it => read(decoder, it, state));
    });
    return lists[at - first];
  }

  function readShard(name, section, text) {
    const decoder = new Decoder(text), shard = { name, terms: [] }, expected = many(6, numbers), letters = [], bytes = [];
    for (const kind of 'dp') {
      const files = shard[kind] = { hashes: [], counts: [], terms: [] };
      for (let count = decoder.number(expected[0]); count; count--) {
        files.hashes.push(decoder.plain(24).toString(16).padStart(6, '0'));
        files.counts.push(decoder.number(expected[0]));
      }
    }
    const count = decoder.number(expected[0]);
    for (let at = 0; at < count; at++) {
      bytes.length = decoder.number(expected[5]);
      const term = { shard, at, section, key: decoder.text(letters, bytes), sibling: decoder.number(expected[1]) };
      term.far = many(decoder.number(expected[2]), () => decoder.text(letters));
      term.count = decoder.number(expected[3]) + 1;
      const more = decoder.number(expected[4]);
      term.total = more && term.count + more - 1;
      shard.terms.push(term);
      if (term.count > INLINE) shard.d.terms.push(term); else if (more) shard.p.terms.push(term);
    }
    shard.p.terms.push(...shard.d.terms.filter(it => it.total));
    const state = expectDocuments();
    for (const term of shard.terms) if (term.count <= INLINE) readDocuments(decoder, term, state);
    return shard;
  }

  function readRows(text, expected) {
    const decoder = new Decoder(text);
    return many(decoder.number(numbers()), () => {
      let next = 0;
      return [...decoder.text(expected.letters).split('\n'), many(decoder.number(expected.count), () => next += decoder.number(expected.gap))];
    });
  }
  // What the sample, the last file of the table, lets expect of rows.
  const sampled = () => keep('/u', async () => {
    const expected = { letters: [], count: numbers(), gap: numbers() };
    readRows(await load('u', entry.table[1].slice(-6)), expected);
    return expected;
  });
  const rows = number => keep('/t' + number, async () => {
    const [text, expected] = await Promise.all([load('t' + number, cut(entry.table[1], number)), sampled()]);
    return readRows(text, structuredClone(expected));
  });

  // Rows of names: `value` is the number of the value in its field, `id` what its name does not tell of its id.
  function readNames(text) {
    const decoder = new Decoder(text), [shared, values, counts, skips] = many(4, numbers), kinds = symbols(4), letters = [], bytes = [];
    return many(decoder.number(shared), () => {
      bytes.length = decoder.number(shared);
      const key = decoder.text(letters, bytes), kind = decoder.symbol(kinds), value = decoder.number(values), count = decoder.number(counts) + 1;
      const skip = decoder.number(skips), known = (last, at) => at < skip ? last : 256 + (bytes[at - skip] | 0);
      const [name, id = ''] = decoder.text(letters, [], known).split('\t');
      return { key, whole: kind > 7, field: (kind & 7) + 1, value, count, name, id };
    });
  }
  const names = number => keep('/k' + number, async () => readNames(await load('k' + number, cut(entry.keys[1], number))));

  const shard = (section, number) => {
    const name = (section ? `f${section - 1}_` : 'w') + number, hashes = section ? entry.fields[section - 1][3] : entry.words[1];
    return keep('/' + name, async () => readShard(name, section, await load(name, cut(hashes, number))));
  };

  // The shard that holds `key` if any does.
  function find(firsts, key) {
    let low = 0, high = firsts.length;
    while (low < high) { const middle = low + high >> 1; if (firsts[middle] <= key) low = middle + 1; else high = middle; }
    return Math.max(0, low - 1);
  }

  // All that begins with `begin`, from at most `most` of the shards that begin with `firsts`.
  async function from(firsts, begin, read, most) {
    const found = [];
    let number = find(firsts, begin);
    while (number && firsts[number] === begin) number--;
    for (; number < firsts.length && most-- && (firsts[number] <= begin || firsts[number].startsWith(begin)); number++) {
      found.push(...(await read(number)).filter(it => it.key.startsWith(begin)));
    }
    return found;
  }

  const index = {
    entry, frequent, contexts,
    // The word `form`, or nothing.
    word: async form => (await index.around(form)).find(it => it.key === form),
    // All words of the shard that `form` is in or would be in.
    around: async form => (await shard(0, find(entry.words[0], form))).terms,
    // All words that begin with `begin`.
    wordsFrom: begin => from(entry.words[0], begin, async it => (await shard(0, it)).terms, 1 / 0),
    // Rows of names whose keys begin with `key`, from at most `most` shards.
    names: (key, most) => from(entry.keys[0], key, names, most),
    // All forms of the word that `term` is a form of.
    async siblings(term) {
      const { terms } = term.shard, first = it => it.sibling ? first(terms[it.at - it.sibling]) : it, base = first(term);
      return [...terms.filter(it => first(it) === base), ...await Promise.all(term.far.map(index.word))];
    },
    // Number `number` of the values of a field.
    value: async (field, number) => (await shard(field, number >> 6)).terms[number & 63],
    async values(field) {
      const shards = await Promise.all(many(entry.fields[field - 1][1] + 63 >> 6, (_, number) => shard(field, number)));
      return shards.flatMap(it => it.terms);
    },
    // What a term tells of a document: BM25 with its usual saturation (1.2) and share of length (0.75). Themes, issuers, kinds are of all of it.
    told(term, document, worth) {
      const weight = WEIGHTS[worth];
      return weight / (weight + .3 + .9 * (term.section > 5 ? 1 : lengths[document] / entry.length));
    },
    // The documents of a term, ascending, with its worth in each.
    documents: async term => term.list || beside(term.shard, 'd', term, readDocuments, expectDocuments),
    // Calls `found(document, positions, contexts)` for each document that `wanted(document)` wants.
    async places(term, wanted, found) {
      if (!term.total) return;
      const list = await index.documents(term), places = await beside(term.shard, 'p', term, readPlaces, expectPlaces);
      list.documents.forEach((document, i) => {
        const from = i && places.ends[i - 1];
        if (wanted(document)) found(document, places.positions.slice(from, places.ends[i]), places.before.slice(from, places.ends[i]));
      });
    },
    // Rows of the table for these documents: [title, slug, date, kind, issuer, where each paragraph begins].
    rows: documents => Promise.all(documents.map(async document => (await rows(document / entry.table[0] | 0))[document % entry.table[0]])),
  };
  return index;
}
