// Queries with known answers, made from the documents themselves. The same documents always
// give the same queries. Odd ones are for tuning, even ones are reported.

const SEED = 1;
const PER_SET = 200;

// Mulberry32, by Tommy Ettinger (public domain).
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*/gu) ?? [];
const vowel = /[aeiou]/;

// Another form of an English word, or nothing when it has none that is plain.
const inflected = (word) => {
  if (!/^[a-z]{4,}$/.test(word)) return '';
  if (word.endsWith('ing')) return `${word.slice(0, -3)}ed`;
  if (word.endsWith('ed')) return `${word.slice(0, -2)}ing`;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/[^su]s$/.test(word)) return word.slice(0, -1);
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:ss|x|z|ch|sh)$/.test(word) ? `${word}es` : /[su]$/.test(word) ? '' : `${word}s`;
};

const misspelt = (word, next) => {
  const at = 1 + Math.floor(next() * (word.length - 2));
  const letter = String.fromCharCode(97 + Math.floor(next() * 26));
  const kind = Math.floor(next() * 4);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + letter + word.slice(at);
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
  return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
};

const replaceOne = (words, fits, change, next) => {
  const places = words.flatMap((word, place) => (fits(word) ? [place] : []));
  if (!places.length) return null;
  const place = places[Math.floor(next() * places.length)];
  const changed = change(words[place]);
  return changed && changed !== words[place] ? words.with(place, changed) : null;
};

// documents: [{ url, title, text: [paragraph] }]. Gives { set: [{ query, url }] }.
export const makeQueries = (documents) => {
  const next = random(SEED);
  const common = new Map();
  for (const { title, text } of documents) {
    for (const word of new Set(wordsOf(`${title} ${text.join(' ')}`))) common.set(word, (common.get(word) ?? 0) + 1);
  }
  const sameTitle = new Map();
  for (const { title } of documents) sameTitle.set(title.toLowerCase(), (sameTitle.get(title.toLowerCase()) ?? 0) + 1);
  const pick = () => documents[Math.floor(next() * documents.length)];
  const rare = (word) => word.length > 2 && !/^\d+$/.test(word) && common.get(word) < Math.max(2, documents.length * 0.05);

  const makers = {
    title({ title }) {
      const words = [...new Set(wordsOf(title))];
      const commonest = [...words].sort((a, b) => common.get(b) - common.get(a)).slice(0, 2);
      const left = words.filter((word) => !commonest.includes(word));
      return left.length && sameTitle.get(title.toLowerCase()) === 1 ? left : null;
    },
    body({ text }) {
      const sentences = text.flatMap((paragraph) => paragraph.split(/(?<=[.!?])\s+/));
      const words = [...new Set(wordsOf(sentences[Math.floor(next() * sentences.length)] ?? ''))].filter(rare);
      while (words.length > 3) words.splice(Math.floor(next() * words.length), 1);
      return words.length === 3 ? words : null;
    },
    typo(document) {
      const words = makers.title(document);
      return words && replaceOne(words, (word) => /^[a-z]{5,}$/.test(word), (word) => misspelt(word, next), next);
    },
    prefix(document) {
      const words = makers.title(document);
      return words && words.at(-1).length > 4 ? words.with(-1, words.at(-1).slice(0, 4)) : null;
    },
    morph(document) {
      const words = makers.body(document);
      return words && replaceOne(words, inflected, inflected, next);
    },
  };

  const sets = {};
  for (const [set, make] of Object.entries(makers)) {
    sets[set] = [];
    for (let tries = 0; sets[set].length < PER_SET && tries < PER_SET * 100; tries++) {
      const document = pick();
      const words = make(document);
      if (words) sets[set].push({ query: words.join(' '), url: document.url });
    }
  }
  return sets;
};

// Queries with at least ten results: two words of one paragraph, together in ten documents or more,
// each in less than half of them.
export const makeBroadQueries = (documents, count) => {
  const next = random(SEED);
  const having = new Map();
  documents.forEach(({ title, text }, number) => {
    for (const word of new Set(wordsOf(`${title} ${text.join(' ')}`))) having.set(word, (having.get(word) ?? new Set()).add(number));
  });
  const broad = (word) => /^[a-z]{4,}$/.test(word) && having.get(word)?.size >= 10 && having.get(word).size < documents.length / 2;
  const queries = [];
  for (let tries = 0; queries.length < count && tries < count * 1000; tries++) {
    const { text } = documents[Math.floor(next() * documents.length)];
    const words = [...new Set(wordsOf(text[Math.floor(next() * text.length)] ?? ''))].filter(broad);
    while (words.length > 2) words.splice(Math.floor(next() * words.length), 1);
    if (words.length === 2 && [...having.get(words[0])].filter((number) => having.get(words[1]).has(number)).length >= 10) queries.push(words.join(' '));
  }
  return queries;
};

// Mean reciprocal rank among the first ten of the queries of one half; `found` gives urls, best first.
export const meanReciprocalRank = async (queries, half, found) => {
  const chosen = queries.filter((_, number) => number % 2 === half);
  let sum = 0;
  for (const { query, url } of chosen) {
    const rank = (await found(query)).slice(0, 10).indexOf(url);
    sum += rank < 0 ? 0 : 1 / (rank + 1);
  }
  return chosen.length ? sum / chosen.length : NaN;
};
