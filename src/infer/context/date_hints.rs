//! What the neighbourhood decides: which way round numeric dates are written in
//! this archive, and which year a date without one is in.

use crate::document::Document;
use crate::incident::Day;
use crate::infer::context::block_scan::Scan;
use crate::infer::context::mail;
use crate::language::detect;
use crate::language::locale::Locale;
use crate::language::tokens::{Kind, Words};
use crate::language::{Written, dates_in_name};
use crate::source::SourceFile;
use jiff::civil::{Date, Weekday};

/// What a first, cheap look over all files finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Archive {
    /// Whether `04/12/2022` is 4 December; `None` when no file decides it, or files disagree.
    pub day_first: Option<bool>,
}

impl Archive {
    /// What the documents decide, each by itself.
    pub fn of(orders: &[Option<bool>]) -> Archive {
        let count = |wanted| orders.iter().filter(|order| **order == Some(wanted)).count();
        Archive { day_first: decided(count(true), count(false)) }
    }
}

fn decided(day_first: usize, month_first: usize) -> Option<bool> {
    match (day_first, month_first) {
        (0, 0) => None,
        (_, 0) => Some(true),
        (0, _) => Some(false),
        _ => None,
    }
}

/// The order of day and month in a text's numeric dates, where one of them is above twelve.
pub fn order(text: &str) -> Option<bool> {
    let bytes = text.as_bytes();
    let (mut day_first, mut month_first) = (0, 0);
    for mark in memchr::memchr3_iter(b'/', b'-', b'.', bytes) {
        let Some((first, second)) = pair(bytes, mark) else { continue };
        day_first += usize::from(first > 12 && first <= 31 && (1..=12).contains(&second));
        month_first += usize::from(second > 12 && second <= 31 && (1..=12).contains(&first));
    }
    decided(day_first, month_first)
}

/// The numbers of `DD/MM/YYYY` around its first mark.
fn pair(bytes: &[u8], mark: usize) -> Option<(u32, u32)> {
    let digit = |at: usize| bytes.get(at).filter(|b| b.is_ascii_digit()).map(|b| u32::from(b - b'0'));
    let ones = digit(mark.checked_sub(1)?)?;
    let tens = mark.checked_sub(2).and_then(digit);
    let longer = mark
        .checked_sub(if tens.is_some() { 3 } else { 2 })
        .and_then(|at| bytes.get(at))
        .is_some_and(|b| b.is_ascii_alphanumeric() || *b == bytes[mark]);
    let first = tens.unwrap_or(0) * 10 + ones;
    let (second, next) = match (digit(mark + 1)?, digit(mark + 2)) {
        (tens, Some(ones)) => (tens * 10 + ones, mark + 3),
        (ones, None) => (ones, mark + 2),
    };
    let year = (1..=4).take_while(|n| digit(next + n).is_some()).count();
    (bytes.get(next) == Some(&bytes[mark]) && year == 4 && !longer).then_some((first, second))
}

/// What surrounds one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hints {
    pub day_first: Option<bool>,
    /// Dates in the file's name and the folders above it, the nearest first.
    pub path_dates: Vec<Written>,
    /// Years for dates without one, the best first.
    pub years: Vec<i16>,
    /// The language of the text, when it is another than English.
    pub language: Option<&'static Locale>,
    /// The day on which the text was written, as its front matter or the header of a mail has it.
    pub written_on: Option<Date>,
}

impl Hints {
    pub fn of(source: &SourceFile, document: &Document, scans: &[Scan<'_>], archive: &Archive) -> Hints {
        let path_dates: Vec<Written> = source
            .path
            .rsplit('/')
            .flat_map(|part| dates_in_name(part).into_iter().map(|f| f.value))
            .collect();
        let language = detect::language(scans.iter().map(|scan| &scan.words));
        let of_language = || language.map(Locale::is_day_first).filter(|first| *first);
        let day_first = order(&source.text).or(archive.day_first).or_else(of_language);
        let written_on = written_on(document).or_else(|| mail::written_on(&source.text));
        let mut hints = Hints { day_first, path_dates, years: Vec::new(), language, written_on };
        hints.years = years(source, document, scans, &hints);
        if hints.day_first.is_none() && source.text.contains('/') {
            hints.day_first = hints.order_by_weekday(scans);
        }
        hints
    }

    /// The day that was written, with the year and the order of day and month that the surroundings give.
    /// `None` when they do not.
    pub fn resolve(&self, written: Written) -> Option<Date> {
        match written {
            Written::Day(date) | Written::Days(date, _) => Some(date),
            Written::NoYear { month, day, weekday, .. } => self.with_year(month, day, weekday),
            Written::Ambiguous { day_first, month_first } => match self.day_first {
                Some(true) => Some(day_first),
                Some(false) => Some(month_first),
                None if day_first == month_first => Some(day_first),
                None => None,
            },
            Written::Pair { first, second, weekday } => self.pair(first, second, weekday),
            Written::Month { .. } | Written::Placeholder | Written::Impossible => None,
        }
    }

    /// The same, or only the month where that is all that was written.
    pub fn day(&self, written: Written) -> Option<Day> {
        match written {
            Written::Month { year, month } => Some(Day { year, month, day: None }),
            other => self.resolve(other).map(Day::from),
        }
    }

    /// Two numbers without a year: one above twelve decides, else what decides for the document.
    fn pair(&self, first: i8, second: i8, weekday: Option<Weekday>) -> Option<Date> {
        let day_first = match (first > 12, second > 12) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => self.day_first,
        };
        let (day, month) = if day_first? { (first, second) } else { (second, first) };
        self.with_year(month, day, weekday)
    }

    /// Which way round pairs with a weekday are written: as the weekday has it in the document's year.
    fn order_by_weekday(&self, scans: &[Scan<'_>]) -> Option<bool> {
        let fits = |month: i8, day: i8, weekday: Weekday| {
            self.years
                .first()
                .and_then(|year| Date::new(*year, month, day).ok())
                .is_some_and(|date| date.weekday() == weekday)
        };
        let (mut day_first, mut month_first) = (0, 0);
        for found in
            scans.iter().filter(|scan| scan.words.text.contains('/')).flat_map(|scan| &scan.times().dates)
        {
            if let Written::Pair { first, second, weekday: Some(weekday) } = found.value {
                let (day, month) = (fits(second, first, weekday), fits(first, second, weekday));
                day_first += usize::from(day && !month);
                month_first += usize::from(month && !day);
            }
        }
        decided(day_first, month_first)
    }

    fn with_year(&self, month: i8, day: i8, weekday: Option<Weekday>) -> Option<Date> {
        let fits = |year: &i16| {
            Date::new(*year, month, day).ok().filter(|date| weekday.is_none_or(|w| date.weekday() == w))
        };
        self.years
            .iter()
            .find_map(fits)
            .or_else(|| self.years.first().and_then(|year| Date::new(*year, month, day).ok()))
    }
}

fn written_on(document: &Document) -> Option<Date> {
    let entry = document.front_matter.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case("date"))?;
    crate::language::dates(entry.value.as_str()?).first()?.value.day()
}

/// Years that the document itself and its path give: front matter, text, file name, folders.
fn years(source: &SourceFile, document: &Document, scans: &[Scan<'_>], hints: &Hints) -> Vec<i16> {
    let mut years = Vec::new();
    let mut add = |year: i16| {
        if !years.contains(&year) {
            years.push(year);
        }
    };
    for entry in document.front_matter.entries.iter().filter(|entry| !is_later(&entry.key)) {
        let value = entry
            .value
            .as_str()
            .filter(|value| value.contains(|c: char| c.is_ascii_digit()))
            .unwrap_or_default();
        crate::language::dates(value).iter().filter_map(|found| year(found.value)).for_each(&mut add);
    }
    for scan in scans.iter().filter(|scan| has_year(&scan.words)) {
        scan.times().dates.iter().filter_map(|found| year(found.value)).for_each(&mut add);
    }
    hints.path_dates.iter().filter_map(|written| year(*written)).for_each(&mut add);
    source.path.split(['/', '-', '_', '.']).filter_map(folder_year).for_each(&mut add);
    years
}

/// Whether a front-matter key tells when the text was fetched or changed, which may be years after.
fn is_later(key: &str) -> bool {
    let key = key.to_lowercase();
    ["fetched", "updated", "modified", "lastmod", "reviewed", "archived", "imported", "accessed"]
        .iter()
        .any(|word| key.contains(word))
}

/// Whether a text holds four digits that can be a year; reading dates costs more than looking.
fn has_year(words: &Words<'_>) -> bool {
    let numbers =
        || words.pieces().iter().filter(|piece| piece.kind == Kind::Number && piece.end - piece.start == 4);
    numbers().any(|piece| {
        ["19", "20"].iter().any(|century| words.text[piece.start as usize..].starts_with(century))
    })
}

fn year(written: Written) -> Option<i16> {
    match written {
        Written::Day(date) | Written::Days(date, _) => Some(date.year()),
        Written::Month { year, .. } => Some(year),
        Written::Ambiguous { day_first, .. } => Some(day_first.year()),
        _ => None,
    }
}

fn folder_year(part: &str) -> Option<i16> {
    part.parse().ok().filter(|year| part.len() == 4 && (1990..=2100).contains(year))
}
