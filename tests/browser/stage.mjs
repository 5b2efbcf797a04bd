// What all tests share: the sites, the server and the browser, made once.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { buildSites, kinds, launch, serve } from './harness.mjs';

export const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const sites = buildSites();
export const host = await serve(sites);
export const browser = await launch();
after(async () => {
  await browser.close();
  host.server.close();
  fs.rmSync(sites.folder, { recursive: true });
});

export const url = (site, page) => `${host.origin}/${site}/${page}`;
export const documentOf = site => kinds(sites[site]).findLast(it => /^documents\/./.test(it) && it !== 'documents/index.html');

export async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(it => `${it.id}: ${it.nodes.length} × ${it.nodes[0].html.slice(0, 160)}`);
}

export async function overflow(page) {
  const { over, what } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - width;
    const inner = it => { for (let e = it.parentElement; e; e = e.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true; return false; };
    const what = [...document.body.querySelectorAll('*')].filter(it => it.getBoundingClientRect().right > width + 1 && !inner(it))[0];
    return { over, what: what?.outerHTML.slice(0, 160) };
  });
  return over > 1 ? [`${over} px too wide: ${what}`] : [];
}
