//! Where links and images lead: schemes, and addresses that HTML accepts.

use super::{Options, Resolve, Target};
use crate::diagnostic::{Code, Collected, Diagnostic, Span};
use std::borrow::Cow;
use url::Url;

/// The only schemes that reach a page.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Resolves the links of one text and collects diagnostics about them.
pub(super) struct Links<'o> {
    pub text: &'o str,
    pub options: &'o Options<'o>,
    pub resolve: &'o dyn Resolve,
    pub diagnostics: Collected,
}

/// What stands in the page for an image.
pub(super) enum Picture {
    Shown {
        src: String,
        size: Option<(u32, u32)>,
    },
    /// An image of another host, as a link.
    Linked(String),
    /// Nothing but its words.
    Words,
}

impl Links<'_> {
    /// The `href` for a link, or nothing when it must stand as text. Links to a
    /// part of the same page (`#part`) come back as they are, to be checked later.
    pub fn link(&mut self, dest: &str, span: Span) -> Option<String> {
        if dest.starts_with('#') {
            return Some(dest.to_owned());
        }
        let target = self.target(dest, span, |resolve, dest| resolve.link(dest))?;
        match target {
            Target::Inside(path) => Some(path),
            Target::Outside(url) => Some(url),
            Target::Broken(why) => {
                self.broken("this link leads nowhere", why, span);
                None
            }
            Target::Words => None,
        }
    }

    pub fn image(&mut self, dest: &str, span: Span) -> Picture {
        let Some(target) = self.target(dest, span, |resolve, dest| resolve.image(dest)) else {
            return Picture::Words;
        };
        match target {
            Target::Inside(src) => Picture::Shown { src, size: self.resolve.image_size(dest) },
            Target::Outside(src) if !self.options.external_images || !src.starts_with("http") => {
                Picture::Linked(src)
            }
            Target::Outside(src) => Picture::Shown { src, size: None },
            Target::Broken(why) => {
                self.broken("this image is not there", why, span);
                Picture::Words
            }
            Target::Words => Picture::Words,
        }
    }

    pub fn broken(&mut self, message: &str, why: String, span: Span) {
        self.diagnose(Code::BrokenLink, message, why, span);
    }

    pub fn diagnose(&mut self, code: Code, message: &str, why: String, span: Span) {
        let told = || Diagnostic::new(code, message).label(why).at(self.options.path, self.text, span);
        self.diagnostics.tell(code, told);
    }

    /// Checks the scheme before and the address after asking where `dest` leads.
    fn target(
        &mut self,
        dest: &str,
        span: Span,
        ask: impl Fn(&dyn Resolve, &str) -> Target,
    ) -> Option<Target> {
        let scheme = scheme(dest);
        if let Some(scheme) = &scheme
            && !SCHEMES.contains(&scheme.as_str())
        {
            let why = format!("expected http, https, mailto or tel, found `{scheme}`");
            self.diagnose(Code::UnsafeLink, "a link with a scheme that is not allowed", why, span);
            return None;
        }
        let target = match names_a_host(dest) {
            Some(url) => Target::Outside(url),
            None if scheme.is_some() => Target::Outside(dest.to_owned()),
            None if dest.trim().is_empty() => Target::Broken("there is no address".to_owned()),
            None => ask(self.resolve, dest),
        };
        Some(match target {
            Target::Outside(url) => match outside(&url) {
                Some(url) => Target::Outside(url),
                None => Target::Broken(format!("`{}` is no address that can be linked to", shorten(&url))),
            },
            Target::Inside(path) if self::scheme(&path).is_some() || names_a_host(&path).is_some() => {
                Target::Broken(format!("`{}` leads out of the archive", shorten(&path)))
            }
            Target::Inside(path) => Target::Inside(encode(&path)),
            none @ (Target::Broken(_) | Target::Words) => none,
        })
    }
}

/// The lower-case scheme of an address, read as browsers do: through spaces, tabs,
/// line breaks and control characters in and before it.
pub(super) fn scheme(dest: &str) -> Option<String> {
    let dest = dest.trim_start_matches(|c: char| c <= ' ');
    let mut scheme = String::new();
    for c in dest.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')) {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// `//host/x` and its spellings with backslashes, which browsers read alike, with a scheme.
fn names_a_host(dest: &str) -> Option<String> {
    let dest: String = dest.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let dest = dest.trim_start_matches(|c: char| c <= ' ');
    let rest = dest.strip_prefix(['/', '\\'])?.strip_prefix(['/', '\\'])?;
    Some(format!("https://{rest}"))
}

/// An address of another site as HTML wants it written; nothing when it is none.
pub(super) fn outside(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let has_login = !parsed.username().is_empty() || parsed.password().is_some();
    let allowed = SCHEMES.contains(&parsed.scheme()) && !has_login;
    allowed.then(|| encode(parsed.as_str()))
}

/// Percent-encodes what may not stand in an address, and percent signs that encode nothing.
fn encode(url: &str) -> String {
    let host_end = url
        .find("://")
        .map_or(0, |at| url[at + 3..].find(['/', '?', '#']).map_or(url.len(), |end| at + 3 + end));
    let (host, rest) = url.split_at(host_end);
    let mut out = host.to_owned();
    let mut hash_seen = false;
    for (at, c) in rest.char_indices() {
        let bytes = &rest.as_bytes()[at + 1..];
        let encodes = c == '%' && bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_hexdigit);
        let kept =
            encodes || (c.is_ascii_graphic() && !"\"<>[]^`{|}\\%".contains(c) && !(c == '#' && hash_seen));
        hash_seen |= c == '#';
        match kept {
            true => out.push(c),
            false => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")))
            }
        }
    }
    out
}

/// The last part of an address without query and fragment: what a picture without words is called.
pub(super) fn file_name(dest: &str) -> Cow<'_, str> {
    let path = dest.split(['?', '#']).next().unwrap_or(dest);
    let name = path.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or(path);
    match name.is_empty() {
        true => Cow::Borrowed("image"),
        false => Cow::Owned(percent_decode(name)),
    }
}

/// Text with `%41` read as `A`; what is no UTF-8 then stays as it was.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |at: usize| tail.get(at).and_then(|byte| (*byte as char).to_digit(16));
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_seen_in_any_disguise() {
        for dest in
            ["javascript:x", " JaVa\tScript:x", "java\nscript:x", "\u{1}javascript:x", "javascript\t:x"]
        {
            assert_eq!(scheme(dest).as_deref(), Some("javascript"), "{dest:?}");
        }
        for dest in ["a/b:c", "#x:y", "?q=a:b", "./javascript:x", ":x", "12:30"] {
            assert_eq!(scheme(dest), None, "{dest:?}");
        }
    }

    #[test]
    fn addresses_are_written_as_html_wants_them() {
        for (url, written) in [
            ("https://example.org", Some("https://example.org/")),
            (
                "https://example.org/a b|c[d]?x=%zz&y=\"",
                Some("https://example.org/a%20b%7Cc%5Bd%5D?x=%25zz&y=%22"),
            ),
            ("HTTPS://EXAMPLE.ORG/É", Some("https://example.org/%C3%89")),
            ("http://[::1]:8080/x", Some("http://[::1]:8080/x")),
            ("https://", None),
            ("https://user:word@example.org/", None),
            ("http://[x", None),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            ("javascript:x", None),
        ] {
            assert_eq!(outside(url).as_deref(), written, "{url}");
        }
    }

    #[test]
    fn hosts_are_seen_without_a_scheme() {
        for dest in ["//evil.example/", "\\\\evil.example\\", "/\\evil.example", " /\t/evil.example"] {
            assert!(names_a_host(dest).is_some(), "{dest:?}");
        }
        assert!(names_a_host("/a/b").is_none());
    }
}
