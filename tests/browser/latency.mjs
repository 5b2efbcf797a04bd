// How long it takes from the last key of a query to its results, on a processor four times slower: four times the processor time of the
// page, so that other work on the machine does not matter, and the wait for further keys.
//   seedbed build … -o SITE && cargo bench --bench search -- DOCUMENTS FOLDER && node tests/browser/latency.mjs SITE FOLDER [SEED]
// The files of a query are loaded when it is timed, for it was asked once before.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { DESKTOP, launch, serve } from './harness.mjs';

const [site, folder, seed = '1'] = process.argv.slice(2), ASKED = 50, SLOWER = 4, WAIT = 30;
let state = BigInt(seed);
const chance = end => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(end));
};
const pick = all => all[chance(all.length)];

const texts = [];
for await (const line of readline.createInterface({ input: fs.createReadStream(path.join(folder, 'truth.jsonl')) })) {
  texts.push(JSON.parse(line)[1].join('\n'));
  if (texts.length === 2000) break;
}
// Words of one line, one behind the other.
function words(count) {
  const line = pick(pick(texts).split('\n')).match(/[a-z]+/gi) ?? [], at = chance(Math.max(1, line.length - count));
  return line.length < count ? words(count) : line.slice(at, at + count).join(' ');
}
const queries = Array.from({ length: ASKED }, (_, at) => [() => words(1), () => `${words(1)} ${words(1)}`, () => `"${words(2)}"`, () => `"${words(3)}"`][at % 4]());

const { server, origin } = await serve({ site });
const browser = await launch();
const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(it => it.name === 'TaskDuration').value * 1000;
await page.goto(`${origin}/site/search/index.html`, { waitUntil: 'networkidle' });
// Types a query, and gives what the page then says when the list is drawn.
const type = text => page.evaluate(text => new Promise(resolve => {
  const input = document.querySelector('#q'), status = document.querySelector('#search-status');
  new MutationObserver((_, it) => { it.disconnect(); resolve(status.textContent); }).observe(status, { childList: true });
  setTimeout(resolve, 20000, 'nothing drawn');
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}), text);
const pause = () => new Promise(resolve => setTimeout(resolve, 700));
async function time(query) {
  await type(query.slice(0, -1));
  await pause();
  const before = await busy(), told = await type(query), after = await busy();
  await pause();
  return [WAIT + SLOWER * (after - before), told];
}
const taken = [];
for (const query of queries) {
  await time(query);
  const [ms, told] = await time(query);
  taken.push([ms, query, told]);
}
taken.sort((a, b) => a[0] - b[0]);
for (const [ms, query, told] of taken.slice(-8)) console.log(`${ms.toFixed(0)} ms  ${query}  (${told})`);
console.log(`${taken.length} queries: median ${taken[taken.length >> 1][0].toFixed(0)} ms, nine in ten ${taken[Math.floor(taken.length * 0.9)][0].toFixed(0)} ms, most ${taken.at(-1)[0].toFixed(0)} ms`);
await browser.close();
server.close();
