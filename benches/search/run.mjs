#!/usr/bin/env node
// Search beside Pagefind and MiniSearch, on the same documents and queries, in one run.
//
//   node benches/search/run.mjs [SIZE…]      1000 and 10000 when no size is given, and real ones
//
// Needs Linux, node 20, npm, Chromium and chromedriver. Everything it makes stands in
// target/search-bench; the tables are printed and written to benches/search/RESULTS.md and the README. Real
// postmortems are measured too when `../shared/corpus` stands beside the checkout,
// or CORPUS names a folder of them.

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { browse } from './browser.mjs';
import { makeBroadQueries, makeQueries, meanReciprocalRank } from './queries.mjs';
import { serve } from './server.mjs';

const here = import.meta.dirname;
const repository = join(here, '../..');
const work = join(repository, 'target/search-bench');
const corpus = process.env.CORPUS ?? join(repository, '../shared/corpus');
const [TUNE, REPORT] = [1, 0];
const half = process.env.HALF === 'odd' ? TUNE : REPORT;
// Requests, bytes and times are medians over so many queries with ten results and more.
const COLD_QUERIES = 10;
const WARM_QUERIES = 50;
const MIB = 1024;

const say = (text) => process.stderr.write(`${text}\n`);
const fixed = (number, digits = 0) => number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

// ---- tools ---------------------------------------------------------------------------------------
mkdirSync(work, { recursive: true });
cpSync(join(here, 'package.json'), join(work, 'package.json'));
if (!existsSync(join(work, 'node_modules/pagefind'))) execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: work, stdio: 'inherit' });
const MiniSearch = createRequire(join(work, 'x.js'))('minisearch');
const platforms = join(work, 'node_modules/@pagefind');
const pagefindFolder = join(platforms, readdirSync(platforms).find((name) => /-(x64|arm64)$/.test(name)), 'bin');
const pagefind = join(pagefindFolder, readdirSync(pagefindFolder).find((name) => /^pagefind(_extended)?$/.test(name)));
say('building casebook');
const built = execFileSync('cargo', ['build', '--release', '--bin', 'casebook', '--bench', 'search', '--message-format=json'], { cwd: repository, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
const executables = built.split('\n').filter((line) => line.includes('"executable":"')).map((line) => JSON.parse(line));
const executable = (kind, name) => executables.find(({ target }) => target.name === name && target.kind.includes(kind)).executable;
const [casebook, indexer] = [executable('bin', 'casebook'), executable('bench', 'search')];

// Runs a program; gives its processor seconds and the most memory it held, in MiB.
const measure = (program, ...words) => new Promise((done, fail) => {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const figures = { cpu: 0, memory: 0, output: '' };
  const look = setInterval(() => {
    try {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      figures.cpu = (+fields[11] + +fields[12]) / 100;
      figures.memory = Math.max(figures.memory, +(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1] ?? 0) / MIB);
    } catch { /* it has ended */ }
  }, 5);
  child.stdout.on('data', (data) => { figures.output += data; });
  child.on('error', fail);
  child.on('close', (code) => {
    clearInterval(look);
    if (code) fail(new Error(`${program} ${words.join(' ')}: ${code}`)); else done(figures);
  });
});

// ---- the same documents for all ------------------------------------------------------------------
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const pageOf = ({ title, text, facets, day }) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body>
<main data-pagefind-body><h1>${escape(title)}</h1><p${day ? ` data-pagefind-sort="date:${day.map((n) => `${n}`.padStart(2, '0')).join('-')}"` : ''}>${facets.flatMap(([facet, values]) => values.map((value) => `<span data-pagefind-filter="${facet}">${escape(value)}</span>`)).join(' ')}</p>
${text.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}</main></body></html>`;
const writePages = (documents, folder) => {
  rmSync(folder, { recursive: true, force: true });
  for (const document of documents) {
    const file = join(folder, document.url.split('#')[0]);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, pageOf(document));
  }
};
const sizeOf = (folder, fits = () => true) => readdirSync(folder, { recursive: true }).filter(fits).reduce((sum, name) => {
  const stat = statSync(join(folder, name));
  return sum + (stat.isFile() ? stat.size : 0);
}, 0);

// The peer's search page is ours with another script in it, so that everything around is equal.
const pagefindPage = (html) => html.replace(/<script defer[^>]*><\/script>\s*/g, '').replace(/data-index="[^"]*"/, '')
  .replace('</head>', '<script type="module" src="pagefind-page.js"></script></head>');
const PAGEFIND_SCRIPT = `
const pf = globalThis.pf = await import('./pagefind/pagefind.js');
const params = new URLSearchParams(location.search), list = document.getElementById('results');
await pf.init();
const show = async (found) => {
  for (const result of (await Promise.all(found.results.slice(0, 10).map((r) => r.data())))) {
    const item = document.createElement('li');
    item.textContent = result.meta.title + ' ' + result.excerpt;
    list.append(item);
  }
  globalThis.done = true;
  list.setAttribute('aria-busy', 'false');
};
if (params.has('q')) await show(await pf.search(params.get('q')));
if (params.has('severity')) { await pf.filters(); await show(await pf.search(null, { filters: { severity: params.get('severity') }, sort: { date: 'desc' } })); }
globalThis.ready = true;`;

// ---- what is asked of each -----------------------------------------------------------------------
const cold = async (browser, server, urls, counts) => {
  const all = [];
  for (const url of urls) {
    server.reset();
    const { time, at } = await browser.timeTo(url);
    const files = server.files(at).filter(({ path }) => counts(path));
    all.push({ time, requests: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) });
  }
  return { time: median(all.map((one) => one.time)), requests: median(all.map((one) => one.requests)), bytes: median(all.map((one) => one.bytes)) };
};

const inPage = async (browser, address, prepare, search, sets, worst) => {
  await browser.open(address);
  await browser.run(prepare);
  const found = async (query) => browser.run(`return (${search})(${JSON.stringify(query)})`);
  const ranks = {};
  for (const [name, queries] of Object.entries(sets)) ranks[name] = await meanReciprocalRank(queries, half, found);
  const times = (queries) => browser.run(`
    const times = [];
    for (const query of ${JSON.stringify(queries)}) { await (${search})(query); const start = performance.now(); await (${search})(query); times.push(performance.now() - start); }
    return times.sort((a, b) => a - b)[times.length >> 1];`);
  const warm = await times(Object.values(sets).flat().filter((_, i) => i % 2 === half).slice(0, WARM_QUERIES).map(({ query }) => query));
  return { ranks, warm, worst: await times(new Array(9).fill(worst)) };
};

const compare = async (name, folder) => {
  say(`${name}: indexing`);
  const out = join(work, name), pages = join(work, `${name}-pages`), site = join(work, `${name}-site`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const ours = JSON.parse((await measure(indexer, 'index', folder, out)).output);
  const documents = JSON.parse(readFileSync(join(out, 'documents.json'), 'utf8'));
  writePages(documents, pages);
  const theirs = await measure(pagefind, '--site', pages);
  const start = process.cpuUsage();
  const mini = new MiniSearch({ fields: ['title', 'text'], idField: 'url' });
  mini.addAll(documents.map(({ url, title, text, facets }) => ({ url, title, text: `${text.join(' ')} ${facets.flatMap(([, values]) => values).join(' ')}` })));
  const miniIndex = gzipSync(JSON.stringify(mini)).length + gzipSync(readFileSync(join(work, 'node_modules/minisearch/dist/umd/index.js'))).length;
  const miniCpu = process.cpuUsage(start);

  say(`${name}: building the site`);
  rmSync(site, { recursive: true, force: true });
  await measure(casebook, 'build', folder, '-o', site, '-q').catch(() => {});
  const html = readFileSync(join(site, 'search.html'), 'utf8');
  cpSync(join(pages, 'pagefind'), join(site, 'pagefind'), { recursive: true });
  writeFileSync(join(site, 'pagefind.html'), pagefindPage(html));
  writeFileSync(join(site, 'pagefind-page.js'), PAGEFIND_SCRIPT);

  say(`${name}: asking`);
  const sets = makeQueries(documents);
  const asked = makeBroadQueries(documents, COLD_QUERIES).map(encodeURIComponent);
  const words = new Map();
  for (const { text } of documents) for (const word of new Set(text.join(' ').toLowerCase().match(/[a-z]+/g))) words.set(word, (words.get(word) ?? 0) + 1);
  const worst = [...words].sort((a, b) => b[1] - a[1])[0][0];
  const severity = documents.flatMap(({ facets }) => facets.find(([facet]) => facet === 'severity')?.[1] ?? [])[0];

  const server = await serve(site);
  const browser = await browse();
  const rootBytes = gzipSync(html).length - gzipSync(html.replace(/data-index="[^"]*"/, '')).length;
  const isOurs = (path) => path.startsWith('/search/') || /^\/assets\/(search|filters)\./.test(path);
  const isTheirs = (path) => path.startsWith('/pagefind/');
  const ourUrl = (query) => `${server.address}search.html?${query}`, theirUrl = (query) => `${server.address}pagefind.html?${query}`;
  const run = {};
  for (const speed of ['fast', 'slow']) {
    server.slow(speed === 'slow');
    run[speed] = {
      ours: await cold(browser, server, asked.map((query) => ourUrl(`q=${query}`)), isOurs),
      theirs: await cold(browser, server, asked.map((query) => theirUrl(`q=${query}`)), isTheirs),
    };
  }
  server.slow(false);
  const facet = severity && {
    ours: await cold(browser, server, [ourUrl(`severity=${encodeURIComponent(severity.toLowerCase().replace(/[^a-z0-9]+/g, '-'))}&from=2018&min=20&sort=newest`)], isOurs),
    theirs: await cold(browser, server, [theirUrl(`severity=${encodeURIComponent(severity)}`)], isTheirs),
  };
  const ourAnswers = await inPage(browser, `${server.address}search.html`,
    `globalThis.index = await casebook.open(document.getElementById('results').dataset.index, casebook.load); globalThis.urls = await (await fetch('urls.json')).json();`,
    `async (query) => (await index.search({ q: query }, 10)).ids.map((id) => urls[id])`, sets, worst, writeFileSync(join(site, 'urls.json'), JSON.stringify(documents.map(({ url }) => url))));
  const theirAnswers = await inPage(browser, `${server.address}pagefind.html`, 'while (!globalThis.ready) await new Promise((done) => setTimeout(done, 10));',
    `async (query) => { const found = await pf.search(query); return Promise.all(found.results.slice(0, 10).map(async (r) => (await r.data()).raw_url.replace(/^\\//, ''))); }`, sets, worst);
  await browser.close();
  server.close();

  const find = (query) => {
    const all = mini.search(query, { combineWith: 'AND', boost: { title: 2 }, prefix: true, fuzzy: 0.2 });
    return (all.length ? all : mini.search(query, { boost: { title: 2 }, prefix: true, fuzzy: 0.2 })).slice(0, 10).map(({ id }) => id);
  };
  const miniRanks = {};
  for (const [set, queries] of Object.entries(sets)) miniRanks[set] = await meanReciprocalRank(queries, half, async (query) => find(query));
  const termBytes = sizeOf(join(pages, 'pagefind'), (file) => file.startsWith('index/'));
  return [
    [`Index CPU, s`, fixed(ours.index_cpu, 2), fixed(theirs.cpu, 2), fixed((miniCpu.user + miniCpu.system) / 1e6, 2)],
    ['Peak memory over its input, MiB', fixed(ours.memory - ours.memory_before), fixed(theirs.memory), ''],
    ['Term index, KB', fixed(ours.term_bytes / 1e3), fixed(termBytes / 1e3), ''],
    ['Files', fixed(ours.files), fixed(readdirSync(join(pages, 'pagefind'), { recursive: true }).length), '2'],
    ['First ten results, KB', fixed((run.fast.ours.bytes + rootBytes) / 1e3, 1), fixed(run.fast.theirs.bytes / 1e3, 1), fixed(miniIndex / 1e3, 1)],
    ['… requests', fixed(run.fast.ours.requests), fixed(run.fast.theirs.requests), '2'],
    ['… on slow 4G, s', fixed(run.slow.ours.time / 1e3, 2), fixed(run.slow.theirs.time / 1e3, 2), ''],
    ...(facet ? [['Filtered list, KB (ours with two ranges)', fixed((facet.ours.bytes + rootBytes) / 1e3, 1), fixed(facet.theirs.bytes / 1e3, 1), '']] : []),
    ['Warm query, ms', fixed(ourAnswers.warm, 1), fixed(theirAnswers.warm, 1), ''],
    [`Commonest word (“${worst}”), ms`, fixed(ourAnswers.worst, 1), fixed(theirAnswers.worst, 1), ''],
    ...Object.keys(sets).map((set) => [`MRR@10, ${set}`, fixed(ourAnswers.ranks[set], 3), fixed(theirAnswers.ranks[set], 3), fixed(miniRanks[set], 3)]),
    ['MRR@10, mean', ...[ourAnswers.ranks, theirAnswers.ranks, miniRanks].map((ranks) => fixed(Object.values(ranks).reduce((a, b) => a + b, 0) / 5, 3))],
  ];
};

// ---- all of it -----------------------------------------------------------------------------------
const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const runs = [];
if (existsSync(corpus)) {
  const folder = join(work, 'corpus-documents');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const name of readdirSync(corpus).filter((name) => /^\d+\.md$/.test(name))) cpSync(join(corpus, name), join(folder, name));
  runs.push(['corpus', `${readdirSync(folder).length} real postmortems`, folder]);
}
for (const size of sizes.length ? sizes : [1000, 10000]) {
  const folder = join(work, `made-${size}-documents`);
  rmSync(folder, { recursive: true, force: true });
  await measure(indexer, 'make', `${size}`, folder);
  runs.push([`made-${size}`, `${fixed(size)} made-up postmortems`, folder]);
}
const table = (head, rows) => `| ${head.join(' | ')} |\n|---|${'--:|'.repeat(head.length - 1)}\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
// Archives that are not measured now keep the figures that were written last.
const written = existsSync(join(here, 'RESULTS.md')) ? readFileSync(join(here, 'RESULTS.md'), 'utf8') : '';
const cellsOf = (line) => line.split('|').slice(1, -1).map((cell) => cell.trim());
const results = written.split('\n\n').slice(1).map((part) => part.trim().split('\n').filter((line) => !line.startsWith('|--')).map(cellsOf)).map(([[title], ...rows]) => ({ title, rows }));
for (const [name, title, folder] of runs) {
  const rows = await compare(name, folder), before = results.find((result) => result.title === title);
  if (before) before.rows = rows; else results.push({ title, rows });
}
const whole = `<!-- Written by benches/search/run.mjs. -->
Pagefind 1.6.0 and MiniSearch 7.2.0 on the same documents and queries, ${availableParallelism()} threads, Chromium, cold cache, gzip.
${results.map(({ title, rows }) => `\n${table([title, 'casebook', 'Pagefind', 'MiniSearch'], rows)}`).join('')}`;
writeFileSync(join(here, 'RESULTS.md'), whole);
process.stdout.write(whole);

// The README has one table of all archives, ours and Pagefind's side by side.
const plain = ([name]) => name.replace(/ \(.*\)/, '');
const names = [...new Set(results.flatMap(({ rows }) => rows.map(plain)))];
const cells = (name) => results.map(({ rows }) => rows.find((row) => plain(row) === name)).map((row) => (row ? `${row[1]} / ${row[2]}` : ''));
const summary = table(['casebook / Pagefind', ...results.map(({ title }) => title)], names.map((name) => [name, ...cells(name)]));
const [begin, end] = ['<!-- search -->', '<!-- /search -->'], readme = join(repository, 'README.md'), page = readFileSync(readme, 'utf8');
const [from, to] = [page.indexOf(begin), page.indexOf(end)];
if (from >= 0 && to > from) writeFileSync(readme, `${page.slice(0, from + begin.length)}\n${summary}${page.slice(to)}`);
