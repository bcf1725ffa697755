// A server of files that packs what it sends, remembers what it was asked for, and can be slow.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm' };

// Lighthouse's slow 4G: 150 ms to an answer, 1.6 Mbit/s for all answers together. It is slow here and not
// in the browser, whose own emulation leaves out what a worker asks for.
const slow4g = { latency: 150, bytesPerMs: 1.6e6 / 8 / 1000 };

export const serve = (folder) => new Promise((done) => {
  let asked = [], speed = null, linkIsFree = 0;
  // When the last byte of an answer arrives: answers share one link, first come, first served.
  const arrival = (size) => {
    if (!speed) return 0;
    linkIsFree = Math.max(Date.now() + speed.latency, linkIsFree) + size / speed.bytesPerMs;
    return linkIsFree - Date.now();
  };
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(request.url.split('?')[0]), file = join(folder, path);
    if (!existsSync(file) || !statSync(file).isFile()) {
      answer.writeHead(404).end();
      return;
    }
    const raw = readFileSync(file), packed = gzipSync(raw);
    // What is packed already does not get smaller: hosts send it as it is.
    const body = packed.length < raw.length ? packed : raw;
    asked.push({ path, size: body.length, at: Date.now() });
    const head = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store', ...(body === packed ? { 'content-encoding': 'gzip' } : {}) };
    setTimeout(() => answer.writeHead(200, head).end(body), arrival(body.length));
  });
  server.listen(0, '127.0.0.1', () => done({
    address: `http://127.0.0.1:${server.address().port}/`,
    // What was asked for up to a moment.
    files: (until) => asked.filter(({ at }) => at <= until),
    reset: () => { asked = []; },
    slow: (isSlow) => { speed = isSlow ? slow4g : null; },
    close: () => server.close(),
  }));
});
