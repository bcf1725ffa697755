//! Made-up postmortems for measurements: about 5.5 KB each, 14 causes, 60 services,
//! 97 months. The n-th document is always the same, and links only to earlier ones.

use std::fmt::Write;

/// Months over which documents are spread, from January 2017.
pub const MONTHS: usize = 97;
const FIRST_YEAR: usize = 2017;

/// Two of them are no cause of the vocabulary, as in real archives.
const CAUSES: &[&str] = &[
    "config",
    "code",
    "release",
    "capacity",
    "cascade",
    "dependency",
    "network",
    "hardware",
    "data",
    "security",
    "time",
    "operation",
    "weather",
    "planning",
];

/// What went wrong, in words that a reader can tell the cause from; one row per cause above.
const REASONS: &[&str] = &[
    "a wrong value in the configuration was in force",
    "a bug in our code, a race between two threads,",
    "a schema migration that was released in the wrong order",
    "the connection limit that was reached under load",
    "a retry storm in which each part made the others worse",
    "an outage of the provider that sends our mail",
    "a routing fault between two sites",
    "a power supply that failed in the second rack",
    "a corrupted index of the database",
    "a flood of requests from an attacker",
    "a certificate that expired",
    "a command that was run by hand on the wrong host",
    "a storm at the coast",
    "a holiday that nobody had planned for",
];

const SERVICE_SUBJECTS: &[&str] = &[
    "tickets", "harbour", "cargo", "crew", "weather", "catering", "cabins", "gates", "mail", "maps",
    "prices", "refunds", "routes", "sensors", "tides",
];
const SERVICE_KINDS: &[&str] = &["api", "worker", "store", "gateway"];

pub const THINGS: &[&str] = &[
    "request",
    "queue",
    "worker",
    "table",
    "index",
    "lock",
    "replica",
    "cache",
    "session",
    "token",
    "message",
    "packet",
    "route",
    "timer",
    "thread",
    "socket",
    "cursor",
    "lease",
    "shard",
    "journal",
    "dashboard",
    "alert",
    "page",
    "limit",
    "pool",
    "disk",
    "heap",
    "buffer",
    "header",
    "host",
    "rack",
    "switch",
    "cable",
    "probe",
    "backup",
    "snapshot",
    "export",
    "import",
    "batch",
    "job",
    "branch",
    "build",
    "flag",
    "rule",
    "quota",
    "budget",
    "runbook",
    "handover",
    "kiosk",
    "printer",
    "manifest",
    "berth",
    "ramp",
    "buoy",
    "timetable",
    "fare",
    "voucher",
    "invoice",
    "ledger",
    "receipt",
    "scanner",
    "reader",
    "display",
    "channel",
    "subscriber",
    "listener",
];
pub const DEEDS: &[&str] = &[
    "restarted",
    "drained",
    "refused",
    "retried",
    "dropped",
    "blocked",
    "released",
    "promoted",
    "rebuilt",
    "replayed",
    "rotated",
    "renamed",
    "delayed",
    "merged",
    "split",
    "resized",
    "throttled",
    "evicted",
    "flushed",
    "restored",
    "copied",
    "verified",
    "paused",
    "resumed",
    "widened",
    "narrowed",
    "pinned",
    "moved",
    "counted",
    "measured",
    "logged",
    "ignored",
    "renewed",
    "revoked",
    "patched",
];
const KINDS: &[&str] = &[
    "slow",
    "stale",
    "busy",
    "idle",
    "hot",
    "cold",
    "full",
    "empty",
    "late",
    "early",
    "noisy",
    "quiet",
    "shared",
    "local",
    "remote",
    "nightly",
    "weekly",
    "old",
    "new",
    "second",
    "third",
    "northern",
    "southern",
    "healthy",
    "broken",
    "half-open",
    "read-only",
    "signed",
    "unsigned",
    "duplicate",
    "missing",
    "unknown",
    "expected",
    "regional",
    "manual",
    "automatic",
    "cached",
    "compressed",
    "sorted",
];
const SYLLABLES: &[&str] = &[
    "bra", "cel", "dor", "fen", "gal", "hul", "ist", "jor", "kel", "lun", "mir", "nor", "ost", "pel", "quar",
    "rin", "sol", "tam", "ulv", "ver", "wes", "yor", "zan", "ak", "eth", "ond",
];
const PEOPLE: &[&str] =
    &["Ines", "Joost", "Priya", "Tomasz", "Kirsten", "Ruben", "Amal", "Dita", "Egil", "Noor"];

/// Sentences to fill: T a thing, D a deed, K a kind, S a service, N a name, # a number.
const SENTENCES: &[&str] = &[
    "The K T in S was D while every K T waited for N.",
    "After # minutes the T of N had D # of its K parts, and S saw none of it.",
    "Nobody had D the K T since it was D with the T of S.",
    "When a T is D, the next T asks N for the K one and gets the T of the day before.",
    "S and S share one K T, which is why the T was D twice.",
    "The dashboard showed # as healthy, since it counts each T that was D and not each that N refused.",
    "We D the T first; it made the K T worse and the T of N no better.",
    "There was one K T for this, written for N, and # people had never opened it.",
    "A T that is D at the same moment as the K T of S is kept for # seconds and then D.",
    "Of # requests to S about # found a K T where N should have D it.",
];

/// A stream of numbers that is the same on every machine (the 64-bit mix of Steele, Lea and Flood).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// One document of the made-up archive.
pub struct Document {
    /// Under the content folder.
    pub path: String,
    pub text: String,
}

/// The n-th document of an archive of `count`.
pub fn document(n: usize, count: usize) -> Document {
    Writer { n, count, numbers: Numbers(n as u64) }.document()
}

struct Writer {
    n: usize,
    count: usize,
    numbers: Numbers,
}

impl Writer {
    fn document(&mut self) -> Document {
        let cause = self.numbers.below(CAUSES.len());
        let (service, other) = (self.service(), self.service());
        let (thing, kind) = (self.numbers.pick(THINGS), self.numbers.pick(KINDS));
        let title = format!("A {kind} {thing} stopped {service} ({})", self.name());
        let (start, lasted) = (self.numbers.below(22 * 60), 8 + self.numbers.below(110));
        let mut text = self.opening(&title, CAUSES[cause], &service, start, lasted);
        self.section(&mut text, "Summary", 3);
        let share = 1 + self.numbers.below(60);
        let _ = write!(text, "\n## Impact\n\nFor {lasted} minutes {share}% of users were affected. ");
        self.sentences(&mut text, 2);
        self.timeline(&mut text, start, lasted);
        let _ = write!(text, "\n## Root cause\n\nThe root cause was {} in {service}. ", REASONS[cause]);
        self.sentences(&mut text, 8);
        self.example(&mut text);
        self.section(&mut text, "Resolution", 4);
        let _ = write!(text, "\n## Contributing factors\n\n- {}\n- {}\n", self.sentence(), self.sentence());
        self.section(&mut text, "Lessons learned", 11);
        self.actions(&mut text, &other);
        self.related(&mut text);
        Document { path: self.path(self.n), text }
    }

    /// Two documents in three say their data as data, in YAML or in labelled lines.
    fn opening(&mut self, title: &str, cause: &str, service: &str, start: usize, lasted: usize) -> String {
        let (day, severity) = (self.day(self.n), 1 + self.numbers.below(4));
        let (from, to) = (clock(start), clock(start + lasted));
        match self.n % 3 {
            0 => format!(
                "---\ntitle: \"{title}\"\nstart: {day} {from}\nend: {day} {to}\ntimezone: UTC\nseverity: {severity}\n\
                 services: [{service}]\ncause: {cause}\ntags: [{}, {}]\n---\n",
                self.numbers.pick(KINDS),
                self.numbers.pick(THINGS)
            ),
            1 => format!(
                "# {title}\n\n**Date:** {day}\n**Start:** {from} UTC\n**End:** {to} UTC\n**Severity:** SEV {severity}\n**Service:** {service}\n"
            ),
            _ => format!(
                "# {title}\n\nOn {day} from {from} to {to} UTC {service} was not available. {}\n",
                self.sentence()
            ),
        }
    }

    fn section(&mut self, text: &mut String, heading: &str, sentences: usize) {
        let _ = write!(text, "\n## {heading}\n\n");
        self.sentences(text, sentences);
    }

    fn sentences(&mut self, text: &mut String, count: usize) {
        let sentences: Vec<String> = (0..count).map(|_| self.sentence()).collect();
        *text += &sentences.join(" ");
        text.push('\n');
    }

    fn timeline(&mut self, text: &mut String, start: usize, lasted: usize) {
        *text += "\n## Timeline (UTC)\n\n";
        let table = self.n % 4 == 1;
        *text += if table { "| Time | Event |\n|---|---|\n" } else { "" };
        let steps = 9;
        for step in 0..=steps {
            let at = clock(start + lasted * step / steps);
            let event = match step {
                0 => "First errors. Outage begins.".to_owned(),
                1 => "Alert pages the engineer on call.".to_owned(),
                step if step == steps => "Resolved.".to_owned(),
                _ => self.sentence(),
            };
            let _ =
                if table { writeln!(text, "| {at} | {event} |") } else { writeln!(text, "- {at} {event}") };
        }
    }

    fn example(&mut self, text: &mut String) {
        let (thing, number, name) = (self.numbers.pick(THINGS), self.numbers.below(4000), self.name());
        let _ = write!(text, "\n```toml\n[{thing}]\nlimit = {number}  # since {name}\n```\n\n");
        self.sentences(text, 4);
    }

    fn actions(&mut self, text: &mut String, service: &str) {
        *text += "\n## Action items\n\n";
        for action in 0..4 {
            let (mark, owner) =
                (if self.numbers.below(3) > 0 { "x" } else { " " }, self.numbers.pick(PEOPLE));
            let (deed, kind, thing) =
                (self.numbers.pick(DEEDS), self.numbers.pick(KINDS), self.numbers.pick(THINGS));
            let _ = writeln!(
                text,
                "- [{mark}] See that the {kind} {thing} of {service} is {deed} ({owner}, OPS-{})",
                self.n * 4 + action
            );
        }
    }

    fn related(&mut self, text: &mut String) {
        if self.n > 0 && self.n.is_multiple_of(5) {
            let earlier = self.numbers.below(self.n);
            let _ = write!(text, "\nSee also [an earlier one](../../{}#root-cause).\n", self.path(earlier));
        }
    }

    fn sentence(&mut self) -> String {
        let pattern = self.numbers.pick(SENTENCES);
        let mut sentence = String::new();
        for (at, word) in pattern.split(' ').enumerate() {
            let (slot, end) = word.split_at(word.len() - usize::from(word.ends_with(['.', ',', ';'])));
            let filled = match slot {
                "T" => self.numbers.pick(THINGS).to_owned(),
                "D" => self.numbers.pick(DEEDS).to_owned(),
                "K" => self.numbers.pick(KINDS).to_owned(),
                "S" => self.service(),
                "N" => self.name(),
                "#" => (2 + self.numbers.below(900)).to_string(),
                slot => slot.to_owned(),
            };
            let _ = write!(sentence, "{}{filled}{end}", if at > 0 { " " } else { "" });
        }
        sentence
    }

    fn service(&mut self) -> String {
        format!("{}-{}", self.numbers.pick(SERVICE_SUBJECTS), self.numbers.pick(SERVICE_KINDS))
    }

    /// A made-up word; there are about 18,000, and the short ones are common.
    fn name(&mut self) -> String {
        let length = 2 + self.numbers.below(2);
        (0..length).map(|_| self.numbers.pick(SYLLABLES)).collect()
    }

    fn month(&self, n: usize) -> (usize, usize) {
        let month = n * MONTHS / self.count.max(1);
        (FIRST_YEAR + month / 12, 1 + month % 12)
    }

    fn day(&self, n: usize) -> String {
        let (year, month) = self.month(n);
        format!("{year}-{month:02}-{:02}", 1 + n * 7 % 28)
    }

    fn path(&self, n: usize) -> String {
        let (year, month) = self.month(n);
        format!("{year}/{month:02}/incident-{n:06}.md")
    }
}

fn clock(minutes: usize) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}
