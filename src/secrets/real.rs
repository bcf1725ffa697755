//! Whether words of the shape of a secret can be one: no example, no placeholder, no hash, no name.

use std::net::{Ipv4Addr, Ipv6Addr};

/// What a pattern found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'t> {
    /// All of it, with what stands around the secret.
    pub whole: &'t str,
    pub it: &'t str,
}

/// Parts of values that stand for others, in lower case.
const EXAMPLES: &[&str] = &[
    "example",
    "xxx",
    "redacted",
    "changeme",
    "change-me",
    "change_me",
    "placeholder",
    "dummy",
    "sample",
    "your",
    "fake",
    "removed",
    "hidden",
    "masked",
    "censored",
    "...",
    "foobar",
    "***",
    "<",
    ">",
];

/// Values that say what they stand for, or how it fares.
const WORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pass",
    "secret",
    "token",
    "apikey",
    "api_key",
    "key",
    "user",
    "username",
    "string",
    "value",
    "null",
    "none",
    "undefined",
    "false",
    "true",
    "required",
    "optional",
    "default",
    "expired",
    "invalid",
    "incorrect",
    "missing",
    "revoked",
    "rotated",
    "disabled",
    "enabled",
    "unknown",
    "empty",
    "unset",
    "valid",
    "wrong",
    "leaked",
    "reset",
];

/// Hosts of examples, and those that are everybody's own.
const EXAMPLE_HOSTS: &[&str] = &[".example", ".invalid", ".test", ".localhost", ".local"];

/// Endings of file names, which no mailbox has.
const FILE_ENDINGS: &[&str] =
    &["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "md", "yml", "yaml", "json", "service"];

/// A secret of fixed shape that could be one.
pub fn is_random(found: &Found<'_>) -> bool {
    !is_example(found.it) && distinct(found.it) > 7 && !has_alphabet(found.it)
}

/// The value behind `password=` and the like.
pub fn is_value(found: &Found<'_>) -> bool {
    let value = found.it.trim_end_matches(['.', ':', '?', '!', ')', ']', '}', '*']);
    let is_reference = value.starts_with(['$', '{', '<', '[', '(', '%', '*', '/', '.', '@', '#', '-'])
        || value.contains("://");
    let is_code =
        value.contains(['(', '{', '[']) && !found.whole.contains(['"', '\'']) || value.contains("::");
    let has = |wanted: fn(&char) -> bool| value.chars().any(|c| wanted(&c));
    let is_mixed = has(char::is_ascii_alphabetic) && has(char::is_ascii_digit);
    value.len() >= 6
        && !is_reference
        && !is_code
        && !is_example(value)
        && !is_word(value)
        && !is_hash(value)
        && (is_mixed && !is_name(value) || is_typed_password(found.whole, value))
        && distinct(value) > 3
}

/// `password=swordfish`: letters or digits alone are a secret only where nothing else can be meant.
fn is_typed_password(whole: &str, value: &str) -> bool {
    let key = whole[..whole.len() - value.len()].to_ascii_lowercase();
    let is_password = ["password", "passwd", "pwd", "passphrase"].iter().any(|name| key.starts_with(name));
    let is_assigned = key.ends_with('=') || key.ends_with("=\"") || key.ends_with("='");
    let is_plain = value.bytes().all(|b| b.is_ascii_lowercase()) || value.bytes().all(|b| b.is_ascii_digit());
    let has_sign = value.contains(['!', '#', '$', '%', '^', '@', '+', '~']);
    is_password && (is_assigned && is_plain && value.len() >= 8 || has_sign)
}

/// 32 characters or more that nobody would type, behind a word for a secret.
pub fn is_of_high_entropy(found: &Found<'_>) -> bool {
    let has = |wanted: fn(&u8) -> bool| found.it.bytes().any(|b| wanted(&b));
    let is_address =
        found.whole.contains("://") || found.it.starts_with('/') || found.it.matches('/').count() > 3;
    has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit)
        && !is_address
        && !is_hash(found.it)
        && !is_name(found.it)
        && entropy(found.it) >= 4.0
        && is_random(found)
}

/// The password of `scheme://user:password@host`.
pub fn is_password_of_an_address(found: &Found<'_>) -> bool {
    let (before, host) = found.whole.rsplit_once('@').unwrap_or((found.whole, ""));
    let user = before.trim_start_matches("://").split(':').next().unwrap_or_default();
    let is_reference =
        found.it.starts_with(['$', '{', '<', '[', '(', '%', '*']) && !found.it.starts_with("%2");
    let is_port = found.it.bytes().all(|b| b.is_ascii_digit()) && found.it.len() < 6;
    !is_reference
        && !is_port
        && !is_example(found.it)
        && !is_word(found.it)
        && found.it != user
        && !is_example_host(host)
}

/// An address that somebody could read mail at.
pub fn is_mailbox(found: &Found<'_>) -> bool {
    let (name, host) = found.it.split_once('@').unwrap_or((found.it, ""));
    let ending = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    !found.whole.starts_with('/')
        && name != "git"
        && !is_example_host(host)
        && !is_example(name)
        && !FILE_ENDINGS.contains(&ending.as_str())
}

/// Whether some sign stands beside digits as it does in phone numbers: `+4`, `(2`, `555-555-`. Most texts have
/// none, though they have the signs.
pub fn may_hold_phone_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    memchr::memchr3_iter(b'+', b'(', b'-', bytes).any(|at| match bytes[at] {
        b'-' => at >= 3 && (at - 3..at).all(digit) && (at + 1..at + 4).all(digit),
        _ => digit(at + 1),
    })
}

/// A number that a phone could have, fictional ones (555-01xx) aside.
pub fn is_phone_number(found: &Found<'_>) -> bool {
    let digits: String = found.it.chars().filter(char::is_ascii_digit).collect();
    let is_alone = found.whole == found.it;
    let is_international = found.it.starts_with('+');
    let is_grouped = found.it[1..].contains([' ', '-', '.', '(']);
    let is_fictional = digits.contains("55501") && digits.len() >= 10;
    let enough = if is_international { (if is_grouped { 9 } else { 10 })..=15 } else { 10..=10 };
    is_alone
        && enough.contains(&digits.len())
        && !is_fictional
        && !has_alphabet(&digits)
        && distinct(&digits) > 3
}

pub fn is_private_v4(found: &Found<'_>) -> bool {
    let (before, after) = found.whole.split_once(found.it).unwrap_or_default();
    let is_range = matches!(found.it, "10.0.0.0" | "172.16.0.0" | "192.168.0.0");
    let is_whole = before.is_empty() && (after.is_empty() || after.starts_with('/'));
    is_whole && !is_range && found.it.parse::<Ipv4Addr>().is_ok_and(|address| address.is_private())
}

pub fn is_private_v6(found: &Found<'_>) -> bool {
    found.whole == found.it && found.it.parse::<Ipv6Addr>().is_ok_and(|address| address.is_unique_local())
}

fn is_example(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    EXAMPLES.iter().any(|part| value.contains(part))
}

fn is_word(value: &str) -> bool {
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

fn is_example_host(host: &str) -> bool {
    let host = format!(".{}", host.to_ascii_lowercase());
    let is_reserved =
        [".example.com", ".example.org", ".example.net"].iter().any(|name| host.ends_with(name));
    is_reserved || EXAMPLE_HOSTS.iter().any(|ending| host.ends_with(ending))
}

/// Hexadecimal alone: a digest, a commit, an UUID. Base64 of a digest says so.
fn is_hash(value: &str) -> bool {
    let digits = value.bytes().filter(|b| *b != b'-').count();
    let is_hex = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') && digits >= 7;
    is_hex && value.bytes().any(|b| b.is_ascii_digit())
        || value.starts_with("sha")
        || value.starts_with("md5")
}

/// Names, versions, dates, times and quantities: parts that are words or numbers, such as `refresh-token-v2`.
fn is_name(value: &str) -> bool {
    let is_date =
        value.len() >= 10 && value.as_bytes()[4] == b'-' && value[..4].bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> =
        value.split(['-', '_', '.', ':', '/', '+', '=', '@']).filter(|part| !part.is_empty()).collect();
    let is_plain = |part: &&str| {
        let letters = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let word = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_counted = is_one_case(word) && part.len() - word.len() <= 4;
        let is_quantity = letters.len() < part.len()
            && letters.len() <= 7
            && letters.bytes().all(|b| b.is_ascii_lowercase());
        letters.is_empty()
            || is_one_case(part)
            || is_counted && (parts.len() > 1 || word.len() <= 1)
            || is_quantity
    };
    is_date || parts.iter().all(is_plain)
}

/// A word: letters of one case, or a capital before small ones.
fn is_one_case(word: &str) -> bool {
    let rest = word.get(1..).unwrap_or_default().as_bytes();
    let is_letters = word.bytes().all(|b| b.is_ascii_alphabetic());
    is_letters && (rest.iter().all(u8::is_ascii_lowercase) || word.bytes().all(|b| b.is_ascii_uppercase()))
}

fn distinct(value: &str) -> usize {
    let mut seen = [false; 128];
    value.bytes().for_each(|b| seen[usize::from(b & 127)] = true);
    seen.iter().filter(|is_there| **is_there).count()
}

/// Eight characters or more that only count up: nobody's secret.
fn has_alphabet(value: &str) -> bool {
    value.as_bytes().windows(8).any(|window| window.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1)))
}

/// Shannon's, in bits a character.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    value.bytes().for_each(|b| counts[usize::from(b)] += 1);
    let length = value.len() as f64;
    let share = |count: &u32| f64::from(*count) / length;
    counts.iter().filter(|count| **count > 0).map(share).map(|p| -p * p.log2()).sum()
}
