// The files of the index to lists of documents and places: what src/pipeline/search/section.rs writes.
const INLINE = 4096, DOCUMENTS = 48 * 1024, PLACES = 192 * 1024;

// Fifteen bits a character, from U+0100, to 32 bits a word.
function words(payload) {
  const packed = new Int32Array((payload.length * 15 >> 5) + 3);
  for (let i = 0, at = 0; i < payload.length; i++, at += 15) {
    const value = payload.charCodeAt(i) - 256, used = at & 31;
    if (used < 18) packed[at >> 5] |= value << 17 - used;
    else { packed[at >> 5] |= value >>> used - 17; packed[(at >> 5) + 1] |= value << 49 - used; }
  }
  return packed;
}

class Bits {
  constructor(packed, at = 0) { this.packed = packed; this.at = at; }
  peek() {
    const used = this.at & 31, first = this.packed[this.at >> 5];
    return used ? first << used | this.packed[(this.at >> 5) + 1] >>> 32 - used : first;
  }
  get(count) {
    if (!count) return 0;
    const value = this.peek() >>> 32 - count;
    this.at += count;
    return value;
  }
  gamma() {
    const zeros = Math.clz32(this.peek());
    this.at += zeros;
    return this.get(zeros + 1);
  }
  rice(width) {
    const zeros = Math.clz32(this.peek());
    if (zeros > 23) { this.at += 24; return this.get(30); }
    this.at += zeros + 1;
    return zeros << width | this.get(width);
  }
}

// How many bits of a gap are uncoded where `total` holds `parts`.
const riceWidth = (total, parts) => Math.max(0, 31 - Math.clz32(total / parts));

// `load(name, hash)` gives what the file of that name hands over.
function openIndex(load, entry) {
  const cache = new Map();
  const keep = (name, make) => cache.get(name) || cache.set(name, make().catch(error => { cache.delete(name); throw error; })).get(name);
  const get = (name, hash) => keep(name, () => load(name, hash));
  const bits = (name, hash) => keep(name, () => load(name, hash).then(words));
  const cut = (hashes, number) => hashes.slice(number * 6, number * 6 + 6);
  const frequent = new Map(entry.frequent.map((it, rank) => [it, rank + 1]));

  function parse(name, packed, hashed) {
    const read = new Bits(packed), files = () => Array.from({ length: read.gamma() - 1 }, () => read.get(24).toString(16).padStart(6, '0'));
    const documents = files(), places = files(), count = read.gamma(), shard = { name, terms: [] }, bytes = [], decoder = new TextDecoder();
    const pack = size => {
      let file = 0, used = 0;
      return length => {
        if (used && used + length > size) { file++; used = 0; }
        used += length;
        return [file, used - length];
      };
    };
    const place = pack(PLACES), long = pack(DOCUMENTS);
    for (let i = 0; i < count; i++) {
      bytes.length = read.gamma() - 1;
      for (let extra = read.gamma() - 1; extra; extra--) bytes.push(read.get(8));
      const term = { shard, at: i, section: hashed, key: decoder.decode(Uint8Array.from(bytes)), sibling: read.gamma() - 1, count: read.gamma() };
      const length = read.gamma() - 1, placed = read.gamma() - 1;
      term.inline = length <= INLINE && length;
      if (!term.inline) term.documents = ['d', documents, ...long(length)];
      if (placed) term.places = ['p', places, ...place(placed)];
      shard.terms.push(term);
    }
    let at = read.at;
    for (const term of shard.terms) {
      if (term.inline) { term.documents = [packed, at]; at += term.inline; }
    }
    return shard;
  }

  const shard = (section, number) => {
    const name = (section ? `f${section - 1}_` : 'w') + number, hashes = section ? entry.fields[section - 1][3] : entry.words[1];
    return keep('/' + name, async () => parse(name, await bits(name, cut(hashes, number)), section));
  };

  const stream = async (term, [kind, hashes, file, at]) => kind.length
    ? new Bits(await bits(term.shard.name + kind + file, hashes[file]), at) : new Bits(kind, hashes);

  // The shard that holds `key` if any does.
  function find(firsts, key) {
    let low = 0, high = firsts.length;
    while (low < high) { const middle = low + high >> 1; if (firsts[middle] <= key) low = middle + 1; else high = middle; }
    return Math.max(0, low - 1);
  }

  const index = {
    entry, frequent,
    // The word `form`, or nothing.
    async word(form) {
      const { terms } = await shard(0, find(entry.words[0], form));
      return terms.find(it => it.key === form);
    },
    // All words from `begin` on that begin so, or those of the shard around it.
    async wordsFrom(begin) {
      const found = [];
      for (let number = find(entry.words[0], begin); number < entry.words[0].length; number++) {
        if (number > 0 && entry.words[0][number] > begin && !entry.words[0][number].startsWith(begin)) break;
        found.push(...(await shard(0, number)).terms.filter(it => it.key.startsWith(begin)));
      }
      return found;
    },
    around: async form => (await shard(0, find(entry.words[0], form))).terms,
    // All forms of the word that `term` is a form of.
    siblings(term) {
      const { terms } = term.shard;
      let first = term.at;
      while (terms[first].sibling) first -= terms[first].sibling;
      const group = [terms[first]];
      for (let at = first + 1; at < terms.length; at++) if (terms[at].sibling && terms[at].at - terms[at].sibling === group.at(-1).at) group.push(terms[at]);
      return group;
    },
    // Number `number` of the values of a field.
    value: async (field, number) => (await shard(field, number >> 6)).terms[number & 63],
    async values(field) {
      const shards = await Promise.all(Array.from({ length: entry.fields[field - 1][1] + 63 >> 6 }, (_, number) => shard(field, number)));
      return shards.flatMap(it => it.terms);
    },
    // Rows of names whose keys begin with `key`, at most `most` shards of them.
    async names(key, most = 3) {
      const firsts = entry.keys[0], found = [];
      if (!firsts.length) return found;
      let number = find(firsts, key);
      while (number > 0 && firsts[number] === key) number--;
      for (; number < firsts.length && most-- > 0; number++) {
        if (firsts[number] > key && !firsts[number].startsWith(key)) break;
        found.push(...(await get('k' + number, cut(entry.keys[1], number))).filter(it => it[0].startsWith(key)));
      }
      return found;
    },
    // The documents of a term, ascending, with its impact on each.
    documents: term => keep(term.shard.name + '/' + term.at, async () => {
      const read = await stream(term, term.documents), width = riceWidth(entry.documents, term.count);
      const list = { documents: new Int32Array(term.count), impacts: new Uint8Array(term.count) };
      for (let i = 0, next = 0; i < term.count; i++) {
        next = (list.documents[i] = next + read.rice(width)) + 1;
        list.impacts[i] = read.get(3);
      }
      return list;
    }),
    // Calls `found(document, positions, contexts)` for each document that `wanted(document)` wants.
    async places(term, wanted, found) {
      if (!term.places) return;
      const [read, list] = await Promise.all([stream(term, term.places), index.documents(term)]);
      const told = !term.section && !frequent.has(term.key);
      for (const document of list.documents) {
        const positions = [], contexts = [];
        let count = read.gamma(), next = 0;
        for (const width = riceWidth(entry.length, count + 1); count; count--) {
          positions.push(next += read.rice(width));
          if (told) contexts.push(read.gamma() - 1);
          next++;
        }
        if (wanted(document)) found(document, positions, contexts);
      }
    },
    // What may stand before a word: a frequent word, and for usual pairs the one before that; 0 for any other.
    contexts: () => keep('contexts', async () => {
      const read = new Bits(await bits('c', entry.contexts));
      return Array.from({ length: read.gamma() }, () => read.get(10)).map(it => [it >> 5, it & 31]);
    }),
    // The rows of the table for these documents.
    rows: documents => Promise.all(documents.map(async document => {
      const [each, hashes] = entry.table, file = document / each | 0;
      return (await get('t' + file, cut(hashes, file)))[document % each];
    })),
  };
  return index;
}
