//! Addresses that stand in a text as they are: of the web, with `http` or only `www.`, and of mail.

use super::link;
use linkify::{Link, LinkFinder, LinkKind};
use std::ops::Range;

/// A word longer than this is no address of a host without a scheme.
const LONGEST_WORD: usize = 500;

/// Signs that may stand before an address, as forges have it.
const BEFORE: &[char] = &['(', '*', '_', '~', '"', '\'', '“', '‘', '«', '<', '['];

/// Ends of names with an `@` that are no hosts: units of systemd and pictures for dense screens.
const NO_HOSTS: &[&str] = &[
    "gif", "jpeg", "jpg", "mount", "path", "png", "scope", "service", "slice", "socket", "svg", "target",
    "timer", "webp",
];

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bare {
    /// In bytes.
    pub range: Range<usize>,
    pub href: String,
}

/// The bare addresses in a text, in order.
pub(super) fn addresses(text: &str) -> Vec<Bare> {
    // Most texts have none, and to look for these signs is far cheaper than the finder.
    let mut found: Vec<Bare> = match text.contains("://") || text.contains('@') {
        true => LinkFinder::new().links(text).filter_map(|found| address(text, &found)).collect(),
        false => Vec::new(),
    };
    found.extend(words(text).filter_map(|(at, word)| host(at, word)));
    found.sort_by_key(|bare| bare.range.start);
    found.dedup_by(|next, earlier| next.range.start < earlier.range.end);
    found
}

fn address(text: &str, found: &Link<'_>) -> Option<Bare> {
    let range = found.start()..found.end();
    match found.kind() {
        LinkKind::Email => mail(text, range),
        _ if link::scheme(found.as_str()).is_some_and(|scheme| scheme.starts_with("http")) => {
            Some(Bare { href: link::outside(found.as_str())?, range })
        }
        _ => None,
    }
}

/// What has the shape of an address of mail is often something else: `git@host:path`, `user:word@host`,
/// `package@1.2.3`, `unit@1.service`.
fn mail(text: &str, range: Range<usize>) -> Option<Bare> {
    let at = range.start + text[range.clone()].find('@')?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let start = text[range.start..at].rfind(|c| !is_plain(c)).map_or(range.start, |last| {
        range.start + last + text[range.start + last..].chars().next().map_or(0, char::len_utf8)
    });
    let (before, behind) = (&text[..start], &text[range.end..]);
    let is_part = before.ends_with(['/', ':', '@']) && !before.to_lowercase().ends_with("mailto:");
    let goes_on =
        behind.starts_with('/') || behind.starts_with(':') && behind[1..].starts_with(char::is_alphanumeric);
    let end = text[at + 1..range.end].rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_host =
        end.chars().count() > 1 && end.chars().all(char::is_alphabetic) && !NO_HOSTS.contains(&end.as_str());
    let is_mail = start < at && !is_part && !goes_on && is_host;
    is_mail
        .then(|| link::outside(&format!("mailto:{}", &text[start..range.end])))?
        .map(|href| Bare { range: start..range.end, href })
}

/// `www.example.org/path`.
fn host(at: usize, word: &str) -> Option<Bare> {
    let mut finder = LinkFinder::new();
    let found = finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false).links(word).next()?;
    let is_whole = found.start() == 0 && found.as_str().matches('.').count() > 1;
    let href = is_whole.then(|| link::outside(&format!("https://{}", found.as_str())))??;
    Some(Bare { range: at..at + found.end(), href })
}

/// Words that begin with `www.`, and where they do.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = if text.contains("www.") { text } else { "" };
    text.split_whitespace().filter_map(move |word| {
        let word = word.trim_start_matches(BEFORE);
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        (word.starts_with("www.") && word.len() <= LONGEST_WORD).then_some((at, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String)> {
        addresses(text).into_iter().map(|bare| (&text[bare.range], bare.href)).collect()
    }

    #[test]
    fn addresses_end_before_punctuation() {
        for (text, wanted) in [
            ("https://example.org/a_(b).", &["https://example.org/a_(b)"][..]),
            ("(http://x.example/?q=1), ftp://y.example/ and x.example", &["http://x.example/?q=1"]),
            ("see www.halyard.example/status.", &["www.halyard.example/status"]),
            (
                "(www.halyard.example), or **www.quay.example:8080/a**",
                &["www.halyard.example", "www.quay.example:8080/a"],
            ),
            ("https://www.halyard.example is one", &["https://www.halyard.example"]),
            (
                "ask ana@halyard.example, or <bo.b+x@quay.example>.",
                &["ana@halyard.example", "bo.b+x@quay.example"],
            ),
            ("mailto:ana@halyard.example", &["ana@halyard.example"]),
            ("'ana@halyard.example'", &["ana@halyard.example"]),
            ("www.ana@quay.example", &["www.ana@quay.example"]),
            ("größe@quay.example: 1", &["größe@quay.example"]),
        ] {
            assert_eq!(found(text).into_iter().map(|(words, _)| words).collect::<Vec<_>>(), wanted, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for text in [
            "www.",
            "www.x",
            "www. and",
            "awww.halyard.example",
            "x.www.halyard.example",
            "www..halyard.example",
            "git@halyard.example:quay/app.git",
            "ssh://git@halyard.example/app",
            "postgres://ana:word@db.halyard.example/x",
            "ana:word@db.halyard.example",
            "left-pad@1.3.0",
            "checkout@v4.1",
            "getty@tty1.service",
            "icon@2x.png",
            "@ana",
            "ana@localhost",
            "ana@@halyard.example",
            "@ana@halyard.example",
            "ana@halyard.example/x",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn an_address_leads_where_it_says() {
        assert_eq!(found("www.halyard.example")[0].1, "https://www.halyard.example/");
        assert_eq!(found("ana@halyard.example")[0].1, "mailto:ana@halyard.example");
    }
}
