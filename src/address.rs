//! Where each thing is in the archive. What only its own row of a table names (an export, a page that
//! stands alone) has its address there.
//!
//! Every address is a path inside the archive, with forward slashes and without
//! a leading one. Pages link to each other by such paths behind a `root` that
//! leads from the page to the archive's top ([`root`]), so the same folder works
//! at a domain root, under a sub-path and from disk.

use unicode_normalization::UnicodeNormalization;

pub const HOME: &str = "index.html";
pub const INCIDENTS: &str = "incidents/index.html";
pub const SEARCH: &str = "search.html";
/// Folder of the search index.
pub const SEARCH_FILES: &str = "search/";
pub const NOT_FOUND: &str = "404.html";

/// The slug of the month page for incidents without a date.
pub const UNDATED: &str = "undated";

/// The page of one document; further incidents of it are anchors in the same page.
pub fn incident(slug: &str) -> String {
    format!("incidents/{slug}.html")
}

/// The anchor of the n-th incident of a document (from 2).
pub fn incident_anchor(n: usize) -> String {
    format!("incident-{n}")
}

/// The list of all values of a facet, whose pages are in this folder.
pub fn values(folder: &str) -> String {
    format!("{folder}/index.html")
}

/// The first page of one value of a facet.
pub fn value(folder: &str, slug: &str) -> String {
    format!("{folder}/{slug}.html")
}

/// The Atom feed of one value of a facet.
pub fn value_feed(folder: &str, slug: &str) -> String {
    format!("{folder}/{slug}.xml")
}

/// The n-th page (from 1) of a list whose first page is `first`:
/// `X.html` goes on at `X/2.html`, `incidents/index.html` at `incidents/page/2.html`.
pub fn further(first: &str, n: usize) -> String {
    if n <= 1 {
        return first.to_owned();
    }
    let stem = first.strip_suffix(".html").unwrap_or(first);
    match stem.strip_suffix("/index") {
        Some(folder) => format!("{folder}/page/{n}.html"),
        None => format!("{stem}/{n}.html"),
    }
}

/// The folder of the theme's assets.
pub const THEME_FILES: &str = "assets/";

/// An asset of the theme, such as `assets/style.3f9a1c20.css`. The hash makes it cacheable for good.
pub fn theme_asset(name: &str, bytes: &[u8]) -> String {
    let hash = &blake3::hash(bytes).to_hex()[..8];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{THEME_FILES}{stem}.{hash}.{extension}"),
        None => format!("{THEME_FILES}{name}.{hash}"),
    }
}

/// The folder of files that stand beside the documents.
pub const CONTENT_FILES: &str = "files/";

/// A file that stands beside the documents and is linked to from them.
pub fn content_file(path: &str) -> String {
    format!("{CONTENT_FILES}{path}")
}

/// Where a page stands that an alias of front matter asks for: inside the archive,
/// every part a slug. A bare name stands among the incidents. `None` when nothing is left.
pub fn alias(text: &str) -> Option<String> {
    let path = text.trim().trim_matches('/').trim_end_matches("index.html").trim_end_matches('/');
    let path = path.strip_suffix(".html").unwrap_or(path);
    let parts = path.split('/').map(slugify).filter(|part| !part.is_empty());
    let parts: Vec<String> =
        parts.map(|part| if is_device(&part) { format!("{part}-1") } else { part }).collect();
    match parts.as_slice() {
        [] => None,
        [name] => Some(incident(name)),
        parts => Some(format!("{}.html", parts.join("/"))),
    }
}

/// What leads from the page at `path` to the archive's top: `""`, `"../"`, `"../../"`.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// Longest slug, in bytes (which are characters here).
pub const SLUG_MAX: usize = 80;

/// A slug from any text: ASCII letters for those of every script, lower case, every other run of
/// characters one `-`, at most [`SLUG_MAX`]. Empty when nothing is left.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkc() {
        match in_ascii(c) {
            Some(letters) => push_letters(&mut slug, letters),
            None => push_hyphen(&mut slug),
        }
        if slug.len() >= SLUG_MAX {
            slug.truncate(SLUG_MAX);
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A letter, a digit or a mark on one, as it is written in ASCII.
fn in_ascii(c: char) -> Option<&'static str> {
    let belongs = c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    deunicode::deunicode_char(c).filter(|_| belongs)
}

/// Syllables of ideographs come with a space behind them: each is a word of its own.
fn push_letters(slug: &mut String, letters: &str) {
    let is_word = letters.ends_with(' ');
    if is_word {
        push_hyphen(slug);
    }
    for c in letters.chars() {
        match c {
            ' ' => push_hyphen(slug),
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
}

fn push_hyphen(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Whether Windows keeps a name for a device, so that no file there can have it, with an extension neither.
pub fn is_device(name: &str) -> bool {
    let numbered = |stem: &str| {
        name.strip_prefix(stem).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    ["con", "prn", "aux", "nul"].contains(&name) || numbered("com") || numbered("lpt")
}

/// The slug of a document without one: `incident-` and eight hex digits of its path's hash.
pub fn nameless_slug(path: &str) -> String {
    format!("incident-{}", path_hash(path))
}

/// Eight hex digits that tell one path from another.
pub fn path_hash(path: &str) -> String {
    blake3::hash(path.as_bytes()).to_hex()[..8].to_owned()
}

/// What stands in a URL as it was before it was encoded.
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// A path as it stands in a URL: letters, digits and `-._~/` stay.
pub fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte as char)
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        for (text, slug) in [
            ("2024-06-28 Checkout: slow!", "2024-06-28-checkout-slow"),
            ("Übergröße æther", "ubergrosse-aether"),
            ("../../etc/passwd", "etc-passwd"),
            ("%2e%2e/x", "2e-2e-x"),
            ("C:\\x", "c-x"),
            ("队列阻塞", "dui-lie-zu-sai"),
            ("кэш", "kesh"),
            ("Уголь-2", "ugol-2"),
            ("Ελλάδα", "ellada"),
            ("cache缓存v2", "cache-huan-cun-v2"),
            ("स्थिति", "sthiti"),
            ("I\u{307}zmir e\u{301}te\u{301}", "izmir-ete"),
            ("🚨 Ｍａｉｌ 🚨", "mail"),
            ("---", ""),
            ("🚨", ""),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
        assert!(slugify(&"a-".repeat(200)).len() <= SLUG_MAX);
    }

    #[test]
    fn further_pages_stand_beside_the_first() {
        assert_eq!(further("causes/dns.html", 1), "causes/dns.html");
        assert_eq!(further("causes/dns.html", 2), "causes/dns/2.html");
        assert_eq!(further("incidents/index.html", 3), "incidents/page/3.html");
    }

    #[test]
    fn an_alias_stays_inside_the_archive() {
        for (text, url) in [
            ("old-name", Some("incidents/old-name.html")),
            ("/2023/05/Old Name/", Some("2023/05/old-name.html")),
            ("/post/x/index.html", Some("post/x.html")),
            ("../../etc/passwd", Some("etc/passwd.html")),
            ("/aux/COM1.html", Some("aux-1/com1-1.html")),
            ("Nul", Some("incidents/nul-1.html")),
            ("lpt\u{b2}/console/com10/com", Some("lpt2-1/console/com10/com.html")),
            ("//", None),
        ] {
            assert_eq!(alias(text).as_deref(), url, "{text}");
        }
    }

    #[test]
    fn the_root_is_as_deep_as_the_page() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("incidents/page/2.html"), "../../");
    }
}
