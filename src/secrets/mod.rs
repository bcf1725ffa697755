//! Secrets and personal data that stand in a text which is about to be published. No message
//! shows a secret whole, nor does the line that is shown with it.

mod detectors;
mod real;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::source::SourceFile;
use aho_corasick::{AhoCorasick, MatchKind};
use detectors::{DETECTORS, Detector};
use real::Found;
use regex::{Regex, RegexBuilder};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// Most finds of one document that are told one by one.
const MOST: usize = 100;

/// Something that should not be published.
#[derive(Debug, Clone)]
pub struct Find {
    detector: &'static Detector,
    /// What is to be hidden.
    range: Range<usize>,
    /// Where all of it begins.
    start: usize,
}

/// Looks for everything of [`DETECTORS`], in the order of the text. What the line allows, or
/// one of the `allowed` texts that it holds, is no find.
pub fn find(text: &str, allowed: &[String]) -> Vec<Find> {
    let mut finds: BTreeMap<usize, Find> = BTreeMap::new();
    for at in present(text) {
        for find in pattern(at).captures_iter(text).filter_map(|found| real(&DETECTORS[at], &found)) {
            let before = finds.range(..find.range.end).next_back();
            if before.is_none_or(|(_, earlier)| earlier.range.end <= find.range.start) {
                finds.insert(find.range.start, find);
            }
        }
    }
    let lines = lines_that_allow(text);
    finds.into_values().filter(|find| !find.is_allowed(text, &lines, allowed)).collect()
}

/// What is told of the finds in a document.
pub fn diagnostics(source: &SourceFile, finds: &[Find]) -> Vec<Diagnostic> {
    if finds.is_empty() {
        return Vec::new();
    }
    let shown = masked(&source.text, finds);
    let mut told: Vec<Diagnostic> =
        finds.iter().take(MOST).map(|find| find.diagnostic(source, &shown)).collect();
    told.extend(finds.get(MOST).map(|next| next.rest(source, &shown, finds.len() - MOST)));
    told
}

/// Hides the finds of a text in what is told of anything else in it.
pub fn conceal(text: &str, finds: &[Find], diagnostics: &mut [Diagnostic]) {
    for find in finds.iter().filter(|find| find.detector.code == Code::Secret) {
        for line in text[find.range.clone()].lines().map(str::trim).filter(|line| line.len() > 3) {
            diagnostics.iter_mut().for_each(|diagnostic| diagnostic.conceal(line, &stars(line)));
        }
    }
}

impl Find {
    fn is_allowed(&self, text: &str, lines: &[(Range<usize>, String)], allowed: &[String]) -> bool {
        let name = self.detector.code.row().name;
        let allows_at = |at: usize| {
            let next = lines.partition_point(|(line, _)| line.start <= at);
            lines[..next].last().is_some_and(|(line, names)| line.contains(&at) && allows(names, name))
        };
        let by_line = allows_at(self.start) || allows_at(self.range.start);
        by_line
            || allowed.iter().any(|allowed| !allowed.is_empty() && text[self.range.clone()].contains(allowed))
    }

    fn diagnostic(&self, source: &SourceFile, shown: &str) -> Diagnostic {
        let name = self.detector.code.row().name;
        let message =
            format!("this looks like {}: `{}`", self.detector.name, short(&source.text[self.range.clone()]));
        let end =
            source.text[self.range.clone()].find('\n').map_or(self.range.end, |at| self.range.start + at);
        Diagnostic::new(self.detector.code, message)
            .at(&source.shown, shown, Span::new(self.range.start, end))
            .help(format!(
                "take it out, or allow it: `<!-- allow: {name} -->` on its line, or `allow` in site.toml"
            ))
    }

    fn rest(&self, source: &SourceFile, shown: &str, count: usize) -> Diagnostic {
        let message = format!("and {count} more such places in this document, from here on");
        let span = Span::new(self.range.start, self.range.start + 1);
        Diagnostic::new(self.detector.code, message).at(&source.shown, shown, span)
    }
}

/// Patterns of [`DETECTORS`], and their anchors all in one.
struct Matchers {
    anchors: AhoCorasick,
    /// The detector of each anchor.
    of_anchor: Vec<usize>,
    patterns: Vec<OnceLock<Regex>>,
}

static MATCHERS: LazyLock<Matchers> = LazyLock::new(|| {
    let anchors = DETECTORS
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.anchors.iter().map(move |anchor| (*anchor, at)));
    let (anchors, of_anchor): (Vec<&str>, Vec<usize>) = anchors.unzip();
    let mut builder = AhoCorasick::builder();
    let anchors = builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(anchors);
    Matchers {
        anchors: anchors.expect("anchors of the table are few"),
        of_anchor,
        patterns: DETECTORS.iter().map(|_| OnceLock::new()).collect(),
    }
});

/// The pattern of a detector, compiled when a text first has its anchor.
fn pattern(at: usize) -> &'static Regex {
    let compile = || {
        RegexBuilder::new(DETECTORS[at].pattern)
            .unicode(false)
            .build()
            .expect("patterns of the table compile")
    };
    MATCHERS.patterns[at].get_or_init(compile)
}

/// The detectors that have an anchor in a text, in their order.
fn present(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut is_present = vec![false; DETECTORS.len()];
    for anchor in MATCHERS.anchors.find_overlapping_iter(text) {
        is_present[MATCHERS.of_anchor[anchor.pattern().as_usize()]] = true;
    }
    let present = is_present.into_iter().enumerate().filter_map(|(at, is_present)| is_present.then_some(at));
    present.filter(|at| (DETECTORS[*at].may_hold)(text))
}

fn real(detector: &'static Detector, found: &regex::Captures<'_>) -> Option<Find> {
    let whole = found.get(0)?;
    let it = found.name("it").or_else(|| found.name("hook"))?;
    let is_real = (detector.is_real)(&Found { whole: whole.as_str(), it: it.as_str() });
    let length = it.as_str().trim_end().len();
    is_real.then(|| Find { detector, range: it.start()..it.start() + length, start: whole.start() })
}

/// Lines with a comment such as `<!-- allow: secret, personal -->`, each with the names of all its comments.
fn lines_that_allow(text: &str) -> Vec<(Range<usize>, String)> {
    let mut at = 0;
    let line = |line: &str| {
        let start = at;
        at += line.len();
        let comments = line
            .split("<!--")
            .skip(1)
            .filter_map(|rest| rest.split_once("-->")?.0.trim().strip_prefix("allow:"));
        let names = comments.collect::<Vec<_>>().join(",");
        (!names.is_empty()).then_some((start..at, names))
    };
    text.split_inclusive('\n').filter_map(line).collect()
}

/// Whether a list of names holds one.
fn allows(names: &str, code: &str) -> bool {
    names.split([',', ' ']).any(|name| name == code)
}

/// The text with every find starred out, byte for byte.
fn masked(text: &str, finds: &[Find]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for find in finds {
        masked.push_str(&text[from..find.range.start]);
        masked.push_str(&stars(&text[find.range.clone()]));
        from = find.range.end;
    }
    masked + &text[from..]
}

/// As many characters, of which only those that [`short`] shows are kept. Finds are ASCII.
fn stars(secret: &str) -> String {
    let (first, last) = kept(secret.len());
    let star = |(at, c): (usize, char)| {
        let is_kept = at < first || at >= secret.len() - last || c.is_whitespace();
        if is_kept { c } else { '*' }
    };
    secret.char_indices().map(star).collect()
}

/// The beginning and the end of a secret.
fn short(secret: &str) -> String {
    let (first, last) = kept(secret.len());
    format!("{}…{}", &secret[..first], &secret[secret.len() - last..])
}

/// How many characters of a secret are shown, first and last.
fn kept(length: usize) -> (usize, usize) {
    match length {
        0..8 => (1, 0),
        8..16 => (2, 0),
        _ => (4, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a line, as messages name it. A `~` in the line is nothing: it keeps other
    /// scanners from taking these for secrets.
    fn found(line: &str) -> Vec<String> {
        let text = line.replace('~', "");
        find(&text, &[])
            .iter()
            .map(|find| format!("{} {}", find.detector.name, short(&text[find.range.clone()])))
            .collect()
    }

    #[test]
    fn secrets_and_personal_data_are_found() {
        #[rustfmt::skip]
        let cases = [
            ("the key AKIA~QYLPMN5HFIQR7XYA was in it", "an AWS access key AKIA…YA"),
            ("ASIA~QYLPMN5HFIQR7XYA", "an AWS access key ASIA…YA"),
            ("| `AIza~SyD3kq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sU` |", "a Google key AIza…sU"),
            ("GOCSPX-~k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6", "a Google key GOCS…f6"),
            ("ghp_~k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe", "a GitHub token ghp_…Qe"),
            ("github_pat_~11ABCDE3Q0k3Jq9XwP0zRt_7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe", "a GitHub token gith…Qe"),
            ("https://x-access-token:gho_~k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe@github.com/a/b", "a GitHub token gho_…Qe"),
            ("glpat-~k3Jq9XwP0zRt7Lm2Nc5V", "a GitLab token glpa…5V"),
            ("SLACK=xoxb-~2945178301-2945178302-k3Jq9XwP0zRt7Lm2", "a Slack token xoxb…m2"),
            ("https://hooks.slack.com/services/~T02K3L4M5/B06N7P8Q9/k3Jq9XwP0zRt7Lm2Nc5V", "a Slack token T02K…5V"),
            ("sk_live_~k3Jq9XwP0zRt7Lm2Nc5V", "a Stripe key sk_l…5V"),
            ("//registry.npmjs.org/:_authToken=npm_~k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe", "an npm token npm_…Qe"),
            ("pypi-~AgEIcHlwaS5vcmcCJGM5ZjQ3k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe9Zx", "a PyPI token pypi…Zx"),
            ("eyJ~hbGciOiJSUzI1NiJ9.eyJ~zdWIiOiJrM0pxOVh3UDAifQ.k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6", "a JSON Web Token eyJh…f6"),
            ("-----BEGIN RSA PRIVATE ~KEY-----\nMIIEpAIBAAKCAQEA3k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe\n", "a private key MIIE…Qe"),
            ("> -----BEGIN OPENSSH PRIVATE ~KEY-----\n> b3BlbnNzaC1rZXktdjEAAAAABG5vbmUk3Jq9XwP0zRt7Lm2Nc5\n", "a private key b3Bl…c5"),
            ("postgres://booking:h4rb0ur-9@db1.internal:5432/x", "an address with a password h4…"),
            ("redis://:s3aw4ll77@cache:6379", "an address with a password s3…"),
            ("password=swordfish", "a password or token sw…"),
            ("`DB_PASSWORD=Tr4wler77`", "a password or token Tr…"),
            ("export API_KEY=\"k3Jq9XwP0zRt\"", "a password or token k3…"),
            ("  \"clientSecret\": \"k3Jq9XwP0zRt7Lm2\",", "a password or token k3Jq…m2"),
            ("token: 9fk3Jq9XwP", "a password or token 9f…"),
            ("**Password:** Tr4wler77!", "a password or token Tr…"),
            ("aws_secret_access_key = k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1s/aQe9ZxU", "a password or token k3Jq…xU"),
            ("curl -H 'Authorization: Bearer k3Jq9XwP0zRt7Lm2Nc5V'", "a bearer token k3Jq…5V"),
            ("The token was k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe, by mistake.", "a key or token k3Jq…Qe"),
            ("Ask mira.stoll@halyard-ferries.eu.", "an e-mail address mira…eu"),
            ("[Mira](mailto:mira+oncall@halyard.eu)", "an e-mail address mira…eu"),
            ("call +49 30 2093 8471 at night", "a phone number +49 …71"),
            ("(212) 736-5000", "a phone number (2…"),
            ("<tel:+442079460123>", "a phone number +4…"),
            ("from 10.24.3.17 to the gateway", "an address of a private network 10…"),
            ("`192.168.4.0/24`", "an address of a private network 19…"),
            ("http://172.20.1.9:8080/", "an address of a private network 17…"),
            ("fd12:3456:789a:1::1", "an address of a private network fd12…:1"),
        ];
        for (line, wanted) in cases {
            assert_eq!(found(line), [wanted], "{line}");
        }
    }

    #[test]
    fn examples_hashes_and_prose_are_none() {
        #[rustfmt::skip]
        let cases = [
            // Examples and placeholders
            "AKIAIOSFODNN7EXAMPLE", "AKIAXXXXXXXXXXXXXXXX", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "ghp_000000000000000000000000000000000000", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "password=<token>",
            "password: xxx", "password=example", "token: your-token-1", "token=$TOKEN_2", "token: ${{ secrets.TOKEN1 }}",
            "PASSWORD=********", "password: [REDACTED]", "password={{ db_password1 }}", "postgres://user:password@localhost/db",
            "postgres://user:s3cr3tpw@db.example.com/", "postgres://$USER:$PASS1@db/", "amqp://guest:guest@rabbit/",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA3k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe",
            // Hashes and UUIDs
            "token: 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "secret 9b74c9897bac770ffc029102a200c5de0a1b2c3d was rotated",
            "token: sha256:9b74c9897bac770ffc029102a200c5de", "key da39a3ee5e6b4b0d3255bfef95601890afd80709", "token=deadbeef01",
            // Prose and names
            "Token: expired at 10:32", "The secret: nobody had tested it", "token: refresh-token-v2", "secret: db-credentials-2024",
            "max_tokens: 4096", "token_count=123456", "password_file=/etc/pw1", "token: 10:32:05", "Password: changeme",
            "secret: kv/booking/db1", "token = get_token1()", "password: config.db.password1", "token: 2024-03-05T10:00",
            "password resets: 20000", "the token bucket: 500requests", "key: value123", "passwords: 12 leaked", "token == null0",
            "the token of https://docs.google.com/document/d/1A2b3Ck3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6/edit",
            "the secret ThisIsTheNameOfAClassInTheCodeBaseOfBooking", "Bearer authentication-of-the-gateway",
            // No addresses of people
            "git@github.com:halyard/booking.git", "someone@example.org", "a@booking.example", "npm i left-pad@1.3.0", "icon@2x.png",
            "https://medium.com/@mira.stoll", "https://mira@git.halyard.eu/x", "user@host", "systemctl restart getty@tty1.service",
            // No phones, no private networks
            "2024-03-05T10:00:00+01:00", "+1 234", "+ 12345678", "+10 000 000 rows", "1+2345678901", "(202) 555-0123", "+1-202-555-0147",
            "10.0.0.0/8", "version 10.1.2.3", "v10.1.2.3", "110.1.2.3", "10.1.2.3.4", "10.300.1.1", "172.32.0.1", "8.8.8.8",
            "at 10.30 and 10.45", "fd12", "fc:aa:bb:cc:dd:ee", "2001:db8::1",
        ];
        for line in cases {
            assert_eq!(found(line), [] as [&str; 0], "{line}");
        }
    }

    #[test]
    fn what_is_meant_is_allowed() {
        let count = |text: &str, allowed: &[&str]| {
            let allowed: Vec<String> = allowed.iter().map(|text| (*text).to_owned()).collect();
            find(text, &allowed).len()
        };
        assert_eq!(count("password=swordfish <!-- allow: secret -->\npassword=swordfish\n", &[]), 1);
        assert_eq!(count("a@halyard.eu, token=k3Jq9Xw <!-- allow: secret, personal -->", &[]), 0);
        assert_eq!(count("a@halyard.eu <!-- allow: secret -->", &[]), 1);
        assert_eq!(count("a@halyard.eu\nb@halyard.eu\nc@other.eu", &["@halyard.eu"]), 1);
        assert_eq!(count("password=swordfish", &["", "fish"]), 0);
    }

    #[test]
    fn nothing_that_is_told_shows_a_secret_whole() {
        let secret = "k3Jq9XwP0zRt7Lm2Nc5Vb8Hy4Jf6Gd1sUaQe";
        let texts = [
            format!("é ghp_{secret} and password={secret}"),
            format!("{}token={secret} {}", "x".repeat(300), "y".repeat(300)),
        ];
        for text in texts {
            let source = SourceFile::new("a.md", &text);
            let finds = find(&text, &[]);
            let all = text.char_indices().map(|(at, _)| Span::new(at, at + 1));
            let mut told: Vec<Diagnostic> = all
                .map(|span| Diagnostic::new(Code::Bidi, text.as_str()).label(secret).at("a.md", &text, span))
                .collect();
            conceal(&text, &finds, &mut told);
            told.extend(diagnostics(&source, &finds));
            assert!(told.len() > text.chars().count());
            for diagnostic in told {
                let shown = format!("{diagnostic:?}");
                let part = secret
                    .as_bytes()
                    .windows(9)
                    .find(|part| shown.contains(&String::from_utf8_lossy(part)[..]));
                assert_eq!(part, None, "{shown}");
            }
        }
    }

    #[test]
    fn many_finds_are_counted() {
        let text = "a@halyard.eu\n".repeat(MOST + 12);
        let told = diagnostics(&SourceFile::new("a.md", &text), &find(&text, &[]));
        assert_eq!(told.len(), MOST + 1);
        assert_eq!(told[MOST].message, "and 12 more such places in this document, from here on");
    }
}
