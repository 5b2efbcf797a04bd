// The search page as a reader uses it: by typing, by mouse, by keyboard alone, forth and back, and without JavaScript.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { DESKTOP } from './harness.mjs';
import { browser, overflow, url, violations } from './stage.mjs';

const SEARCH = 'search/index.html';
async function open(query = '', options = {}, site = 'own') {
  const page = await (await browser.newContext({ viewport: DESKTOP, ...options })).newPage();
  page.wrong = [];
  page.on('pageerror', it => page.wrong.push(String(it)));
  await page.goto(url(site, SEARCH + query), { waitUntil: 'networkidle' });
  return page;
}
const results = page => page.locator('#search-results li');
const found = page => page.locator('#search-results li').first().waitFor();
async function close(page) {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}

test('search: what is typed is found while typing, and the address keeps it', async () => {
  const page = await open();
  await page.locator('#q').pressSequentially('terrorism');
  await found(page);
  await page.waitForURL(/[?]q=terrorism/);
  assert.match(await page.locator('#search-status').textContent(), /\d+ documents?/);
  await page.fill('#q', 'zzyzx');
  await page.waitForFunction(() => !document.querySelector('#search-results li'));
  await close(page);
});

test('search: a facet becomes a chip, and the chip takes it away', async () => {
  const page = await open('?q=terrorism');
  await found(page);
  const all = await results(page).count();
  await page.locator('#search-facets [data-field="9"] button').first().click();
  await page.waitForSelector('#search-chips li');
  await page.waitForURL(/year=/);
  await page.waitForFunction(all => document.querySelectorAll('#search-results li').length < all, all);
  assert.equal(await page.locator('#search-facets [aria-pressed="true"]').count(), 1);
  await page.locator('#search-chips button').click();
  await page.waitForFunction(all => document.querySelectorAll('#search-results li').length === all, all);
  assert.doesNotMatch(page.url(), /year=/);
  await close(page);
});

test('search: back and forward go through what was asked', async () => {
  const page = await open('?q=terrorism');
  await found(page);
  await page.fill('#q', 'drugs');
  await page.press('#q', 'Enter');
  await page.waitForURL(/q=drugs/);
  await found(page);
  await page.goBack();
  await page.waitForURL(/q=terrorism/);
  await page.waitForFunction(() => document.querySelector('#q').value === 'terrorism');
  await page.goForward();
  await page.waitForFunction(() => document.querySelector('#q').value === 'drugs');
  await close(page);
});

test('search: from any page to a passage by keyboard alone', async () => {
  const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
  await page.goto(url('own', 'index.html'));
  await page.keyboard.press('/');
  await page.keyboard.type('terrorism');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\/.*q=terrorism/);
  await page.waitForSelector('#search-results li mark');
  await page.locator('#q').focus();
  for (let at = 0; at < 12 && !await page.evaluate(() => document.activeElement.closest('#search-results')); at++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/documents\//);
  await page.context().close();
});

for (const hand of ['mouse', 'keyboard']) {
  test(`search: a name is completed and chosen by ${hand}`, async () => {
    const page = await open();
    await page.locator('#q').pressSequentially('org:sha');
    const option = page.locator('#search-options [role=option]').first();
    await option.waitFor();
    assert.equal(await page.getAttribute('#q', 'aria-expanded'), 'true');
    const name = (await option.textContent()).replace(/ \(\d+\)$/, '');
    if (hand === 'mouse') await option.click();
    else {
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.getAttribute('#q', 'aria-activedescendant'), await option.getAttribute('id'));
      await page.keyboard.press('Enter');
    }
    await page.waitForFunction(name => document.querySelector('#q').value.includes(`org:"${name}"`), name);
    await found(page);
    assert.ok(await page.locator('#search-options').isHidden());
    await close(page);
  });
}

test('search: the list can be saved as CSV', async () => {
  const page = await open('?q=terrorism');
  await found(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#search-tools button', { hasText: 'CSV' }).click()]);
  const lines = fs.readFileSync(await download.path(), 'utf8').replace(/\r\n$/, '').split('\r\n');
  assert.equal(lines[0], '\ufefftitle,date,kind,issuer,url');
  assert.equal(lines.length - 1, await results(page).count());
  assert.match(lines[1], /,http:.*\/documents\/[^/]+\/$/);
  await close(page);
});

test('search: nothing is loaded before somebody asks', async () => {
  const page = await (await browser.newContext()).newPage(), asked = [];
  page.on('request', it => asked.push(it.url()));
  await page.goto(url('generated', SEARCH), { waitUntil: 'networkidle' });
  assert.deepEqual(asked.filter(it => /search\/.*\.js/.test(it)), []);
  await page.context().close();
});

test('search: without JavaScript the page says so and lists the indexes', async () => {
  const page = await open('?q=terrorism', { javaScriptEnabled: false });
  assert.ok(await page.locator('#search-indexes a').count() > 5);
  assert.match(await page.locator('main').innerText(), /JavaScript/);
  await close(page);
});

for (const colorScheme of ['light', 'dark']) {
  test(`search: results are accessible and fit, ${colorScheme}`, async () => {
    for (const viewport of [DESKTOP, { width: 320, height: 640 }]) {
      const page = await open('?q=terrorism', { colorScheme, viewport });
      await found(page);
      await page.waitForSelector('#search-facets button');
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await overflow(page), []);
      const [red] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
      assert.ok(colorScheme === 'dark' ? red < 60 : red > 200, `the paper is ${red}`);
      await close(page);
    }
  });
}
