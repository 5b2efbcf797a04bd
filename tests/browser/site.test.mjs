// The built site in a real browser, as readers with different eyes, hands, screens and connections meet it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DESKTOP, MODES, files, kinds } from './harness.mjs';
import { axe, browser, documentOf, host, overflow, sites, url, violations } from './stage.mjs';

const require = createRequire(import.meta.url);
const names = ['own', 'generated', 'rtl'];

// Runs `look` on pages of every kind, and gathers what it returns, with the page that it was on.
async function everywhere(options, look, wanted = names) {
  const wrong = [];
  for (const site of wanted) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const it of kinds(sites[site])) {
      const response = await page.goto(url(site, it), { waitUntil: 'load' });
      for (const found of await look(page, response) ?? []) wrong.push(`${site}/${it}: ${found}`);
    }
    await context.close();
  }
  return wrong;
}
const largest = (site, folder) => kinds(sites[site]).findLast(it => it.startsWith(folder + '/') && it !== `${folder}/index.html`);
const none = wrong => assert.deepEqual(wrong, []);

test('every page is valid HTML', { timeout: 400000 }, t => {
  if (spawnSync('java', ['-version']).error) return t.skip('there is no java for vnu');
  const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const all = [...files(sites.own), ...files(sites.rtl)], more = files(sites.generated);
  const some = [...kinds(sites.generated).map(it => path.join(sites.generated, it)), ...more.filter((_, at) => at % 20 === 0)];
  const checked = [...new Set([...all, ...some])];
  const result = spawnSync('java', ['-jar', jar, '--errors-only', '--format', 'gnu', '--exit-zero-always', ...checked], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const wrong = result.stderr.split('\n').filter(it => it.includes('error'));
  t.diagnostic(`${checked.length} pages`);
  none(wrong.slice(0, 20));
});

for (const mode of MODES) {
  test(`nothing for axe to find, ${mode.name}`, async () => {
    const { name, ...options } = mode;
    none(await everywhere(options, violations, mode === MODES[0] ? names : ['own', 'generated']));
  });
}

test('no console error, no failed and no foreign request', async () => {
  const wrong = [];
  for (const site of names) {
    const page = await browser.newPage();
    let at = '';
    page.on('console', it => { if (it.type() === 'error' && !(at === '404.html')) wrong.push(`${site}/${at}: ${it.text()}`); });
    page.on('pageerror', it => wrong.push(`${site}/${at}: ${it}`));
    page.on('request', it => { if (!/^(data|blob):/.test(it.url()) && !it.url().startsWith(host.origin + '/' + site)) wrong.push(`${site}/${at} asks ${it.url()}`); });
    page.on('response', it => { if (it.status() >= 400) wrong.push(`${site}/${at}: ${it.status()} ${it.url()}`); });
    for (at of kinds(sites[site])) await page.goto(url(site, at), { waitUntil: 'load' });
    await page.close();
  }
  none(wrong);
});

test('320 px are wide enough', async () => none(await everywhere({ viewport: { width: 320, height: 640 } }, overflow)));

test('text at 200 % is not cut off', async () => {
  none(await everywhere({ viewport: DESKTOP }, async page => {
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    return overflow(page);
  }));
});

test('without JavaScript every word can be read and search leads to the indexes', async () => {
  const text = page => page.evaluate(() => document.querySelector('main').textContent.split(/\s+/).length);
  const page = documentOf('own'), words = [];
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const tab = await context.newPage();
    await tab.goto(url('own', page));
    words.push(javaScriptEnabled ? await text(tab) : (await tab.locator('main').textContent()).split(/\s+/).length);
    if (!javaScriptEnabled) {
      await tab.fill('#page-q', 'terrorism');
      await tab.press('#page-q', 'Enter');
      assert.match(tab.url(), /\/search\/(index\.html)?\?q=terrorism/);
      assert.ok(await tab.locator('main a:visible').count() > 3, 'the search page lists the indexes');
    }
    await context.close();
  }
  assert.ok(words[1] >= words[0] * 0.95, `${words[1]} of ${words[0]} words`);
});

test('by keyboard: the skip link is first, search is reached in three tabs', async () => {
  const page = await browser.newPage();
  for (const it of ['index.html', documentOf('own')]) {
    await page.goto(url('own', it));
    const stops = [];
    for (let at = 0; at < 3; at++) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => { const e = document.activeElement; return e.className === 'skip' ? 'skip' : e.type === 'search' ? 'search' : e.tagName; }));
    }
    assert.equal(stops[0], 'skip');
    assert.ok(stops.includes('search'), stops.join());
  }
  await page.goto(url('own', 'index.html'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /#page-main$/);
  for (const key of ['/', 'Control+k']) {
    await page.goto(url('own', 'about/index.html'));
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.type), 'search', key);
  }
  await page.close();
});

test('by keyboard: a preview opens on focus and closes on Esc', async () => {
  const page = await browser.newPage();
  await page.goto(url('own', documentOf('own')));
  await page.evaluate(() => { const it = document.querySelector('.prose a.e'); it.tabIndex = 0; it.previousElementSibling?.focus(); });
  await page.keyboard.press('Tab');
  await page.locator('.prose a.e').first().focus();
  await page.waitForSelector('#page-peek:not([hidden])');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-describedby')), 'page-peek');
  await page.keyboard.press('Escape');
  assert.ok(await page.locator('#page-peek').isHidden());
  await page.close();
});

test('focus is seen on everything that takes it', async () => {
  const page = await browser.newPage();
  await page.goto(url('own', documentOf('own')));
  for (let at = 0; at < 25; at++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => { const e = document.activeElement, s = getComputedStyle(e); return [parseFloat(s.outlineWidth), s.outlineStyle, e.outerHTML.slice(0, 100)]; });
    assert.ok(seen[0] >= 2 && seen[1] !== 'none', seen.join());
  }
  await page.close();
});

test('dark is dark, and the choice of the reader stays', async () => {
  const light = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0));
  const colour = async page => { const it = await light(page); return it || page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0)); };
  const context = await browser.newContext({ colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(url('own', 'index.html'));
  assert.ok(await colour(page) < 200, 'dark follows the system');
  await page.locator('.theme input[value=light]').check({ force: true });
  await page.goto(url('own', 'about/index.html'));
  assert.ok(await colour(page) > 600, 'light was chosen');
  await context.close();
});

test('on paper there is the text, its numbers and how to cite it, and no navigation', async () => {
  const page = await browser.newPage();
  await page.goto(url('own', documentOf('own')));
  await page.emulateMedia({ media: 'print' });
  for (const it of ['nav.main', '.find', '.skip', '.side', '.bot .in']) assert.ok(await page.locator(it).first().isHidden(), it);
  for (const it of ['#p1', '.prose .pn', '.cite', '.address']) assert.ok(await page.locator(it).first().isVisible(), it);
  const [number, text] = await page.evaluate(() => [...document.querySelectorAll('.prose p:has(> .pn)')].slice(0, 1).flatMap(it => {
    const range = document.createRange();
    range.selectNodeContents(it);
    return [it.querySelector('.pn').getBoundingClientRect().right, range.getClientRects()[0].left];
  }));
  assert.ok(number <= text + 1, `the number ends at ${number}, the text begins at ${text}`);
  assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
  await page.close();
});

test('on paper the contexts of a name are plain sentences', async () => {
  const page = await browser.newPage();
  await page.goto(url('own', largest('own', 'organizations')));
  await page.emulateMedia({ media: 'print' });
  const clipped = await page.evaluate(() => [...document.querySelectorAll('.kwic li > *')].filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline').length);
  assert.equal(clipped, 0);
  for (const it of ['.tools', '.graph', 'nav.main']) assert.ok(await page.locator(it).first().isHidden(), it);
  await page.close();
});

test('forced colours: marks, bars and the current index can still be seen', async () => {
  const page = await (await browser.newContext({ forcedColors: 'active', viewport: DESKTOP })).newPage();
  await page.goto(url('own', largest('own', 'organizations')));
  const seen = await page.evaluate(() => {
    const paper = getComputedStyle(document.body).backgroundColor;
    const style = (it, part) => getComputedStyle(document.querySelector(it), part);
    return { paper, mark: style('.kick.k', '::before').backgroundColor, bar: style('.bar').fill, current: style('nav.main [aria-current]').textDecorationLine, context: style('.kwic mark').outlineStyle };
  });
  assert.notEqual(seen.mark, seen.paper);
  assert.notEqual(seen.bar, seen.paper);
  assert.equal(seen.current, 'underline');
  assert.equal(seen.context, 'solid');
  assert.deepEqual(await overflow(page), []);
  await page.context().close();
});

test('right to left: the page turns round, numbers and concordance with it', async () => {
  const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
  await page.goto(url('rtl', documentOf('rtl')));
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
  const [number, text] = await page.evaluate(() => { const it = document.querySelector('.prose p:has(> .pn)'); return [it.querySelector('.pn').getBoundingClientRect().left, it.getBoundingClientRect().right]; });
  assert.ok(number >= text - 1, 'the number stands in the right margin');
  await page.goto(url('rtl', largest('rtl', 'places')));
  const [left, mark, right] = await page.evaluate(() => ['.l', 'mark', '.r'].map(it => document.querySelector(`.kwic li ${it}`).getBoundingClientRect().left));
  assert.ok(right <= mark && mark <= left, `${right}, ${mark}, ${left}: what comes before the name stands to the right of it`);
  await page.context().close();
});

test('the contents of a document stand open beside it, without JavaScript too', async () => {
  const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: DESKTOP })).newPage();
  await page.goto(url('own', documentOf('own')));
  assert.ok(await page.locator('.toc a').first().isVisible());
  await page.context().close();
});

test('nothing moves when the scripts come', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addInitScript(() => {
    globalThis.moved = 0;
    new PerformanceObserver(list => { for (const it of list.getEntries()) globalThis.moved += it.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  const page = await context.newPage(), wrong = [];
  for (const it of kinds(sites.own)) {
    await page.goto(url('own', it), { waitUntil: 'networkidle' });
    const moved = await page.evaluate(() => globalThis.moved);
    if (moved > 0.02) wrong.push(`${it}: ${moved.toFixed(3)}`);
  }
  none(wrong);
  await context.close();
});

test('a document costs no more than promised', async t => {
  const size = it => gzipSync(fs.readFileSync(path.join(sites.own, it)), { level: 6 }).length;
  const page = documentOf('own'), html = fs.readFileSync(path.join(sites.own, page), 'utf8');
  const assets = [...html.matchAll(/(?:<link rel="stylesheet"|<script defer)[^>]*?(?:href|src)="[./]*(assets\/[^"]+)"/g)].map(it => it[1]);
  const sum = kind => assets.filter(it => it.endsWith(kind)).reduce((all, it) => all + size(it), 0);
  const font = size(fs.readdirSync(path.join(sites.own, 'assets')).map(it => `assets/${it}`).find(it => /serif\.[0-9a-f]+\.woff2/.test(it)));
  const words = html.slice(html.indexOf('<main')).replace(/<[^>]+>/g, ' ').match(/[\p{L}\p{N}]+/gu).length;
  t.diagnostic(`${words} words: HTML ${size(page)}, CSS ${sum('.css')}, JavaScript ${sum('.js')}, font ${font}`);
  assert.ok(assets.length === 2 && sum('.js') <= 2048, `JavaScript ${sum('.js')}`);
  assert.ok(sum('.css') <= 12288, `CSS ${sum('.css')}`);
  assert.ok((size(page) + sum('.css') + sum('.js')) * Math.min(1, 2000 / words) <= 16384, 'without font');
  assert.ok((size(page) + sum('.css') + sum('.js')) * Math.min(1, 2000 / words) + font <= 46080, 'with font');
});

test('a line of a document has 62 to 68 letters, on a phone 38 to 46', async t => {
  for (const [viewport, least, most] of [[DESKTOP, 62, 68], [{ width: 390, height: 844 }, 38, 46]]) {
    const page = await (await browser.newContext({ viewport })).newPage();
    await page.goto(url('own', documentOf('own')), { waitUntil: 'networkidle' });
    const letters = await page.evaluate(() => {
      const long = [...document.querySelectorAll('.prose p')].filter(it => it.textContent.length > 300);
      const lines = long.map(it => {
        const range = document.createRange();
        range.selectNodeContents(it);
        return new Set([...range.getClientRects()].filter(r => r.width > 40).map(r => Math.round(r.bottom / 8))).size;
      });
      return long.reduce((sum, it) => sum + it.textContent.length, 0) / lines.reduce((a, b) => a + b, 0);
    });
    t.diagnostic(`${viewport.width} px: ${letters.toFixed(1)}`);
    assert.ok(letters >= least - 3 && letters <= most + 1, `${viewport.width} px: ${letters}`);
    await page.context().close();
  }
});

test('from a disk: styled, linked, searched', async () => {
  const page = await browser.newPage(), wrong = [];
  page.on('pageerror', it => wrong.push(String(it)));
  page.on('requestfailed', it => wrong.push(it.url()));
  await page.goto(pathToFileURL(path.join(sites.own, 'index.html')).href);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('.skip')).position), 'static');
  await page.locator('nav.main a').first().click();
  await page.waitForURL(/organizations\/index\.html/);
  await page.locator('main table a').first().click();
  await page.waitForURL(/organizations\/[^/]+\/index\.html/);
  await page.fill('#page-q', 'terrorism');
  await page.press('#page-q', 'Enter');
  await page.waitForURL(/search\/index\.html\?q=terrorism/);
  // The words in their passages come from the pages themselves, which no browser lets a page on a disk fetch.
  await page.waitForSelector('#search-results li a');
  none(wrong);
  await page.close();
});

test('search finds, under a sub-path', async () => {
  const page = await browser.newPage();
  await page.goto(url('own', 'search/index.html?q=%22Shanghai+Cooperation%22'));
  await page.waitForSelector('main mark');
  await page.locator('main a:has(mark), main li:has(mark) a').first().click();
  await page.waitForURL(/\/own\/documents\//);
  await page.close();
});

test('a page that is not there offers ways on, at any depth', async () => {
  const page = await browser.newPage();
  const response = await page.goto(url('own', 'documents/no-such-document/at/all'));
  assert.equal(response.status(), 404);
  assert.ok(await page.locator('main a').count() > 0);
  await page.close();
});

test('no script holds on to the network or the clock', () => {
  const found = spawnSync('grep', ['-rlE', 'https?://[^"\' ]+\\.(js|css|woff2)', sites.own, '--include=*.js', '--include=*.css'], { encoding: 'utf8' });
  assert.equal(found.stdout, '');
});
