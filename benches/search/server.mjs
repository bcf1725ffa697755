// A server of files that packs what it sends and remembers what it sent.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm' };

export const serve = (folder) => new Promise((done) => {
  let sent = [];
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(request.url.split('?')[0]);
    const file = join(folder, path);
    if (!existsSync(file) || !statSync(file).isFile()) {
      answer.writeHead(404).end();
      return;
    }
    const body = gzipSync(readFileSync(file));
    // What is packed already does not get smaller: hosts send it as it is.
    const plain = statSync(file).size <= body.length;
    sent.push([path, plain ? statSync(file).size : body.length]);
    answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store', ...(plain ? {} : { 'content-encoding': 'gzip' }) });
    if (plain) createReadStream(file).pipe(answer); else answer.end(body);
  });
  server.listen(0, '127.0.0.1', () => done({
    address: `http://127.0.0.1:${server.address().port}/`,
    files: () => sent,
    reset: () => { sent = []; },
    close: () => server.close(),
  }));
});
