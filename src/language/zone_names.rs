//! Names of time zones, and what each says about the distance from UTC.

/// What a zone name says about the distance from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Minutes east of UTC.
    Offset(i32),
    /// A name of the zone database.
    Named(&'static str),
    /// A name that several zones share.
    Ambiguous,
    /// An offset that no place has, such as `+25:00`.
    Impossible,
}

impl Rule {
    /// The zone to compute with; `None` when it is not known for sure.
    pub fn zone(self) -> Option<jiff::tz::TimeZone> {
        match self {
            Rule::Offset(minutes) => {
                jiff::tz::Offset::from_seconds(minutes * 60).ok().map(jiff::tz::Offset::to_time_zone)
            }
            Rule::Named(name) => jiff::tz::TimeZone::get(name).ok(),
            Rule::Ambiguous | Rule::Impossible => None,
        }
    }
}

/// Abbreviations, written in capitals. Those that several zones share are kept
/// apart; `EST`, `PST` and their summer forms are taken for the American ones.
#[rustfmt::skip]
pub(super) const ABBREVIATIONS: &[(&str, Rule)] = &[
    ("UTC", Rule::Offset(0)), ("GMT", Rule::Offset(0)), ("WET", Rule::Offset(0)), ("WEST", Rule::Offset(60)),
    ("EST", Rule::Offset(-300)), ("EDT", Rule::Offset(-240)), ("CDT", Rule::Offset(-300)), ("MST", Rule::Offset(-420)),
    ("MDT", Rule::Offset(-360)), ("PST", Rule::Offset(-480)), ("PDT", Rule::Offset(-420)), ("AKST", Rule::Offset(-540)),
    ("AKDT", Rule::Offset(-480)), ("HST", Rule::Offset(-600)),
    ("CET", Rule::Offset(60)), ("CEST", Rule::Offset(120)), ("MET", Rule::Offset(60)), ("MEZ", Rule::Offset(60)), ("MESZ", Rule::Offset(120)),
    ("EET", Rule::Offset(120)), ("EEST", Rule::Offset(180)), ("MSK", Rule::Offset(180)), ("TRT", Rule::Offset(180)),
    ("WAT", Rule::Offset(60)), ("CAT", Rule::Offset(120)), ("EAT", Rule::Offset(180)), ("SAST", Rule::Offset(120)),
    ("JST", Rule::Offset(540)), ("KST", Rule::Offset(540)), ("SGT", Rule::Offset(480)), ("HKT", Rule::Offset(480)),
    ("PKT", Rule::Offset(300)), ("NPT", Rule::Offset(345)), ("WIB", Rule::Offset(420)), ("ICT", Rule::Offset(420)),
    ("AEST", Rule::Offset(600)), ("AEDT", Rule::Offset(660)), ("ACST", Rule::Offset(570)), ("ACDT", Rule::Offset(630)),
    ("AWST", Rule::Offset(480)), ("NZST", Rule::Offset(720)), ("NZDT", Rule::Offset(780)),
    ("BRT", Rule::Offset(-180)), ("ART", Rule::Offset(-180)), ("COT", Rule::Offset(-300)), ("PET", Rule::Offset(-300)), ("CLT", Rule::Ambiguous),
    ("PT", Rule::Named("America/Los_Angeles")), ("ET", Rule::Named("America/New_York")), ("MT", Rule::Named("America/Denver")),
    ("CT", Rule::Named("America/Chicago")),
    ("CST", Rule::Ambiguous), ("IST", Rule::Ambiguous), ("BST", Rule::Ambiguous), ("AST", Rule::Ambiguous), ("PCT", Rule::Ambiguous),
    ("GST", Rule::Ambiguous),
];

/// Abbreviations that are words as well; they count only beside a clock time.
pub(super) const ONLY_BESIDE_A_CLOCK: &[&str] = &[
    "PT", "ET", "MT", "CT", "CAT", "MET", "ART", "PET", "COT", "WET", "WEST", "ICT", "PCT", "AST", "GST",
    "TRT",
];

/// Regions whose name, with `Time`, `Standard Time` or `Daylight Time` behind it, is a zone.
#[rustfmt::skip]
pub(super) const REGIONS: &[(&[&str], Region)] = &[
    (&["eastern"], Region { any: Rule::Named("America/New_York"), standard: Rule::Offset(-300), summer: Rule::Offset(-240) }),
    (&["central"], Region { any: Rule::Named("America/Chicago"), standard: Rule::Offset(-360), summer: Rule::Offset(-300) }),
    (&["mountain"], Region { any: Rule::Named("America/Denver"), standard: Rule::Offset(-420), summer: Rule::Offset(-360) }),
    (&["pacific"], Region { any: Rule::Named("America/Los_Angeles"), standard: Rule::Offset(-480), summer: Rule::Offset(-420) }),
    (&["alaska"], Region { any: Rule::Named("America/Anchorage"), standard: Rule::Offset(-540), summer: Rule::Offset(-480) }),
    (&["hawaii"], same(-600)),
    (&["west", "africa"], same(60)), (&["west", "african"], same(60)),
    (&["central", "africa"], same(120)), (&["central", "african"], same(120)),
    (&["east", "africa"], same(180)), (&["east", "african"], same(180)), (&["eastern", "africa"], same(180)),
    (&["south", "africa"], same(120)), (&["south", "african"], same(120)),
    (&["central", "european"], Region { any: Rule::Named("Europe/Paris"), standard: Rule::Offset(60), summer: Rule::Offset(120) }),
    (&["eastern", "european"], Region { any: Rule::Named("Europe/Athens"), standard: Rule::Offset(120), summer: Rule::Offset(180) }),
    (&["western", "european"], Region { any: Rule::Named("Europe/Lisbon"), standard: Rule::Offset(0), summer: Rule::Offset(60) }),
    (&["british"], Region { any: Rule::Named("Europe/London"), standard: Rule::Offset(0), summer: Rule::Offset(60) }),
    (&["uk"], Region { any: Rule::Named("Europe/London"), standard: Rule::Offset(0), summer: Rule::Offset(60) }),
    (&["greenwich", "mean"], same(0)), (&["coordinated", "universal"], same(0)), (&["universal"], same(0)),
    (&["india"], same(330)), (&["indian"], same(330)), (&["japan"], same(540)), (&["singapore"], same(480)),
    (&["moscow"], same(180)), (&["brasilia"], same(-180)), (&["brasília"], same(-180)),
];

#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    /// The name alone: it follows the season.
    pub any: Rule,
    pub standard: Rule,
    pub summer: Rule,
}

const fn same(minutes: i32) -> Region {
    Region { any: Rule::Offset(minutes), standard: Rule::Offset(minutes), summer: Rule::Offset(minutes) }
}

/// Words for a local time, in front of the city's name.
pub(super) const TIME_OF: &[&str] = &["heure", "heures", "horário", "horario", "hora"];
