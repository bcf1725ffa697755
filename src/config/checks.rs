//! Whether a value of `site.toml` can be used. Each check says what was expected and what was found.

use std::collections::BTreeMap;

/// Checks and completes a base URL: http or https, no query, a slash at the end.
pub fn base_url(text: &str) -> Result<String, String> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split('/').next()).unwrap_or("");
    let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\^`{|}?#@".contains(c);
    match host.is_empty() || !text.chars().all(plain) {
        true => Err(format!("expected an address such as `https://example.org/incidents/`, found `{text}`")),
        false => Ok(format!("{}/", text.trim_end_matches('/'))),
    }
}

/// Checks an address that pages link to: http or https, with a host and without a password.
pub fn web_address(text: &str) -> Result<String, String> {
    let is_plain =
        text.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c) || c.is_alphanumeric());
    let is_web = |url: &url::Url| {
        let is_open = url.username().is_empty() && url.password().is_none();
        matches!(url.scheme(), "http" | "https") && url.has_host() && is_open && text.contains("://")
    };
    match url::Url::parse(text).ok().filter(|url| is_plain && is_web(url)) {
        Some(_) => Ok(text.to_owned()),
        None => Err(format!("expected an address such as `https://example.org/edit/`, found `{text}`")),
    }
}

/// Checks that a text has the shape of a BCP 47 language tag: a language of two or three letters, then
/// script, region, variants, extensions and private parts in this order.
pub fn language(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let is_language = parts.next().is_some_and(|part| is_of(part, 2..=3, char::is_ascii_alphabetic));
    let ranks: Option<Vec<u8>> = rank_all(parts);
    let is_ordered = ranks.is_some_and(|ranks| {
        ranks.windows(2).all(|pair| pair[0] < pair[1] || pair[0] == pair[1] && pair[0] > 2)
    });
    match is_language && is_ordered {
        true => Ok(text.to_owned()),
        false => Err(format!("expected a language tag such as `en` or `pt-BR`, found `{text}`")),
    }
}

/// The place in a tag of each part behind the language; nothing when one can be none.
fn rank_all<'t>(parts: impl Iterator<Item = &'t str>) -> Option<Vec<u8>> {
    let (mut ranks, mut is_opened) = (Vec::new(), false);
    for part in parts {
        let last = ranks.last().copied().unwrap_or(0);
        let rank = match part {
            _ if last == PRIVATE => is_of(part, 1..=8, char::is_ascii_alphanumeric).then_some(PRIVATE)?,
            _ if part.eq_ignore_ascii_case("x") => PRIVATE,
            _ if is_of(part, 1..=1, char::is_ascii_alphanumeric) => EXTENSION,
            _ if last == EXTENSION => is_of(part, 2..=8, char::is_ascii_alphanumeric).then_some(EXTENSION)?,
            _ => rank(part)?,
        };
        // One that is opened must say something.
        let opens = rank >= EXTENSION && part.len() == 1 && (last != PRIVATE);
        if is_opened && opens {
            return None;
        }
        is_opened = opens;
        ranks.push(rank);
    }
    (!is_opened).then_some(ranks)
}

const EXTENSION: u8 = 4;
const PRIVATE: u8 = 5;

/// Script, region, variant.
fn rank(part: &str) -> Option<u8> {
    let starts_with_digit = part.starts_with(|c: char| c.is_ascii_digit());
    match part.len() {
        4 if is_of(part, 4..=4, char::is_ascii_alphabetic) => Some(1),
        2 if is_of(part, 2..=2, char::is_ascii_alphabetic) => Some(2),
        3 if is_of(part, 3..=3, char::is_ascii_digit) => Some(2),
        4 if starts_with_digit && is_of(part, 4..=4, char::is_ascii_alphanumeric) => Some(3),
        5..=8 if is_of(part, 5..=8, char::is_ascii_alphanumeric) => Some(3),
        _ => None,
    }
}

fn is_of(part: &str, lengths: std::ops::RangeInclusive<usize>, is_one: fn(&char) -> bool) -> bool {
    lengths.contains(&part.len()) && part.chars().all(|c| is_one(&c))
}

/// Where a cause ends up that is merged into one that is merged itself; else the circle that it runs into,
/// such as `fog → mist → fog`.
pub fn merged<'c>(slug: &'c str, merges: &'c BTreeMap<String, String>) -> Result<&'c str, String> {
    let mut way = vec![slug];
    while let Some(next) = merges.get(way[way.len() - 1]) {
        if way.contains(&next.as_str()) {
            return Err(format!("{} → {next}", way.join(" → ")));
        }
        way.push(next);
    }
    Ok(way[way.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web() {
        for text in [
            "https://github.com/o/n/edit/main/content/",
            "http://git.local:3000/x?path=",
            "https://example.org/é/",
        ] {
            assert_eq!(web_address(text).as_deref(), Ok(text));
        }
        for text in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://example.org/",
            "//example.org/",
            "/edit/",
            "example.org/edit",
            "https:/example.org",
            "https://",
            "https://user:pw@example.org/",
            "https://example.org/\"onclick=x",
            "https://example.org/a b",
        ] {
            assert!(web_address(text).is_err(), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            "data:x",
            "ftp://example.org",
            "//example.org",
            "https://u@example.org",
            "https:///x",
        ] {
            assert!(base_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn languages_have_the_shape_of_a_tag() {
        for tag in [
            "en",
            "fr",
            "pt-BR",
            "zh-Hant-TW",
            "sr-Latn",
            "es-419",
            "de-CH-1996",
            "sl-rozaj-biske",
            "gsw",
            "en-a-bbb-x-y-z1",
        ] {
            assert_eq!(language(tag).as_deref(), Ok(tag));
        }
        for tag in [
            "",
            "e",
            "english",
            "en_GB",
            "en-",
            "-en",
            "en GB",
            "e1",
            "en-GB-Latn",
            "en-x",
            "en-a",
            "en-GB-US",
            "en\"><b",
            "français",
        ] {
            assert!(language(tag).is_err(), "{tag}");
        }
    }

    #[test]
    fn merges_lead_somewhere() {
        let merges = [("a", "b"), ("b", "c"), ("x", "y"), ("y", "x"), ("z", "x"), ("s", "s")];
        let merges = merges.map(|(from, to)| (from.to_owned(), to.to_owned())).into();
        assert_eq!(merged("a", &merges), Ok("c"));
        assert_eq!(merged("c", &merges), Ok("c"));
        assert_eq!(merged("x", &merges), Err("x → y → x".to_owned()));
        assert_eq!(merged("z", &merges), Err("z → x → y → x".to_owned()));
        assert_eq!(merged("s", &merges), Err("s → s".to_owned()));
    }
}
