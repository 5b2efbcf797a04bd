// What a reader comes for, each from the first page, without search and without JavaScript; docs/ describes the same ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP } from './harness.mjs';
import { browser, url } from './stage.mjs';

// Follows links by their names, the main text before the menu; every step is one that the guide names.
async function go(page, ...steps) {
  for (const step of steps) {
    const by = { name: step, exact: typeof step === 'string' };
    const named = page.getByRole('link', by), inside = page.locator('main').getByRole('link', by);
    await ((await inside.count()) ? inside : named).first().click();
  }
}
function task(name, walk) {
  test(`a reader finds ${name}`, async () => {
    const page = await (await browser.newContext({ viewport: DESKTOP, javaScriptEnabled: false })).newPage();
    await page.goto(url('own', 'index.html'));
    await walk(page);
    await page.context().close();
  });
}
const menu = (page, name) => page.locator('nav.main').getByRole('link', { name, exact: true }).click();

task('every passage where a person is named', async page => {
  await menu(page, 'People');
  await go(page, 'Vladimir Norov');
  const lines = page.locator('.kwic li');
  assert.ok(await lines.count() >= 5, `${await lines.count()} lines`);
  const all = Number((await page.locator('.lead').innerText()).match(/(\d+) times/)[1]);
  assert.equal(await page.locator('.kwic li:has(mark:not(.o))').count(), all, 'as many lines as are counted');
  await lines.first().locator('a').click();
  await page.waitForURL(/documents\/[^/]+\/.*#/);
  assert.ok(await page.locator(':target').count() === 1);
});

task('what was said about a place in a year', async page => {
  await menu(page, 'Years');
  await go(page, '2019', 'Afghanistan');
  await page.waitForURL(/places\/afghanistan\/.*#y2019/);
  assert.match(await page.locator(':target').innerText(), /2019/);
  assert.ok(await page.locator(':target .kwic li').count() > 0);
});

task('which documents name two organizations', async page => {
  await menu(page, 'Organizations');
  await go(page, /Regional Anti-Terrorist Structure/);
  const other = page.locator('[aria-labelledby=page-together] li', { has: page.getByRole('link', { name: /Office on Drugs and Crime/ }) });
  assert.match(await other.innerText(), /\d+ documents/);
  await other.locator('.d a').first().click();
  await page.waitForURL(/documents\//);
  const text = await page.locator('main').innerText();
  assert.ok(/RATS|Anti-Terroris/.test(text) && /UNODC|Drugs and Crime/.test(text));
});

task('all documents on a theme', async page => {
  await menu(page, 'Themes');
  await go(page, /Drug/);
  assert.ok(await page.locator('[aria-labelledby=page-documents] .list li').count() >= 2);
  assert.match(await page.locator('[aria-labelledby=page-documents] .why').first().innerText(), /because of/);
});

task('how we know the date of a document', async page => {
  await menu(page, 'Documents');
  await page.locator('main .list a').first().click();
  const date = page.locator('.facts div', { has: page.locator('dt', { hasText: /^Date$/ }) });
  await date.locator('summary').click();
  assert.match(await date.locator('.how p').innerText(), /line \d+|front matter|file name|address/i);
});

task('a citation of one paragraph', async page => {
  await menu(page, 'Documents');
  await page.locator('main .list a').first().click();
  await page.locator('.prose .pn').nth(2).click();
  assert.match(page.url(), /#[tp]-?[a-z0-9]+$/);
  await page.locator('.toc').getByRole('link', { name: 'Cite this document' }).click();
  assert.match(await page.locator('.cite').innerText(), /https:\/\//);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'BibTeX' }).click()]);
  assert.match(download.suggestedFilename(), /\.bib$/);
});
