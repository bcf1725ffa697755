//! The proof that nothing internal is in an edition: every file is made and looked through before any is
//! published, for words that occur in internal text alone and for patterns that are forbidden.
//!
//! The text was cut before it was read, so nothing should ever be found. The proof knows nothing of how that
//! was done, and finds what was forgotten: a name in the name of a file, a word in a picture's metadata.

#[cfg(test)]
mod canaries;
mod scan;
mod spool;
mod vocabulary;

use crate::config::Edition;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::search::Unpacker;
use crate::site::{Made, Site};
use crate::source::SourceFile;
use rayon::prelude::*;
use regex::bytes::{Regex, RegexBuilder};
use scan::Scanner;
use spool::Spool;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex};

/// Words of the program itself: of its pages, its data, its causes. A test writes the list.
const OWN_WORDS: &str = include_str!("own_words.txt");

/// What must not be in the files of an edition.
#[derive(Debug)]
pub struct Proof {
    edition: Edition,
    scanner: Option<Scanner>,
    /// Where each word of the scanner is from.
    origins: Vec<Place>,
    forbidden: Vec<Regex>,
    unpacker: Unpacker,
    /// The documents of the edition.
    kept: Vec<Arc<SourceFile>>,
    /// How many documents are in the edition, and how many parts are not.
    documents: usize,
    parts: usize,
}

/// Something that must not be in a file and is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    what: What,
    /// The file, as it is shown.
    pub file: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Word(usize),
    Pattern(usize),
}

/// Marks that hold the parts of a name together; the first two those of a word.
const JOINERS: [char; 7] = ['\'', '’', '-', '_', '.', '/', ':'];

/// Hits that are told one by one.
const MOST: usize = 50;

impl Proof {
    /// For the edition that a site is of; nothing when it shows everything.
    pub fn of(site: &Site) -> Option<Proof> {
        let edition = site.config().edition.clone().filter(|edition| !edition.shows_internal())?;
        let origins = told_apart(site, &edition);
        let (words, origins): (Vec<String>, Vec<Place>) = origins.into_iter().unzip();
        let forbidden = edition.forbid.iter().filter_map(|pattern| {
            // Settings with a pattern that does not compile were refused.
            RegexBuilder::new(pattern).unicode(false).build().ok()
        });
        Some(Proof {
            forbidden: forbidden.collect(),
            scanner: Scanner::new(words),
            origins,
            unpacker: site.search_root().map(|root| Unpacker::new(&root)).unwrap_or_default(),
            kept: site.edited().kept().cloned().collect(),
            documents: site.documents(),
            parts: site.edited().parts() + site.edited().left_out().count(),
            edition,
        })
    }

    /// Whether there is anything to look for.
    fn seeks(&self) -> bool {
        self.scanner.is_some() || !self.forbidden.is_empty()
    }

    /// The same for the files of a folder, whose search page this is.
    pub fn of_folder(self, search_page: Option<&str>) -> Proof {
        let unpacker = search_page.and_then(Unpacker::root).map(Unpacker::new).unwrap_or_default();
        Proof { unpacker, ..self }
    }

    /// What is in a file, and in its name, that must not be.
    pub fn look(&self, path: &str, bytes: &[u8]) -> Vec<Hit> {
        let unpacked = self.unpacker.text(bytes);
        let root = std::str::from_utf8(bytes).ok().and_then(Unpacker::root).and_then(Unpacker::root_text);
        let texts = [path.as_bytes(), unpacked.as_ref().map_or(bytes, |text| text.as_bytes())];
        let texts = texts.into_iter().chain(root.as_ref().map(|root| root.as_bytes()));
        let mut found = BTreeSet::new();
        for text in texts {
            let is_number = |(word, at): &(usize, usize)| is_derived(self.word(*word), path, text, *at);
            let hits = self.scanner.iter().flat_map(|scanner| scanner.find(text, scan::is_word));
            found.extend(hits.filter(|hit| !is_number(hit)).map(|(word, _)| What::Word(word)));
            let forbidden = self.forbidden.iter().enumerate().filter(|(_, pattern)| pattern.is_match(text));
            found.extend(forbidden.map(|(at, _)| What::Pattern(at)));
        }
        found.into_iter().map(|what| Hit { what, file: path.to_owned() }).collect()
    }

    /// Hits without the words that the edition's documents give when they are joined, as search does it with
    /// `exit-code`. Few are hit, so that only these need a second look.
    pub fn settled(&self, hits: Vec<Hit>) -> Vec<Hit> {
        let words: BTreeSet<usize> = hits
            .iter()
            .filter_map(|hit| if let What::Word(at) = hit.what { Some(at) } else { None })
            .collect();
        let words: Vec<usize> = words.into_iter().collect();
        let spelled = words.iter().map(|at| self.word(*at).to_owned()).collect();
        let Some(scanner) = Scanner::new(spelled) else { return hits };
        let joined = |document: &Arc<SourceFile>| {
            let known = |marks: &[char]| scanner.known(&document.text.replace(marks, ""));
            [known(&JOINERS), known(&JOINERS[..2])].concat()
        };
        let joined: BTreeSet<usize> =
            self.kept.par_iter().flat_map_iter(joined).map(|position| words[position]).collect();
        let is_joined = |hit: &Hit| matches!(hit.what, What::Word(at) if joined.contains(&at));
        hits.into_iter().filter(|hit| !is_joined(hit)).collect()
    }

    /// "12 documents, 40 parts left out, 310 words looked for in 96 files: none found".
    pub fn summary(&self, files: usize, hits: usize) -> String {
        let words = self.scanner.as_ref().map_or(0, |scanner| scanner.words().len()) + self.forbidden.len();
        let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let found = if hits == 0 { "none found".to_owned() } else { count(hits, "hit") };
        let [documents, parts] = [count(self.documents, "document"), count(self.parts, "part")];
        let [words, files] = [count(words, "word"), count(files, "file")];
        format!("{documents}, {parts} left out; {words} and patterns looked for in {files}: {found}")
    }

    /// What is told of hits, in files that are shown behind `shown`. Only people are shown the words, and where these are from: the logs of a build
    /// may be public.
    pub fn diagnostics(&self, hits: &[Hit], shown: &str, for_people: bool) -> Vec<Diagnostic> {
        let mut files: BTreeMap<What, Vec<&str>> = BTreeMap::new();
        hits.iter().for_each(|hit| files.entry(hit.what).or_default().push(&hit.file));
        let count = files.len();
        let mut told: Vec<Diagnostic> = files
            .into_iter()
            .take(MOST)
            .map(|(what, files)| self.diagnostic(what, &files, shown, for_people))
            .collect();
        if count > MOST {
            told.push(Diagnostic::new(Code::Leak, format!("and {} more of this kind", count - MOST)));
        }
        told
    }

    fn diagnostic(&self, what: What, files: &[&str], shown: &str, for_people: bool) -> Diagnostic {
        let first = format!("{shown}{}", files.first().copied().unwrap_or_default());
        let more = match files.len() {
            1 => String::new(),
            many => format!(", and in {} more", many - 1),
        };
        let name = &self.edition.name;
        let diagnostic = |message: String| Diagnostic::new(Code::Leak, message).in_file(&first);
        match what {
            What::Pattern(at) => {
                let pattern = &self.edition.forbid[at];
                diagnostic(format!("this file matches `{pattern}`, which edition `{name}` forbids{more}"))
            }
            What::Word(_) if !for_people => diagnostic(format!(
                "a word that is only in internal text is in this file of edition `{name}`{more}"
            )),
            What::Word(at) => {
                let (word, Place { path, line, column, .. }) = (self.word(at), &self.origins[at]);
                diagnostic(format!("`{word}` is only in internal text, and is in this file of edition `{name}`{more}"))
                    .help(format!("it is from {path}:{line}:{column}; mark or change what shows it, or say `allow = [\"{word}\"]` if it is meant"))
            }
        }
    }

    fn word(&self, at: usize) -> &str {
        self.scanner.as_ref().map_or("", |scanner| &scanner.words()[at])
    }
}

/// Whether what was found is a number of data that was worked out, and no text.
fn is_derived(word: &str, path: &str, text: &[u8], at: usize) -> bool {
    let is_data = path.ends_with(".json") || path.ends_with(".ndjson");
    let is_value = at > 0 && matches!(text[at - 1], b':' | b',' | b'[' | b' ' | b'.' | b'-');
    word.bytes().all(|b| b.is_ascii_digit()) && is_data && is_value
}

/// Words that occur in what an edition leaves out and nowhere in it, each with the place that it is from.
fn told_apart(site: &Site, edition: &Edition) -> Vec<(String, Place)> {
    let mut words: BTreeMap<String, (&SourceFile, usize)> = BTreeMap::new();
    for (source, removed) in site.edited().removed() {
        let base = source.text.find(removed).unwrap_or(0);
        for (word, at) in vocabulary::words(removed) {
            words.entry(word).or_insert((source, base + at));
        }
    }
    let candidates: Vec<String> = words.keys().cloned().collect();
    let Some(scanner) = Scanner::new(candidates) else { return Vec::new() };
    let documents: Vec<_> = site.edited().kept().collect();
    // Names of files are no text: a word that only they have is in the archive by oversight.
    let texts = documents.par_iter().flat_map_iter(|document| {
        [scanner.known(&document.text), scanner.known(&crate::document::decode_entities(&document.text))]
    });
    let mut known: BTreeSet<usize> = texts.flatten_iter().collect();
    let allowed = edition.allow.iter().map(|text| Cow::Borrowed(text.as_str()));
    let others = site.own_texts().into_iter().chain([Cow::Borrowed(OWN_WORDS)]).chain(allowed);
    for text in others {
        known.extend(scanner.known(&text));
    }
    let is_known = |at: usize| known.contains(&at);
    let place = |source: &SourceFile, at: usize| {
        let place = Place::of(&source.shown, &source.text, Span::new(at, at + 1));
        Place { text: String::new(), mark: (0, 0), ..place }
    };
    let apart = words.into_iter().enumerate().filter(|(at, _)| !is_known(*at));
    apart.map(|(_, (word, (source, at)))| (word, place(source, at))).collect()
}

/// Every file of a site, made and looked through.
#[derive(Debug)]
pub struct Proved {
    spool: Spool,
    /// What is known of each file beside its bytes.
    made: BTreeMap<String, Made>,
}

/// What came of a proof.
pub enum Outcome {
    /// Nothing is to be proved of the site.
    Nothing,
    /// Nothing was found.
    Proved(Proved),
    /// Something was, or the files could not be kept.
    Refused(Vec<Diagnostic>),
}

/// Makes every file of a site and looks through it. What is proved is kept, and what is kept is published. Paths
/// are shown behind `shown`.
pub fn prove(site: &Site, shown: &str, for_people: bool) -> Outcome {
    let Some(proof) = Proof::of(site).filter(Proof::seeks) else { return Outcome::Nothing };
    let proving = Proving { site, proof: &proof, hits: Mutex::default(), made: Mutex::default() };
    match proving.run() {
        Ok((hits, proved)) => match proof.settled(hits) {
            hits if hits.is_empty() => Outcome::Proved(proved),
            hits => Outcome::Refused(proof.diagnostics(&hits, shown, for_people)),
        },
        Err(error) => {
            let message = format!("the archive cannot be kept until it is proved: {error}");
            Outcome::Refused(vec![Diagnostic::new(Code::Write, message)])
        }
    }
}

struct Proving<'s> {
    site: &'s Site,
    proof: &'s Proof,
    hits: Mutex<Vec<Hit>>,
    made: Mutex<BTreeMap<String, Made>>,
}

impl Proving<'_> {
    fn run(self) -> io::Result<(Vec<Hit>, Proved)> {
        let spool = Spool::new()?;
        // The index is made by all threads together, so none may begin it while it makes something else.
        let paths: Vec<&str> = self.site.outputs_with_search().map(|output| output.path.as_str()).collect();
        paths.par_iter().try_for_each(|path| self.page(path, &spool))?;
        let linked: BTreeSet<String> =
            lock(&self.made).values().flat_map(|made| made.linked.clone()).collect();
        linked.par_iter().try_for_each(|path| self.beside(path, &spool))?;
        let mut hits = self.hits.into_inner().unwrap_or_default();
        hits.sort();
        Ok((hits, Proved { spool, made: self.made.into_inner().unwrap_or_default() }))
    }

    fn page(&self, path: &str, spool: &Spool) -> io::Result<()> {
        let mut made = self.site.render(path);
        if let Some(bytes) = made.bytes.take() {
            lock(&self.hits).extend(self.proof.look(path, &bytes));
            spool.put(path, &bytes)?;
        }
        lock(&self.made).insert(path.to_owned(), made);
        Ok(())
    }

    fn beside(&self, path: &str, spool: &Spool) -> io::Result<()> {
        // One that cannot be read is reported when it is to be copied.
        let Ok(bytes) = self.site.content_file(path) else { return Ok(()) };
        lock(&self.hits).extend(self.proof.look(path, &bytes));
        spool.put(path, &bytes)
    }
}

impl Proved {
    /// A file as it was made.
    pub fn made(&self, path: &str) -> Made {
        let known = self.made.get(path);
        Made {
            bytes: self.spool.get(path),
            linked: known.map(|made| made.linked.clone()).unwrap_or_default(),
            diagnostics: known.map(|made| made.diagnostics.clone()).unwrap_or_default(),
        }
    }

    /// Everything that came up while the files were made.
    pub fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        self.made.values().flat_map(|made| &made.diagnostics).cloned()
    }

    /// The bytes of a file beside the documents.
    pub fn content_file(&self, path: &str) -> Option<Vec<u8>> {
        self.spool.get(path)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
