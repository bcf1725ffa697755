//! Which incidents have a term, and how much it says about each.
//!
//! Texts are read once, in chunks, in parallel. A term's weight in an incident is
//! BM25F: every occurrence counts by the part it stands in, long incidents are
//! discounted, and more of the same word adds less and less. What reaches the
//! browser of it is one of fifteen steps.

use super::columns::Row;
use super::document::{Incidents, NAME_WEIGHT, SearchDocument};
use super::token::{Term, Tokenizer};
use hashbrown::HashMap;
use rayon::prelude::*;
use std::ops::Range;

/// Saturation and length discount of BM25. Tuned on the odd queries of `benches/search`.
const K1: f32 = 1.2;
const B: f32 = 0.5;

/// Impacts and title lengths are numbers from 1 to this.
pub const STEPS: u32 = 15;

/// Incidents of one unit of parallel work. Their numbers within it fit a byte.
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
    pub terms: Terms,
    /// A hash of what the browser will be told of each incident, as it is stored.
    pub hashes: Vec<[u8; 32]>,
    /// What it is narrowed and sorted by.
    pub rows: Vec<Row<'a>>,
}

/// All terms, on their way to [`Entry`].
pub struct Terms {
    chunks: Vec<Chunk>,
    /// The length-dependent part of BM25 for each incident.
    discounts: Vec<f32>,
}

/// There is one for every word of every incident, so it is small.
#[derive(Clone, Copy, Default)]
struct Posting {
    /// In quarters of a word of the body.
    weight: u16,
    /// Within the chunk.
    doc: u8,
    /// 0 when the term is not in the title.
    title: u8,
}

/// The terms of consecutive incidents, in order.
struct Chunk {
    /// All terms, one after the other.
    names: String,
    terms: Vec<Sorted>,
    postings: Vec<Posting>,
}

/// A term of a chunk.
#[derive(Clone, Copy)]
struct Sorted {
    /// Where its name ends among those of the chunk.
    name: u32,
    /// Where its postings end.
    postings: u32,
    /// Whether it was only seen as a whole.
    whole: bool,
}

/// What is read of the incidents of a chunk.
struct Read<'a> {
    chunk: Chunk,
    /// Weighted length of each incident.
    lengths: Vec<u32>,
    hashes: Vec<[u8; 32]>,
    rows: Vec<Row<'a>>,
}

/// Reads all incidents once.
pub fn collect(incidents: &dyn Incidents) -> Collected<'_> {
    let count = incidents.count();
    let ranges: Vec<Range<usize>> =
        (0..count).step_by(CHUNK).map(|from| from..count.min(from + CHUNK)).collect();
    let read: Vec<Read<'_>> = ranges.into_par_iter().map(|range| read_chunk(range, incidents)).collect();
    let (mut chunks, mut lengths, mut hashes, mut rows) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for read in read {
        chunks.push(read.chunk);
        lengths.extend(read.lengths);
        hashes.extend(read.hashes);
        rows.extend(read.rows);
    }
    Collected { terms: Terms { chunks, discounts: discounts(&lengths) }, hashes, rows }
}

/// The length-dependent part of BM25 for each incident.
fn discounts(lengths: &[u32]) -> Vec<f32> {
    let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
    let mean = (total as f32 / lengths.len().max(1) as f32).max(1.0);
    lengths.iter().map(|&length| K1 * (1.0 - B + B * length as f32 / mean)).collect()
}

/// A term as found in a chunk: its name, the chunk's number, its own in there.
type Found<'c> = (&'c str, u32, u32);

impl Terms {
    /// Every term in the browser's order, its postings through `make`, in parallel.
    pub fn entries<T: Send>(self, make: impl Fn(&Entry) -> T + Sync) -> Vec<T> {
        let chunks = (0..).zip(&self.chunks);
        let mut found: Vec<Found<'_>> = chunks.flat_map(|(number, chunk)| chunk.found(number)).collect();
        found.par_sort_unstable_by(|a, b| browser_order(a.0, b.0).then(a.1.cmp(&b.1)));
        let same: Vec<&[Found<'_>]> = found.chunk_by(|a, b| a.0 == b.0).collect();
        same.into_par_iter().map(|parts| make(&self.entry(parts))).collect()
    }

    fn entry(&self, parts: &[Found<'_>]) -> Entry {
        let mut entry = Entry { term: parts[0].0.to_owned(), whole: true, ..Entry::default() };
        for &(_, number, at) in parts {
            let chunk = &self.chunks[number as usize];
            entry.whole &= chunk.terms[at as usize].whole;
            for posting in chunk.postings(at as usize) {
                let doc = number * CHUNK as u32 + u32::from(posting.doc);
                if posting.weight > 0 {
                    entry.texts.push((doc, impact(posting.weight, self.discounts[doc as usize])));
                }
                if posting.title > 0 {
                    entry.titles.push((doc, posting.title));
                }
            }
        }
        entry
    }
}

impl Chunk {
    fn found(&self, number: u32) -> impl Iterator<Item = Found<'_>> {
        let mut start = 0;
        (0..).zip(&self.terms).map(move |(at, term)| {
            let from = std::mem::replace(&mut start, term.name as usize);
            (&self.names[from..start], number, at)
        })
    }

    fn postings(&self, at: usize) -> &[Posting] {
        let start = at.checked_sub(1).map_or(0, |before| self.terms[before].postings);
        &self.postings[start as usize..self.terms[at].postings as usize]
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
    places: Vec<(Option<u8>, u32)>,
    only_whole: Vec<bool>,
    current: Vec<(u32, u16, u8)>,
    all: Vec<(u32, Posting)>,
}

fn read_chunk(range: Range<usize>, incidents: &dyn Incidents) -> Read<'_> {
    let (mut reader, mut tokenizer) = (Reader::default(), Tokenizer::default());
    let (mut lengths, mut hashes, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (number, doc) in (0..=u8::MAX).zip(range) {
        let document = incidents.document(doc);
        lengths.push(reader.document(number, &document, &mut tokenizer));
        hashes.push(*blake3::hash(document.stored().as_bytes()).as_bytes());
        rows.push(Row::new(document));
    }
    Read { chunk: reader.finish(), lengths, hashes, rows }
}

impl Reader {
    /// Adds one incident by its number in the chunk; returns its weighted length.
    fn document(&mut self, doc: u8, document: &SearchDocument<'_>, tokenizer: &mut Tokenizer) -> u32 {
        let mut length = 0;
        for value in document.facets.iter().flatten() {
            length += self.text(doc, &value.1, NAME_WEIGHT, tokenizer);
        }
        for (part, text) in &document.texts {
            length += self.text(doc, text, part.weight(), tokenizer);
        }
        self.title(doc, &document.title, tokenizer);
        let postings =
            self.current.drain(..).map(|(term, weight, title)| (term, Posting { doc, weight, title }));
        self.all.extend(postings);
        length
    }

    fn text(&mut self, doc: u8, text: &str, weight: u32, tokenizer: &mut Tokenizer) -> u32 {
        let mut length = 0;
        tokenizer.terms(text, |term| {
            let place = self.place(doc, term);
            self.current[place].1 = self.current[place].1.saturating_add(weight as u16);
            length += if term.whole { 0 } else { weight };
        });
        length
    }

    fn title(&mut self, doc: u8, title: &str, tokenizer: &mut Tokenizer) {
        let mut length = 0;
        tokenizer.terms(title, |term| length += u32::from(!term.whole));
        tokenizer.terms(title, |term| {
            let place = self.place(doc, term);
            self.current[place].2 = length.min(STEPS) as u8;
        });
    }

    /// Where `term` stands in `current`.
    fn place(&mut self, doc: u8, term: Term<'_>) -> usize {
        let number = match self.numbers.get(term.text) {
            Some(&number) => number,
            None => self.new_term(term.text),
        };
        self.only_whole[number as usize] &= term.whole;
        let (of, place) = self.places[number as usize];
        if of == Some(doc) {
            return place as usize;
        }
        let place = self.current.len();
        self.current.push((number, 0, 0));
        self.places[number as usize] = (Some(doc), place as u32);
        place
    }

    fn new_term(&mut self, term: &str) -> u32 {
        let number = self.numbers.len() as u32;
        self.numbers.insert(term.into(), number);
        self.places.push((None, 0));
        self.only_whole.push(true);
        number
    }

    /// Sorts the terms and brings the postings of each together, in the order of incidents.
    fn finish(self) -> Chunk {
        let mut order: Vec<(&str, u32)> =
            self.numbers.iter().map(|(name, number)| (name.as_ref(), *number)).collect();
        order.sort_unstable();
        let mut counts = vec![0u32; order.len()];
        for (term, _) in &self.all {
            counts[*term as usize] += 1;
        }
        // Where the next posting of each term goes.
        let mut places = vec![0u32; order.len()];
        let mut chunk =
            Chunk { names: String::new(), terms: Vec::with_capacity(order.len()), postings: Vec::new() };
        let mut end = 0;
        for (name, number) in order {
            places[number as usize] = end;
            end += counts[number as usize];
            chunk.names.push_str(name);
            let whole = self.only_whole[number as usize];
            chunk.terms.push(Sorted { name: chunk.names.len() as u32, postings: end, whole });
        }
        chunk.postings.resize(self.all.len(), Posting::default());
        for (term, posting) in self.all {
            let place = &mut places[term as usize];
            chunk.postings[*place as usize] = posting;
            *place += 1;
        }
        chunk
    }
}
