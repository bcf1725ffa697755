// Opens the search index of a built site in node, as the search page does in a browser.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Gives the index of the site, with `incidents`: what is shown of each, newest first.
export const openIndex = async (site) => {
  const page = readFileSync(join(site, 'search.html'), 'utf8');
  const run = (path) => new Function('casebook', readFileSync(join(site, path), 'utf8'))(globalThis.casebook);
  run(page.match(/src="(search\/engine\.[^"]+)"/)[1]);
  const index = await globalThis.casebook.open(page.match(/data-index="([^"]+)"/)[1], async (path) => run(path));
  const incidents = [];
  for (let number = 0; number < index.n; number++) incidents.push(await index.shown(number));
  return { ...index, incidents };
};
