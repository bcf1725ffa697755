//! The index as files for the browser: small enough to answer from a static host,
//! plain enough to answer from disk.
//!
//! # Format 1
//!
//! An archive's index is a root, which stands in the search page itself, and files
//! under `search/`, each a call: `casebook("id","base64")`, where the base64 is raw
//! deflate. Nothing else runs as code. Files are loaded with `import()` on http and by a
//! script tag from disk, never fetched, so a policy of `script-src 'self'` is enough.
//!
//! Incidents are numbered in the archive's order, newest first. Numbers in binary
//! files are varints: seven bits a byte, low ones first, the high bit on all but the last.
//!
//! | id | what |
//! |---|---|
//! | `t0`… | terms, sorted by UTF-16 units, with their postings: [`blocks::terms`] |
//! | `v0`…, `r0`… | words for the misspelt, by beginning and by end: [`blocks::vocabulary`] |
//! | `c0`… | columns to narrow, count and sort by: [`columns`] |
//! | `x0`… | what results are made of: a JSON list of incidents, [`Tier::texts`] a file, oldest first |
//!
//! The root is JSON, and so are the incidents of a text file: [`keys`] says what each of their letters is.
//! Text files are numbered from the oldest incident and carry the digits of their group, so that
//! a new incident renames a few files and not all.
//!
//! Short texts pack badly, for each begins without knowing what is usual. Text files are therefore
//! packed as what follows the *opening*, the first [`OPENING`] bytes of the oldest incident: to unpack
//! one, put the opening before it as a stored block, and cut it off again. It saves a tenth of real
//! postmortems and more where they are written by a template.
//!
//! `search/engine.*.js` reads all of it and answers questions; how the page looks is the theme's.
//! The tokenizer is the only thing that exists twice, here and in JavaScript: [`token`].
//!
//! This room knows nothing of pages, Markdown or how an incident's values were found.

mod archive;
pub mod blocks;
pub mod columns;
pub mod document;
mod keys;
pub mod postings;
pub mod token;
mod unpack;

pub use archive::Searchable;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use blocks::Encoded;
pub use document::{Incidents, Part, SearchDocument, Value};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use keys::Root;
use postings::Collected;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
pub use unpack::Unpacker;

/// What answers in the browser, as written.
pub const ENGINE: &str = include_str!("engine.js");

/// The number of the format above.
pub const FORMAT: u32 = 1;

/// Text files that share a version.
pub const GROUP: usize = 64;

/// Bytes of the opening. More would save on later results what the first have to pay.
pub const OPENING: usize = 3072;

/// A word in more than this share of the incidents, and in less than that of their titles, does
/// not choose between them: a query with other words goes without it.
const COMMON: f64 = 0.95;
const COMMON_IN_TITLES: f64 = 0.1;

/// How an archive of a certain size is cut into files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The largest archive it is for.
    pub incidents: usize,
    /// Bytes of a block of terms, before packing.
    pub terms: usize,
    /// Bytes of a block of words.
    pub words: usize,
    /// Columns in a file.
    pub columns: usize,
    /// Incidents in a text file.
    pub texts: usize,
}

/// Small archives get few files, larger ones small files. Many hosts take 20,000 files, and the pages
/// of the incidents are among them: near that limit texts share files. Beyond it, where
/// the pages alone are too many for such a host, small files are worth more again.
pub const TIERS: &[Tier] = &[
    Tier { incidents: 50, terms: 64 << 10, words: 64 << 10, columns: 9, texts: 16 },
    Tier { incidents: 300, terms: 3 << 10, words: 32 << 10, columns: 9, texts: 1 },
    Tier { incidents: 8_000, terms: 5 << 9, words: 6 << 10, columns: 1, texts: 1 },
    Tier { incidents: 12_000, terms: 6 << 10, words: 6 << 10, columns: 1, texts: 2 },
    Tier { incidents: 16_000, terms: 12 << 10, words: 6 << 10, columns: 1, texts: 8 },
    Tier { incidents: usize::MAX, terms: 6 << 10, words: 6 << 10, columns: 1, texts: 1 },
];

/// The row of [`TIERS`] for so many incidents.
pub fn tier(incidents: usize) -> Tier {
    let last = TIERS[TIERS.len() - 1];
    TIERS.iter().copied().find(|tier| incidents <= tier.incidents).unwrap_or(last)
}

/// A finished index: its root, and which files there are. Files are made when asked for.
#[derive(Debug)]
pub struct Index {
    /// For the search page: base64 of deflated JSON.
    pub root: String,
    /// Path of the engine, which the search page runs before its own script.
    pub engine: String,
    files: BTreeMap<String, File>,
    /// What every text file is packed behind.
    opening: String,
}

#[derive(Debug)]
enum File {
    Engine,
    /// Not packed yet.
    Block {
        id: String,
        bytes: Vec<u8>,
    },
    /// Numbers of incidents, oldest first.
    Texts {
        id: String,
        numbers: Vec<usize>,
    },
}

impl Index {
    /// Reads every incident once, in parallel.
    pub fn build(incidents: &dyn Incidents) -> Index {
        let count = incidents.count();
        let tier = tier(count);
        let Collected { terms, hashes, rows } = postings::collect(incidents);
        let columns = columns::columns(rows);
        let terms: Vec<Encoded> = terms.entries(blocks::encode);
        let common = terms.iter().filter(|term| count > 4 && is_common(term, count as f64));
        let common = common.map(|term| term.term.as_ref()).collect();
        let term_blocks = blocks::terms(&terms, tier.terms);
        let [forward, backward] = blocks::vocabulary(&terms, tier.words);
        let mut payloads = Vec::new();
        for (letter, blocks) in [("t", term_blocks.blocks), ("v", forward.blocks), ("r", backward.blocks)] {
            let numbered = blocks.into_iter().enumerate();
            payloads.extend(numbered.map(|(number, bytes)| (format!("{letter}{number}"), bytes)));
        }
        let mut places = BTreeMap::new();
        for (id, names, bytes) in columns::files(&columns, tier.columns) {
            places.extend(names.into_iter().map(|name| (name, id.clone())));
            payloads.push((id, bytes));
        }
        let version = version(payloads.iter().map(|(_, bytes)| bytes.as_slice()));
        let opening = opening(incidents);
        let (texts, groups) = text_files(&hashes, &opening, tier.texts);
        let root = Root {
            format: FORMAT,
            incidents: count,
            version: &version,
            terms: &term_blocks.separators,
            forward: &forward.separators,
            backward: &backward.separators,
            columns: places,
            common,
            batch: tier.texts,
            groups,
            opening: &opening,
            facets: columns::facet_keys(),
        };
        let root = pack("", &serde_json::to_vec(&root).unwrap_or_default());
        let block =
            |(id, bytes): (String, Vec<u8>)| (format!("search/{id}.{version}.js"), File::Block { id, bytes });
        let engine = format!("search/engine.{}.js", self::version([engine().as_bytes()].into_iter()));
        let files =
            payloads.into_iter().map(block).chain(texts).chain([(engine.clone(), File::Engine)]).collect();
        Index { root, engine, files, opening }
    }

    /// The path of every file, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The bytes of the file at `path`, if it is one of the index of these incidents.
    pub fn render(&self, path: &str, incidents: &dyn Incidents) -> Option<Vec<u8>> {
        let (id, packed) = match self.files.get(path)? {
            File::Engine => return Some(engine().into_bytes()),
            File::Block { id, bytes } => (id, pack("", bytes)),
            File::Texts { id, numbers } => (id, pack(&self.opening, texts(numbers, incidents).as_bytes())),
        };
        Some(format!("casebook(\"{id}\",\"{packed}\")\n").into_bytes())
    }
}

/// Whether a term chooses between incidents neither by their texts nor by their titles.
fn is_common(term: &Encoded, incidents: f64) -> bool {
    f64::from(term.counts.0) > COMMON * incidents && f64::from(term.counts.1) < COMMON_IN_TITLES * incidents
}

/// Spaces beside these mean nothing in the engine: none of its texts and patterns has one.
const SIGNS: &[u8] = b"=<>+-*/&|?:,;!{}()[]";

/// The engine without comments, indentation and needless spaces, which are a fifth of it on the wire;
/// and with the table of keys.
fn engine() -> String {
    let lines =
        ENGINE.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let end = |line: &str| if line.ends_with(['{', '(', '[', ',', ';']) { "" } else { "\n" };
    let small = lines.flat_map(|line| [compact(line), end(line).to_owned()]).collect::<String>();
    small.replace(";}", "}").replacen("KEYS", &keys::letters(), 1)
}

fn compact(line: &str) -> String {
    let is_sign = |at: Option<usize>| {
        at.and_then(|at| line.as_bytes().get(at)).is_some_and(|byte| SIGNS.contains(byte))
    };
    let is_needed =
        |&(at, c): &(usize, char)| c != ' ' || !(is_sign(at.checked_sub(1)) || is_sign(Some(at + 1)));
    line.char_indices().filter(is_needed).map(|(_, c)| c).collect()
}

fn texts(numbers: &[usize], incidents: &dyn Incidents) -> String {
    let stored: Vec<String> = numbers.iter().map(|&number| incidents.document(number).stored()).collect();
    format!("[{}]", stored.join(","))
}

/// The beginning of the oldest incident as it is stored.
fn opening(incidents: &dyn Incidents) -> String {
    let oldest =
        incidents.count().checked_sub(1).map_or(String::new(), |oldest| incidents.document(oldest).stored());
    let end = (0..=OPENING.min(oldest.len())).rev().find(|end| oldest.is_char_boundary(*end));
    oldest[..end.unwrap_or(0)].to_owned()
}

/// The text files by path, and the versions of their groups. Counted from the oldest incident.
fn text_files(hashes: &[[u8; 32]], opening: &str, size: usize) -> (Vec<(String, File)>, String) {
    let oldest_first: Vec<usize> = (0..hashes.len()).rev().collect();
    let (mut files, mut groups) = (Vec::new(), String::new());
    for group in oldest_first.chunks(size * GROUP) {
        let texts = group.iter().map(|&number| hashes[number].as_slice());
        let version = version(texts.chain([opening.as_bytes()]));
        for numbers in group.chunks(size) {
            let id = format!("x{}", files.len());
            files.push((format!("search/{id}.{version}.js"), File::Texts { id, numbers: numbers.to_vec() }));
        }
        groups.push_str(&version);
    }
    (files, groups)
}

/// Eight hex digits for these bytes in this format.
fn version<'b>(parts: impl Iterator<Item = &'b [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&FORMAT.to_le_bytes());
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex()[..8].to_owned()
}

thread_local! {
    /// Kept from file to file: its tables are larger than most files, and new ones have to be cleared first.
    static ENCODER: RefCell<DeflateEncoder<Vec<u8>>> =
        RefCell::new(DeflateEncoder::new(Vec::new(), Compression::default()));
}

/// Deflated as what follows `before`, as base64.
fn pack(before: &str, bytes: &[u8]) -> String {
    ENCODER.with_borrow_mut(|encoder| {
        let begun = encoder.write_all(before.as_bytes()).and_then(|()| encoder.flush());
        let known = encoder.get_ref().len();
        let packed = begun.and_then(|()| encoder.write_all(bytes)).and_then(|()| encoder.reset(Vec::new()));
        BASE64.encode(&packed.expect("writing to memory does not fail")[known..])
    })
}
