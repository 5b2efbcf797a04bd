// Puts queries to an index and holds the answers against a plain scan of the texts:
//   cargo bench --bench search -- 10000 FOLDER && node tests/browser/search.mjs FOLDER [SEED]
// Prints what was asked, what it cost to transfer, and exits with 1 if any answer differs.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import vm from 'node:vm';
import zlib from 'node:zlib';

const [folder, seed = '1'] = process.argv.slice(2);
const read = file => fs.readFileSync(file).subarray(0, 2).equals(Buffer.from([255, 254])) ? fs.readFileSync(file).toString('utf16le').slice(1) : fs.readFileSync(file, 'utf8');

// ---- the client itself, without a page
const sandbox = vm.createContext({ TextDecoder, TextEncoder, structuredClone });
vm.runInContext(read(path.join(folder, 'search.js')), sandbox);
const { openIndex, searcher, terms } = sandbox.seedbedSearch;
let transferred = 0;
async function load(name, hash) {
  const file = path.join(folder, 'search', hash ? `${name}.${hash}.js` : `${name}.js`);
  transferred += zlib.gzipSync(fs.readFileSync(file), { level: 6 }).length;
  let value;
  vm.runInNewContext(read(file), { seedbed: (_, given) => { value = given; } });
  return value;
}

// ---- both programs cut texts into the same terms
let wrong = 0;
for (const [folded, text] of JSON.parse(fs.readFileSync(path.join(folder, 'terms.json'), 'utf8'))) {
  if (/\p{Cn}/u.test(text)) continue; // letters of a later Unicode than this program's
  const cut = terms(text).map(it => it[0]).join(' ');
  if (cut !== folded && ++wrong < 20) console.error(`terms differ: ${JSON.stringify(text)}: ${cut} instead of ${folded}`);
}

// ---- the reference: a plain scan
const lines = name => readline.createInterface({ input: fs.createReadStream(path.join(folder, name)), crlfDelay: Infinity });
const cut = text => terms(text).map(it => it[0]).join(' ');
const scanned = [], names = [];
for await (const line of lines('truth.jsonl')) {
  const [slug, blocks, date, named, themes, issuer, kind] = JSON.parse(line);
  // By way of bytes, for what is joined holds on to all of its parts.
  const joined = Buffer.from(` ${blocks.map(cut).join(' | ')} `).toString();
  scanned.push({ slug, joined, year: date ? +date.slice(0, 4) : undefined, named, themes, issuer, kind });
}
for await (const line of lines('names.jsonl')) {
  const [field, name, forms] = JSON.parse(line);
  names.push({ field, name, forms: [name, ...forms].map(cut) });
}
const has = (document, phrase) => document.joined.includes(` ${phrase} `);
const scan = test => new Set(scanned.filter(test).map(it => it.slug));

// ---- chance
let state = BigInt(seed);
const chance = end => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(end));
};
const pick = all => all[chance(all.length || 1)];
const phrase = length => {
  for (;;) {
    const block = pick(pick(scanned).joined.trim().split(' | ')).split(' '), at = chance(Math.max(1, block.length - length + 1));
    if (block.length >= length) return block.slice(at, at + length).join(' ');
  }
};
const quoted = name => `"${name}"`;

const index = openIndex(load, await load('index'));
const search = searcher(index), first = transferred;
const slugs = async found => new Set((await index.rows(found.documents)).map(it => it[1]));
const costs = { entry: first, phrases: [], queries: [] };
async function check(query, expected, kind) {
  const before = transferred, began = performance.now(), found = await search(query);
  costs[kind].push([transferred - before, performance.now() - began]);
  const got = await slugs(found);
  const same = got.size === expected.size && [...got].every(it => expected.has(it));
  if (!same && ++wrong < 20) console.error(`wrong: ${query}: ${got.size} instead of ${expected.size}`);
}

for (let i = 0; i < 200; i++) {
  const asked = phrase(2 + chance(4));
  await check(`"${asked}"`, scan(it => has(it, asked)), 'phrases');
}
// An unquoted word means its inflections too, so the reference for words asks the index which those are.
async function word() {
  const form = phrase(1), term = await index.word(form), all = (await index.siblings(term)).map(it => it.key);
  return [form, it => all.some(one => has(it, one))];
}
const FIELDS = ['', 'org', 'person', 'place', 'event', 'agreement'];
// Everybody who may be meant by a form of a name; persons go by their last names too.
const meant = (field, form) => new Set(names.flatMap((it, number) => it.field === field
  && it.forms.some(one => one === form || field === 2 && one.endsWith(' ' + form)) ? [number] : []));
async function question() {
  const { year, named, themes, kind, issuer } = pick(scanned);
  switch (chance(7)) {
    case 0: {
      if (!named.length) return question();
      const { field, forms } = names[pick(named)], form = pick(forms), all = meant(field, form);
      return form ? [`${FIELDS[field]}:${quoted(form)}`, it => it.named.some(one => all.has(one))] : question();
    }
    case 1: return year ? [`year:${year}`, it => it.year === year] : ['year:undated', it => !it.year];
    case 2: return year ? [`year:${year}..${year + 3}`, it => it.year >= year && it.year <= year + 3] : question();
    case 3: { const theme = pick(themes); return theme ? [`theme:${quoted(theme)}`, it => it.themes.includes(theme)] : question(); }
    case 4: return kind ? [`kind:${quoted(kind)}`, it => it.kind === kind] : question();
    case 5: return issuer ? [`issuer:${quoted(issuer)}`, it => it.issuer === issuer] : question();
    default: { const begin = phrase(1).slice(0, 4); return [begin + '*', it => it.joined.includes(' ' + begin)]; }
  }
}
for (let i = 0; i < 200; i++) {
  const [a, isA] = await word(), [b, isB] = await word(), [c, isC] = chance(2) ? await question() : await word();
  const [query, test] = [
    [`${a} ${b}`, it => isA(it) && isB(it)],
    [`${a} OR ${b} ${c}`, it => (isA(it) || isB(it)) && isC(it)],
    [`${a} ${c}`, it => isA(it) && isC(it)],
    [`${a} -${b}`, it => isA(it) && !isB(it)],
    [c, isC],
  ][chance(5)];
  await check(query, scan(test), 'queries');
}

const median = numbers => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
for (const kind of ['phrases', 'queries']) {
  const all = costs[kind];
  console.log(`${kind}: ${all.length}, median ${median(all.map(it => it[0]))} bytes and ${median(all.map(it => it[1])).toFixed(1)} ms, most ${Math.max(...all.map(it => it[0]))} bytes and ${Math.max(...all.map(it => it[1])).toFixed(0)} ms`);
}
console.log(`entry ${first} bytes, client ${zlib.gzipSync(fs.readFileSync(path.join(folder, 'search.js')), { level: 6 }).length} bytes; ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
