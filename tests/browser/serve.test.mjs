// The preview in Chromium: names corrected by a click, live reload, what is wrong shown over the page.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { here, launch, MODES } from './harness.mjs';

const root = path.join(here, '../..');
const VOCABULARY = `# Who the minutes speak of.

- name: Harbour Board   # founded 1899
  kind: organization
  aliases: [HB]

# Rivals of the board.
- { name: Pilots' Office, kind: organization }
`;
const TEXTS = {
  'opening.txt': '19 November 2019\n\nThe pier is open\n\nMr Anselm Quill of the Harbour Board (HB) opened the new pier in Lisbon. The Wexcombe Lantern Society sang, and the Wexcombe Lantern Society danced. The Pilots\' Office came.\n\nThe board drank Brindleby ale.\n',
  'minutes.md': '---\ntitle: Minutes\ndate: 2020-03-01\n---\n\nMr Quill told the Harbour Board of the Wexcombe Lantern Society and of Brindleby by the sea.\n\nThe old Harbour\nBoard Street was paved. Mr Quill voted against it.\n',
};

let browser, page, site, child, origin;
const file = name => path.join(site, name);
const vocabulary = () => fs.readFileSync(file('vocabulary/entities.yaml'), 'utf8');
const text = () => page.locator('.prose').innerText();
const panel = () => page.locator('.seedbed-panel[role=dialog]');
const program = () => process.env.SEEDBED || path.join(root, 'target/debug/seedbed');

before(async () => {
  if (!process.env.SEEDBED) execFileSync('cargo', ['build', '--locked', '--quiet'], { cwd: root, stdio: 'inherit' });
  browser = await launch();
});
after(async () => { await browser?.close(); stop(); });

function stop() {
  child?.kill();
  if (site) fs.rmSync(site, { recursive: true, force: true });
  child = site = undefined;
}

async function start() {
  site = fs.mkdtempSync(path.join(os.tmpdir(), 'seedbed-serve-'));
  for (const folder of ['seeds', 'vocabulary']) fs.mkdirSync(file(folder));
  for (const [name, content] of Object.entries(TEXTS)) fs.writeFileSync(file('seeds/' + name), content);
  fs.writeFileSync(file('vocabulary/entities.yaml'), VOCABULARY);
  child = spawn(program(), ['serve', site, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  origin = await new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', it => { said += it; const found = said.match(/http:\/\/[^/]+/); if (found) resolve(found[0]); });
    child.on('exit', () => reject(new Error(said)));
  });
}

beforeEach(async () => {
  stop();
  await start();
  await page?.context().close();
  page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(10000);
  page.errors = [];
  page.on('pageerror', it => page.errors.push(String(it)));
  page.on('console', it => { if (it.type() === 'error' && !/4\d\d/.test(it.text())) page.errors.push(it.text()); });
});

const go = async name => { await page.goto(`${origin}/documents/${name}/`, { waitUntil: 'load' }); };
const mark = words => page.locator('.prose [data-e]').filter({ hasText: words }).first();
const click = async words => { await mark(words).click(); await panel().waitFor(); };
const press = name => panel().getByRole('button', { name, exact: true }).click();

// A correction reloads the page; what was written is told on the new one.
async function corrected(act) {
  await act();
  await page.locator('.seedbed-toast').waitFor({ timeout: 15000 });
  assert.deepEqual(page.errors, []);
}

const changed = (before, after) => {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [...old.filter(it => !now.includes(it)).map(it => '- ' + it), ...now.filter(it => !old.includes(it)).map(it => '+ ' + it)];
};

test('right: a name found by rule goes into the vocabulary, and undo takes it out', async () => {
  await go('opening');
  await click('Wexcombe Lantern Society');
  assert.match(await panel().innerText(), /found by rule/);
  await corrected(() => press('Right'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['+ - { name: Wexcombe Lantern Society, kind: organization }']);
  assert.match(await page.locator('.seedbed-toast pre').innerText(), /\+ - \{ name: Wexcombe Lantern Society/);
  await corrected(() => page.locator('.seedbed-toast').getByRole('button', { name: 'Take back the last correction' }).click());
  assert.equal(vocabulary(), VOCABULARY);
});

test('not this: one place of many, the others stay', async () => {
  await go('minutes');
  await click('Harbour Board');
  const rows = panel().locator('li');
  assert.ok(await rows.count() >= 3, 'every other occurrence is shown');
  await rows.filter({ hasText: 'Street was paved' }).getByRole('checkbox').check();
  await corrected(() => press('It is not meant where ticked'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['+   not: [old Harbour Board Street]']);
  assert.equal(await page.locator('.prose [data-e=harbour-board]').count(), 1);
});

test('not this: a name found by rule is not found there again by another', async () => {
  await go('opening');
  await click('Wexcombe Lantern Society');
  await panel().locator('input[value$=danced]').check();
  await corrected(() => press('It is not meant where ticked'));
  assert.match(vocabulary(), /not: \[the Wexcombe Lantern Society danced\]/);
  assert.equal(await mark('Wexcombe Lantern Society').count(), 1);
  assert.equal(await page.locator('.prose [data-e=wexcombe-lantern-society]').count(), 1);
});

test('is the same as: the form goes over', async () => {
  await go('opening');
  await click('Wexcombe Lantern Society');
  await panel().getByRole('combobox', { name: 'Is the same as' }).fill('Harbour Board');
  await corrected(() => press('Is the same as'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['-   aliases: [HB]', '+   aliases: [HB, Wexcombe Lantern Society]']);
  assert.equal(await page.locator('.prose [data-e=wexcombe-lantern-society]').count(), 0);
});

test('is the same as: two entries of the vocabulary become one', async () => {
  await go('opening');
  await click("Pilots' Office");
  await panel().getByRole('combobox', { name: 'Is the same as' }).fill('Harbour Board');
  await corrected(() => press('Is the same as'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()),
    ['-   aliases: [HB]', "- - { name: Pilots' Office, kind: organization }", "+   aliases: [HB, Pilots' Office]"]);
  assert.match(vocabulary(), /# Rivals of the board\.\n$/);
});

test('hide: no mark and no page', async () => {
  await go('opening');
  await click('Lisbon');
  await corrected(() => press('Hide everywhere'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['+ - { name: Lisbon, kind: place, hidden: true }']);
  assert.equal(await mark('Lisbon').count(), 0);
  assert.equal((await page.goto(`${origin}/places/lisbon/`)).status(), 404);
});

test('another kind, with the comment beside it kept', async () => {
  await go('opening');
  await click('Harbour Board');
  await panel().getByRole('combobox', { name: 'Is of the kind' }).selectOption('place');
  await corrected(() => press('Is of the kind'));
  assert.equal(vocabulary(), VOCABULARY.replace('  kind: organization', '  kind: place'));
  assert.match(await mark('Harbour Board').getAttribute('href'), /places\/harbour-board/);
});

test('rename: the old name becomes an alias', async () => {
  await go('opening');
  await click('Harbour Board');
  await panel().getByRole('textbox', { name: 'Rename' }).fill('Tidewater Harbour Board');
  await corrected(() => press('Rename'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['- - name: Harbour Board   # founded 1899', '-   aliases: [HB]',
    '+ - name: Tidewater Harbour Board   # founded 1899', '+   aliases: [HB, Harbour Board]']);
  assert.equal(await mark('Harbour Board').getAttribute('data-e'), 'tidewater-harbour-board');
});

async function select(words) {
  await page.evaluate(words => {
    const walker = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return;
    }
    throw new Error(`no "${words}"`);
  }, words);
  await page.getByRole('button', { name: 'Make this a name' }).click();
  await panel().waitFor();
}

test('unmarked words become a name everywhere', async () => {
  await go('opening');
  await select('Brindleby');
  assert.equal(await panel().locator('li').count(), 2);
  await panel().getByRole('combobox', { name: 'Add it as' }).selectOption('place');
  await corrected(() => press('Add it as'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['+ - { name: Brindleby, kind: place }']);
  assert.equal(await mark('Brindleby').count(), 1);
  await go('minutes');
  assert.equal(await mark('Brindleby').count(), 1);
});

test('unmarked words become a name where they are ticked', async () => {
  await go('opening');
  await select('Brindleby');
  await panel().locator('li').filter({ hasText: 'Brindleby ale' }).getByRole('checkbox').uncheck();
  await corrected(() => press('Add it as'));
  assert.deepEqual(changed(VOCABULARY, vocabulary()), ['+ - { name: Brindleby, kind: organization, not: [drank Brindleby ale] }']);
  assert.equal(await mark('Brindleby').count(), 0);
  await go('minutes');
  assert.equal(await mark('Brindleby').count(), 1);
});

test('a saved document is on the page without a reload by hand', async () => {
  await go('minutes');
  fs.writeFileSync(file('seeds/minutes.md'), TEXTS['minutes.md'].replace('paved', 'swept'));
  await page.waitForFunction(() => document.querySelector('.prose').textContent.includes('swept'));
  assert.ok(!(await text()).includes('paved'));
});

test('a correction that is being typed is not thrown away by a new build', async () => {
  await go('minutes');
  await click('Harbour Board');
  await panel().getByRole('textbox', { name: 'Rename' }).fill('Half a na');
  fs.writeFileSync(file('seeds/minutes.md'), TEXTS['minutes.md'].replace('paved', 'swept'));
  await page.waitForFunction(() => fetch(location).then(it => it.text()).then(it => it.includes('swept')));
  assert.equal(await panel().getByRole('textbox', { name: 'Rename' }).inputValue(), 'Half a na');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('.prose').textContent.includes('swept'));
});

test('a broken edit: file, line, excerpt and remedy over the last good page', async () => {
  await go('opening');
  fs.writeFileSync(file('vocabulary/entities.yaml'), VOCABULARY.replace('kind: organization\n', 'kind: club\n'));
  await panel().waitFor();
  const said = await panel().innerText();
  for (const it of ['entities.yaml:4:9', 'kind: club', 'organization, person, place, event or agreement', 'as it was before']) assert.ok(said.includes(it), said);
  assert.equal(await page.locator('.prose [data-e=harbour-board]').first().count(), 1, 'the page behind it is the last good one');
  // Once closed it leaves a badge.
  await press('Close');
  await page.reload();
  await page.locator('.seedbed-badge').click();
  await panel().waitFor();
  fs.writeFileSync(file('vocabulary/entities.yaml'), VOCABULARY);
  await page.waitForFunction(() => !document.querySelector('.seedbed-trouble, .seedbed-badge'));
});

test('the vocabulary is not touched while it cannot be read', async () => {
  await go('opening');
  await click('Wexcombe Lantern Society');
  const broken = VOCABULARY + '- name: [';
  fs.writeFileSync(file('vocabulary/entities.yaml'), broken);
  await press('Right');
  await page.waitForFunction(() => /mend it first/.test(document.querySelector('.seedbed-note')?.textContent ?? '') || document.querySelector('.seedbed-trouble'));
  assert.equal(vocabulary(), broken);
});

test('no panel of it is in the built site', () => {
  execFileSync(program(), ['build', site, '-q']);
  const found = fs.readFileSync(file('public/documents/opening/index.html'), 'utf8');
  assert.ok(!found.includes('__seedbed'));
});

for (const mode of MODES) {
  test(`the panel fits its screen, ${mode.name}`, async () => {
    const { name, ...options } = mode;
    await page.context().close();
    page = await (await browser.newContext(options)).newPage();
    page.errors = [];
    await go('opening');
    await click('Wexcombe Lantern Society');
    const box = await panel().boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= options.viewport.width && box.y + box.height <= options.viewport.height, JSON.stringify(box));
    if (process.env.SEEDBED_PICTURES) await page.screenshot({ path: path.join(process.env.SEEDBED_PICTURES, `${name.replace(' ', '-')}.png`) });
  });
}
