// Pictures of every kind of page, phone and desktop, light and dark: npm --prefix tests/browser run screenshots [FOLDER]
import fs from 'node:fs';
import path from 'node:path';
import { MODES, buildSites, here, kinds, launch, serve } from './harness.mjs';

const folder = path.resolve(process.argv[2] ?? path.join(here, '../../target/screenshots'));
const sites = buildSites(), { server, origin } = await serve(sites), browser = await launch();
for (const { name, ...options } of MODES) {
  const page = await (await browser.newContext({ ...options, deviceScaleFactor: 1 })).newPage();
  for (const site of ['own', 'generated']) {
    for (const kind of kinds(sites[site])) {
      await page.goto(`${origin}/${site}/${kind}`, { waitUntil: 'networkidle' });
      const file = path.join(folder, site, name.replace(' ', '-'), kind.replaceAll('/', '_').replace('.html', '.png'));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
    }
  }
  await page.context().close();
}
await browser.close();
server.close();
fs.rmSync(sites.folder, { recursive: true });
process.stdout.write(`${folder}\n`);
