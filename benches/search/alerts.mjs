#!/usr/bin/env node
// How well pasted alerts, logs and stack traces find the incidents of the demo that a person would want.
//
//   cargo run -- build -o target/alerts && node benches/search/alerts.mjs target/alerts
//
// As with the other queries, odd ones are for tuning and even ones are reported: the mean over the wanted incidents of
// one over the rank, counting only unwanted ones before them; and which of them are not among the first five.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openIndex } from './engine.mjs';

const alerts = JSON.parse(readFileSync(join(import.meta.dirname, 'alerts.json'), 'utf8'));
const index = await openIndex(process.argv[2]);
const nameOf = (number) => index.incidents[number].url.replace(/^incidents\/|\.html.*$/g, '');
for (const [half, name] of [[1, 'odd, tuned on'], [0, 'even, reported']]) {
  const ranks = [], missed = [];
  for (const { alert, wanted } of alerts.filter((_, number) => number % 2 === half)) {
    const found = [...new Set((await index.search({ q: alert }, 10)).ids.map(nameOf))];
    for (const one of wanted) {
      const at = found.indexOf(one), before = found.slice(0, at).filter((other) => !wanted.includes(other)).length;
      ranks.push(at < 0 ? 0 : 1 / (before + 1));
      if (at < 0 || at > 4) missed.push(`${one}: ${alert.slice(0, 50)}`);
    }
  }
  console.log(`MRR, ${name}: ${(ranks.reduce((a, b) => a + b, 0) / ranks.length).toFixed(3)} over ${ranks.length}${missed.map((one) => `\n  not in five: ${one}`).join('')}`);
}
