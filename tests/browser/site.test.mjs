// The built site in a real browser, as readers with different eyes, hands, screens and connections meet it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DESKTOP, MODES, buildSites, files, kinds, launch, serve } from './harness.mjs';

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let sites, names, host, browser;

before(async () => {
  sites = buildSites();
  names = ['own', 'generated'];
  host = await serve(sites);
  browser = await launch();
}, { timeout: 600000 });
after(async () => {
  await browser?.close();
  host?.server.close();
  if (sites) fs.rmSync(sites.folder, { recursive: true });
});

const url = (site, page) => `${host.origin}/${site}/${page}`;
const documentOf = site => kinds(sites[site]).findLast(it => /^documents\/./.test(it) && it !== 'documents/index.html');

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
const none = wrong => assert.deepEqual(wrong, []);

test('every page is valid HTML', { timeout: 400000 }, t => {
  if (spawnSync('java', ['-version']).error) return t.skip('there is no java for vnu');
  const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const all = files(sites.own), more = files(sites.generated);
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
    none(await everywhere(options, async page => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      return violations.map(it => `${it.id}: ${it.nodes.length} × ${it.nodes[0].html.slice(0, 160)}`);
    }));
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

const overflow = async page => {
  const { over, what } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - width;
    const inner = it => { for (let e = it.parentElement; e; e = e.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true; return false; };
    const what = [...document.body.querySelectorAll('*')].filter(it => it.getBoundingClientRect().right > width + 1 && !inner(it))[0];
    return { over, what: what?.outerHTML.slice(0, 160) };
  });
  return over > 1 ? [`${over} px too wide: ${what}`] : [];
};

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

test('on paper there is the text and no navigation', async () => {
  const page = await browser.newPage();
  await page.goto(url('own', documentOf('own')));
  await page.emulateMedia({ media: 'print' });
  for (const it of ['nav.main', '.find', '.skip']) assert.ok(await page.locator(it).first().isHidden(), it);
  assert.ok(await page.locator('#p1').isVisible());
  assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
  await page.close();
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
