//! Which incidents have a term, and how much it says about each.
//!
//! Texts are read once, in chunks, in parallel. A term's weight in an incident is
//! BM25F: every occurrence counts by the part it stands in, long incidents are
//! discounted, and more of the same word adds less and less. What reaches the
//! browser of it is one of fifteen steps.

use super::columns::Row;
use super::document::{Incidents, NAME_WEIGHT, SearchDocument};
use super::token;
use hashbrown::HashMap;
use rayon::prelude::*;
use std::ops::Range;

/// Saturation and length discount of BM25. Tuned on the odd queries of `benches/search`.
const K1: f32 = 1.2;
const B: f32 = 0.5;

/// Impacts and title lengths are numbers from 1 to this.
pub const STEPS: u32 = 15;

/// Incidents of one unit of parallel work.
const CHUNK: usize = 256;

/// A term and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    pub term: String,
    /// Incidents that have it in their text or among their names, with its impact from 1 to [`STEPS`].
    pub texts: Vec<(u32, u8)>,
    /// Incidents that have it in their title, with the title's length in terms, at most [`STEPS`].
    pub titles: Vec<(u32, u8)>,
    /// Whether it only ever joins the parts of a unit.
    pub whole: bool,
}

/// What one pass over the incidents gives.
pub struct Collected<'a> {
    chunks: Vec<Chunk<'a>>,
    /// A hash of what the browser will be told of each incident, as it is stored.
    pub hashes: Vec<[u8; 32]>,
    /// What it is narrowed and sorted by.
    pub rows: Vec<Row<'a>>,
}

#[derive(Clone, Copy)]
struct Posting {
    doc: u32,
    /// In quarters of a word of the body.
    weight: u16,
    /// 0 when the term is not in the title.
    title: u8,
}

/// A term of a chunk, in the order of terms, with the end of its postings and whether it was only seen as a whole.
type Sorted = (Box<str>, u32, bool);

/// The terms of consecutive incidents.
struct Chunk<'a> {
    terms: Vec<Sorted>,
    postings: Vec<Posting>,
    /// Weighted length of each incident.
    lengths: Vec<u32>,
    hashes: Vec<[u8; 32]>,
    rows: Vec<Row<'a>>,
}

/// Reads all incidents once.
pub fn collect(incidents: &dyn Incidents) -> Collected<'_> {
    let count = incidents.count();
    let ranges: Vec<Range<usize>> = (0..count).step_by(CHUNK).map(|from| from..count.min(from + CHUNK)).collect();
    let mut chunks: Vec<Chunk<'_>> = ranges.into_par_iter().map(|range| read_chunk(range, incidents)).collect();
    let hashes = chunks.iter_mut().flat_map(|chunk| std::mem::take(&mut chunk.hashes)).collect();
    let rows = chunks.iter_mut().flat_map(|chunk| std::mem::take(&mut chunk.rows)).collect();
    Collected { chunks, hashes, rows }
}

impl Collected<'_> {
    /// Every term in the browser's order, its postings through `make`, in parallel.
    pub fn entries<T: Send>(&self, make: impl Fn(&Entry) -> T + Sync) -> Vec<T> {
        let mut found: Vec<(&str, u32, u32)> = Vec::new();
        for (number, chunk) in self.chunks.iter().enumerate() {
            let names = chunk.terms.iter().enumerate();
            found.extend(names.map(|(at, (term, ..))| (term.as_ref(), number as u32, at as u32)));
        }
        found.par_sort_unstable_by(|a, b| browser_order(a.0, b.0).then(a.1.cmp(&b.1)));
        let discounts = self.discounts();
        let same: Vec<&[(&str, u32, u32)]> = found.chunk_by(|a, b| a.0 == b.0).collect();
        same.into_par_iter().map(|parts| make(&self.entry(parts, &discounts))).collect()
    }

    fn entry(&self, parts: &[(&str, u32, u32)], discounts: &[f32]) -> Entry {
        let mut entry = Entry { term: parts[0].0.to_owned(), whole: true, ..Entry::default() };
        for &(_, chunk, at) in parts {
            let chunk = &self.chunks[chunk as usize];
            let (_, end, whole) = chunk.terms[at as usize];
            let start = at.checked_sub(1).map_or(0, |before| chunk.terms[before as usize].1);
            entry.whole &= whole;
            for posting in &chunk.postings[start as usize..end as usize] {
                if posting.weight > 0 {
                    entry.texts.push((posting.doc, impact(posting.weight, discounts[posting.doc as usize])));
                }
                if posting.title > 0 {
                    entry.titles.push((posting.doc, posting.title));
                }
            }
        }
        entry
    }

    /// The length-dependent part of BM25 for each incident.
    fn discounts(&self) -> Vec<f32> {
        let lengths: Vec<u32> = self.chunks.iter().flat_map(|chunk| chunk.lengths.iter().copied()).collect();
        let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let mean = (total as f32 / lengths.len().max(1) as f32).max(1.0);
        lengths.iter().map(|&length| K1 * (1.0 - B + B * length as f32 / mean)).collect()
    }
}

/// Terms in the order in which JavaScript compares strings: by UTF-16 units.
pub fn browser_order(a: &str, b: &str) -> std::cmp::Ordering {
    match a.is_ascii() || b.is_ascii() {
        true => a.cmp(b),
        false => a.encode_utf16().cmp(b.encode_utf16()),
    }
}

fn impact(weight: u16, discount: f32) -> u8 {
    let frequency = f32::from(weight) / 4.0;
    let share = frequency / (frequency + discount);
    ((share * STEPS as f32).round() as u8).max(1)
}

/// The terms of a chunk while it is read.
#[derive(Default)]
struct Reader {
    numbers: HashMap<Box<str>, u32>,
    /// For each term: where it stands in `current`, valid when the incident there is the current one.
    places: Vec<(u32, u32)>,
    only_whole: Vec<bool>,
    current: Vec<(u32, u16, u8)>,
    all: Vec<(u32, Posting)>,
}

fn read_chunk(range: Range<usize>, incidents: &dyn Incidents) -> Chunk<'_> {
    let mut reader = Reader::default();
    let (mut lengths, mut hashes, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for doc in range {
        let document = incidents.document(doc);
        lengths.push(reader.document(doc as u32, &document));
        hashes.push(*blake3::hash(document.stored().as_bytes()).as_bytes());
        rows.push(Row::new(document));
    }
    let (terms, postings) = reader.finish();
    Chunk { terms, postings, lengths, hashes, rows }
}

impl Reader {
    /// Adds one incident; returns its weighted length.
    fn document(&mut self, doc: u32, document: &SearchDocument<'_>) -> u32 {
        let mut length = 0;
        for value in document.facets.iter().flatten() {
            length += self.text(doc, &value.1, NAME_WEIGHT);
        }
        for (part, text) in &document.texts {
            length += self.text(doc, text, part.weight());
        }
        self.title(doc, &document.title);
        let postings = self.current.drain(..).map(|(term, weight, title)| (term, Posting { doc, weight, title }));
        self.all.extend(postings);
        length
    }

    fn text(&mut self, doc: u32, text: &str, weight: u32) -> u32 {
        let mut length = 0;
        token::terms(text, |term| {
            let place = self.place(doc, term);
            self.current[place].1 = self.current[place].1.saturating_add(weight as u16);
            length += if term.whole { 0 } else { weight };
        });
        length
    }

    fn title(&mut self, doc: u32, title: &str) {
        let mut length = 0;
        token::terms(title, |term| length += u32::from(!term.whole));
        token::terms(title, |term| {
            let place = self.place(doc, term);
            self.current[place].2 = length.min(STEPS) as u8;
        });
    }

    /// Where `term` stands in `current`.
    fn place(&mut self, doc: u32, term: token::Term<'_>) -> usize {
        let number = match self.numbers.get(term.text) {
            Some(&number) => number,
            None => self.new_term(term.text),
        };
        self.only_whole[number as usize] &= term.whole;
        let (of, place) = self.places[number as usize];
        if of == doc {
            return place as usize;
        }
        let place = self.current.len();
        self.current.push((number, 0, 0));
        self.places[number as usize] = (doc, place as u32);
        place
    }

    fn new_term(&mut self, term: &str) -> u32 {
        let number = self.numbers.len() as u32;
        self.numbers.insert(term.into(), number);
        self.places.push((u32::MAX, 0));
        self.only_whole.push(true);
        number
    }

    /// Sorts the terms and brings the postings of each together, in the order of incidents.
    fn finish(self) -> (Vec<Sorted>, Vec<Posting>) {
        let mut names: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        names.sort_unstable();
        let mut counts = vec![0u32; names.len()];
        for (term, _) in &self.all {
            counts[*term as usize] += 1;
        }
        let mut ends = vec![0u32; names.len()];
        let mut end = 0;
        for (_, number) in &names {
            ends[*number as usize] = end;
            end += counts[*number as usize];
        }
        let mut postings = vec![Posting { doc: 0, weight: 0, title: 0 }; self.all.len()];
        for (term, posting) in self.all {
            let place = &mut ends[term as usize];
            postings[*place as usize] = posting;
            *place += 1;
        }
        let of = |(term, number): (Box<str>, u32)| (term, ends[number as usize], self.only_whole[number as usize]);
        (names.into_iter().map(of).collect(), postings)
    }
}
