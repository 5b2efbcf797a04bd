// What the browser tests share: the built sites, a server such as GitHub Pages, a browser, and pages of every kind.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');

// ---- sites: this repository's own, a generated one of 300 documents, and one that runs from right to left
const run = (...args) => execFileSync('cargo', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

// SEEDBED_SITES names a folder with all three, own/, generated/ and rtl/, to save the time of building them.
export function buildSites(folder = fs.mkdtempSync(path.join(os.tmpdir(), 'seedbed-browser-'))) {
  const ready = process.env.SEEDBED_SITES;
  if (ready) return { folder, own: path.join(ready, 'own'), generated: path.join(ready, 'generated'), rtl: path.join(ready, 'rtl') };
  const own = path.join(folder, 'own'), generated = path.join(folder, 'generated'), rtl = path.join(folder, 'rtl');
  const at = base => ['--base-url', `https://seedbed.example${base}`, '--quiet'];
  run('run', '--locked', '--quiet', '--', 'build', '-o', own, ...at('/own/'));
  run('bench', '--locked', '--quiet', '--profile', 'dev', '--bench', 'generate', '--', path.join(folder, 'texts'), '300');
  const bare = path.join(folder, 'bare');
  fs.mkdirSync(bare);
  rightToLeft(path.join(folder, 'right-to-left'));
  run('run', '--locked', '--quiet', '--', 'build', path.join(folder, 'right-to-left'), '-o', rtl, ...at('/rtl/'));
  run('run', '--locked', '--quiet', '--', 'build', bare, '--seeds', path.join(folder, 'texts'), '-o', generated, ...at('/generated/'));
  return { folder, own, generated, rtl };
}

// A site whose interface and texts run from right to left: the words of the interface stay English, only their direction turns.
function rightToLeft(folder) {
  const write = (name, text) => { fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true }); fs.writeFileSync(path.join(folder, name), text); };
  write('site.toml', 'title = "أرشيف"\ndefault_language = "ar"\n');
  const english = fs.readFileSync(path.join(root, 'templates/words/en.toml'), 'utf8');
  write('templates/words/ar.toml', english.replace('direction = "ltr"', 'direction = "rtl"').replace('locale = "en_GB"', 'locale = "ar"').replace('plural = "english"', 'plural = "arabic"'));
  write('vocabulary/entities.yaml', '- id: harwich\n  name: Harwich\n  kind: place\n');
  write('seeds/a.md', '---\ntitle: رسالة من الميناء\ndate: 2019-11-03\n---\n\nوصلت السفن إلى Harwich في الصباح، وكان البحر هادئا.\n\n## العودة\n\nعادت السفن من Harwich بعد يومين. كان الطريق طويلا والريح قوية، لكن أحدا لم يتأخر.\n');
  write('seeds/b.md', '---\ntitle: تقرير قصير\ndate: 2020-02-01\n---\n\nفتح Harwich أبوابه من جديد.\n');
}

// ---- a loopback server: sub-paths, index.html, 404.html
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json', svg: 'image/svg+xml', woff2: 'font/woff2', xml: 'application/xml' };

export function serve(sites) {
  const find = pathname => {
    const [, name, ...rest] = pathname.split('/');
    if (!sites[name]) return [404, null];
    const file = path.join(sites[name], path.normalize('/' + rest.join('/')));
    const index = fs.existsSync(file) && fs.statSync(file).isDirectory() ? path.join(file, 'index.html') : file;
    return fs.existsSync(index) ? [200, index] : [404, path.join(sites[name], '404.html')];
  };
  const server = http.createServer((request, response) => {
    const [status, file] = find(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const type = TYPES[path.extname(file ?? '').slice(1)] ?? 'text/plain';
    response.writeHead(status, { 'content-type': type.startsWith('text') ? `${type}; charset=utf-8` : type });
    response.end(file ? fs.readFileSync(file) : 'not found');
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => {
    resolve({ server, origin: `http://127.0.0.1:${server.address().port}` });
  }));
}

// ---- a browser
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--allow-file-access-from-files'],
});

export const DESKTOP = { width: 1280, height: 900 }, PHONE = { width: 390, height: 844 };
export const MODES = [
  { name: 'light desktop', colorScheme: 'light', viewport: DESKTOP },
  { name: 'dark desktop', colorScheme: 'dark', viewport: DESKTOP },
  { name: 'light phone', colorScheme: 'light', viewport: PHONE },
  { name: 'dark phone', colorScheme: 'dark', viewport: PHONE },
];

// ---- every HTML file of a site
export function files(site) {
  const walk = folder => fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(it => (it.isDirectory() ? walk(path.join(folder, it.name)) : [path.join(folder, it.name)]));
  return walk(site).filter(it => it.endsWith('.html'));
}

// ---- one page of each kind, the largest there is: what overflows does so there
export function kinds(site) {
  const largest = folder => {
    const base = path.join(site, folder);
    if (!fs.existsSync(base)) return [];
    const pages = fs.readdirSync(base).map(it => path.join(base, it, 'index.html')).filter(it => fs.existsSync(it));
    const best = pages.sort((a, b) => fs.statSync(b).size - fs.statSync(a).size || (a < b ? -1 : 1))[0];
    return best ? [path.relative(site, best)] : [];
  };
  const one = ['index.html', 'documents/index.html', 'organizations/index.html', 'people/index.html', 'years/index.html',
    'themes/index.html', 'search/index.html', 'network/index.html', 'about/index.html', '404.html'];
  const many = ['documents', 'organizations', 'people', 'places', 'events', 'agreements', 'years', 'themes'];
  return [...one.filter(it => fs.existsSync(path.join(site, it))), ...many.flatMap(largest)];
}
