//! Every kind of diagnostic, one row each. Names are stable: users write them in
//! `site.toml` to silence a warning. Errors cannot be silenced.

use super::Level;

/// One kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Stable name, as shown in brackets and written under `[diagnostics] silence`.
    pub name: &'static str,
    pub level: Level,
    /// What it means, for the documentation.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($code:ident, $name:literal, $level:ident, $meaning:literal;)*) => {
        /// The kind of a diagnostic; [`Code::row`] has its name and meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($code),* }

        /// All rows, in the order of [`Code`].
        pub const CODES: &[Row] = &[$(Row { name: $name, level: Level::$level, meaning: $meaning }),*];
    };
}

codes! {
    // The site's own files
    ConfigSyntax, "config-syntax", Error, "site.toml is not valid TOML";
    ConfigKey, "config-key", Error, "site.toml has a key that casebook does not know";
    ConfigValue, "config-value", Error, "a key of site.toml has a value of the wrong kind";
    Template, "template", Error, "a template of the theme cannot be read or rendered";
    // Reading files
    Unreadable, "unreadable", Error, "a file or folder cannot be read";
    TooLarge, "too-large", Error, "a file is larger than the limit, and was left out";
    NotRegular, "not-regular", Warning, "a link leaves the content folder or goes nowhere, or the entry is no regular file";
    Encoding, "encoding", Note, "a file is not UTF-8 and was decoded";
    EncodingUnsure, "encoding-unsure", Warning, "a file is not UTF-8, and which encoding it is in is not certain";
    Mojibake, "mojibake", Note, "text that was decoded wrongly once was repaired";
    ControlCharacter, "control-character", Warning, "NUL or other control characters were replaced";
    Bidi, "bidi", Warning, "characters that change the reading direction stand in the text";
    TooDeep, "too-deep", Warning, "nesting goes deeper than the limit, and was flattened";
    TooDense, "too-dense", Warning, "a line has more markup than the limit, and is shown as plain text";
    NotAPostmortem, "not-a-postmortem", Note, "a file beside the postmortems was skipped";
    NotRead, "not-read", Note, "a file of a text format that casebook does not read";
    Draft, "draft", Note, "a draft was left out";
    Internal, "internal", Warning, "a document that is marked as internal was left out";
    Mark, "mark", Error, "a mark of internal text is not closed, is inside another, or closes nothing";
    // Front matter
    FrontMatterSyntax, "front-matter-syntax", Error, "the front matter cannot be parsed";
    FrontMatterValue, "front-matter-value", Error, "a front-matter value cannot be read";
    FrontMatterKey, "front-matter-key", Note, "a front-matter key is close to a known one";
    FrontMatterUnused, "front-matter-unused", Note, "a front-matter value gives nothing, or something else tells better";
    CauseName, "cause-name", Note, "a typed cause is none of the known ones";
    // What a document says
    Contradiction, "contradiction", Warning, "two places of a document disagree";
    DurationMismatch, "duration-mismatch", Warning, "the stated duration differs from end minus start";
    EventOrder, "event-order", Warning, "timeline events are out of order";
    EndBeforeStart, "end-before-start", Warning, "the end is before the start";
    ImpossibleDate, "impossible-date", Warning, "a date that does not exist";
    ImpossibleTime, "impossible-time", Warning, "a time that does not exist, or not in its zone";
    ImpossibleZone, "impossible-zone", Warning, "a zone that does not exist";
    FutureDate, "future-date", Warning, "the incident lies in the future";
    Placeholder, "placeholder", Note, "a field holds a placeholder and counts as missing";
    SecondIncident, "second-incident", Note, "a document tells several incidents";
    TooMany, "too-many", Warning, "a field gives more values than the limit, and the rest was left out";
    // Links and addresses
    BrokenLink, "broken-link", Warning, "a link or image to a file or anchor that is not there";
    UnsafeLink, "unsafe-link", Warning, "a link with a scheme that is not allowed";
    SlugTaken, "slug-taken", Warning, "two documents ask for the same address";
    SlugInvalid, "slug-invalid", Warning, "a slug or alias that cannot be an address was changed";
    NoBaseUrl, "no-base-url", Note, "feeds, sitemap, canonical links and a 404.html under a path need base_url";
    Secret, "secret", Warning, "something that looks like a secret stands in the text";
    Personal, "personal", Note, "personal data stands in the text: an e-mail address, a phone number, a private address";
    // Importing
    ImportKind, "import-kind", Error, "a file is none of the exports that `casebook import` reads";
    ImportSyntax, "import-syntax", Error, "an export is broken";
    ImportLimit, "import-limit", Error, "an archive holds more than is safe to unpack, or names files outside of itself";
    ImportValue, "import-value", Warning, "a value of an export cannot be read as what it should be, and is kept as text";
    ImportTwice, "import-twice", Warning, "an export has several records with one id, and the latest counts";
    ImportEdited, "import-edited", Warning, "a document was edited since it was imported, and is kept";
    Leak, "leak", Error, "a file of an edition holds words that are only in internal text, or a forbidden pattern";
    // casebook itself
    Fault, "fault", Error, "casebook itself failed on a file, which is to be reported";
    // Writing
    Write, "write", Error, "a file cannot be written";
}

impl Code {
    /// Whether it speaks of what should not be published: as an error it withholds the whole archive.
    pub fn is_leak(self) -> bool {
        matches!(self, Code::Secret | Code::Personal | Code::Leak)
    }

    pub fn row(self) -> &'static Row {
        &CODES[self as usize]
    }
}

/// The row of a stable name.
pub fn row_named(name: &str) -> Option<&'static Row> {
    CODES.iter().find(|row| row.name == name)
}
