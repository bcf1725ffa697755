//! The elements that a fragment may hold, what may stand in them, and what
//! becomes of the others that authors write.

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Block,
    Inline,
    /// In a list.
    Item,
    /// In a definition list.
    Term,
    /// In a table: a group of rows, a row, a cell, or its caption.
    Group,
    Row,
    Cell,
    Caption,
    /// First in `details`.
    Summary,
}

/// What may stand in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Flow,
    Phrasing,
    Items,
    Terms,
    Groups,
    Rows,
    Cells,
    /// A void element.
    Nothing,
}

/// One element of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub name: &'static str,
    pub place: Place,
    pub holds: Holds,
    /// What authors may write on it besides `id`, `title` and `dir`.
    pub attributes: &'static [&'static str],
}

macro_rules! elements {
    ($($name:literal $place:ident $holds:ident [$($attribute:literal)*];)*) => {
        /// By name.
        pub(super) const ELEMENTS: &[Row] = &[$(Row {
            name: $name, place: Place::$place, holds: Holds::$holds, attributes: &[$($attribute),*],
        }),*];
    };
}

elements! {
    "a" Inline Phrasing ["href"];
    "abbr" Inline Phrasing [];
    "b" Inline Phrasing [];
    "bdi" Inline Phrasing [];
    "blockquote" Block Flow [];
    "br" Inline Nothing [];
    "caption" Caption Phrasing [];
    "cite" Inline Phrasing [];
    "code" Inline Phrasing [];
    "dd" Term Flow [];
    "del" Inline Phrasing [];
    "details" Block Flow ["open"];
    "dfn" Inline Phrasing [];
    "div" Block Flow [];
    "dl" Block Terms [];
    "dt" Term Phrasing [];
    "em" Inline Phrasing [];
    "h1" Block Phrasing [];
    "h2" Block Phrasing [];
    "h3" Block Phrasing [];
    "h4" Block Phrasing [];
    "h5" Block Phrasing [];
    "h6" Block Phrasing [];
    "hr" Block Nothing [];
    "i" Inline Phrasing [];
    "img" Inline Nothing ["src" "alt" "width" "height"];
    "ins" Inline Phrasing [];
    "kbd" Inline Phrasing [];
    "li" Item Flow [];
    "mark" Inline Phrasing [];
    "ol" Block Items ["start" "reversed" "type"];
    "p" Block Phrasing [];
    "pre" Block Phrasing [];
    "q" Inline Phrasing [];
    "s" Inline Phrasing [];
    "samp" Inline Phrasing [];
    "small" Inline Phrasing [];
    "span" Inline Phrasing [];
    "strong" Inline Phrasing [];
    "sub" Inline Phrasing [];
    "summary" Summary Phrasing [];
    "sup" Inline Phrasing [];
    "table" Block Groups [];
    "tbody" Group Rows [];
    "td" Cell Flow ["colspan" "rowspan"];
    "tfoot" Group Rows [];
    "th" Cell Flow ["colspan" "rowspan" "scope"];
    "thead" Group Rows [];
    "tr" Row Cells [];
    "u" Inline Phrasing [];
    "ul" Block Items [];
    "var" Inline Phrasing [];
    "wbr" Inline Nothing [];
}

/// The row of an element that a fragment may hold.
pub(super) fn row(name: &str) -> Option<&'static Row> {
    ELEMENTS.binary_search_by(|row| row.name.cmp(name)).ok().map(|at| &ELEMENTS[at])
}

pub(super) fn is_void(name: &str) -> bool {
    row(name).is_some_and(|row| row.holds == Holds::Nothing)
}

/// What becomes of a tag in raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Keep(&'static Row),
    /// Stands as another element.
    As(&'static str),
    /// The tag goes, what it holds stays.
    Unwrap,
    /// Goes with all that it holds, where it stands as a block of its own.
    Drop,
    /// No element of HTML: `<hostname>` is a word of the author, shown as written.
    Word,
}

/// What becomes of a tag with this lower-case name.
pub(super) fn fate(name: &str) -> Fate {
    if let Some(row) = row(name) {
        return Fate::Keep(row);
    }
    match OTHERS.binary_search_by(|(other, _)| (*other).cmp(name)) {
        Ok(at) => OTHERS[at].1,
        Err(_) => Fate::Word,
    }
}

/// Elements of HTML, old and new, that a fragment never holds.
const OTHERS: &[(&str, Fate)] = &[
    ("acronym", Fate::As("abbr")),
    ("address", Fate::As("div")),
    ("applet", Fate::Drop),
    ("area", Fate::Unwrap),
    ("article", Fate::As("div")),
    ("aside", Fate::As("div")),
    ("audio", Fate::Drop),
    ("base", Fate::Unwrap),
    ("basefont", Fate::Unwrap),
    ("bdo", Fate::As("bdi")),
    ("big", Fate::As("span")),
    ("blink", Fate::As("span")),
    ("body", Fate::Unwrap),
    ("button", Fate::Unwrap),
    ("canvas", Fate::Drop),
    ("center", Fate::As("div")),
    ("col", Fate::Unwrap),
    ("colgroup", Fate::Unwrap),
    ("data", Fate::As("span")),
    ("datalist", Fate::Drop),
    ("dialog", Fate::As("div")),
    ("dir", Fate::As("ul")),
    ("embed", Fate::Unwrap),
    ("fieldset", Fate::As("div")),
    ("figcaption", Fate::As("p")),
    ("figure", Fate::As("div")),
    ("font", Fate::As("span")),
    ("footer", Fate::As("div")),
    ("form", Fate::As("div")),
    ("frame", Fate::Unwrap),
    ("frameset", Fate::Drop),
    ("head", Fate::Unwrap),
    ("header", Fate::As("div")),
    ("hgroup", Fate::As("div")),
    ("html", Fate::Unwrap),
    ("iframe", Fate::Drop),
    ("input", Fate::Unwrap),
    ("label", Fate::As("span")),
    ("legend", Fate::As("p")),
    ("link", Fate::Unwrap),
    ("main", Fate::As("div")),
    ("map", Fate::Unwrap),
    ("marquee", Fate::As("span")),
    ("math", Fate::Drop),
    ("menu", Fate::As("ul")),
    ("meta", Fate::Unwrap),
    ("meter", Fate::As("span")),
    ("nav", Fate::As("div")),
    ("nobr", Fate::As("span")),
    ("noembed", Fate::Drop),
    ("noframes", Fate::Drop),
    ("noscript", Fate::Drop),
    ("object", Fate::Drop),
    ("optgroup", Fate::Unwrap),
    ("option", Fate::Unwrap),
    ("output", Fate::As("span")),
    ("param", Fate::Unwrap),
    ("picture", Fate::Unwrap),
    ("plaintext", Fate::Unwrap),
    ("progress", Fate::As("span")),
    ("rb", Fate::Unwrap),
    ("rp", Fate::Unwrap),
    ("rt", Fate::Unwrap),
    ("rtc", Fate::Unwrap),
    ("ruby", Fate::As("span")),
    ("script", Fate::Drop),
    ("search", Fate::As("div")),
    ("section", Fate::As("div")),
    ("select", Fate::Drop),
    ("slot", Fate::Unwrap),
    ("source", Fate::Unwrap),
    ("strike", Fate::As("s")),
    ("style", Fate::Drop),
    ("svg", Fate::Drop),
    ("template", Fate::Drop),
    ("textarea", Fate::Unwrap),
    ("time", Fate::As("span")),
    ("title", Fate::Unwrap),
    ("track", Fate::Unwrap),
    ("tt", Fate::As("code")),
    ("video", Fate::Drop),
    ("xmp", Fate::As("pre")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_apart() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.name < b.name));
        assert!(OTHERS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(OTHERS.iter().all(|(name, _)| row(name).is_none()));
        assert!(OTHERS.iter().all(|(_, fate)| !matches!(fate, Fate::As(name) if row(name).is_none())));
    }

    #[test]
    fn what_runs_is_never_kept() {
        for name in [
            "script", "style", "svg", "math", "iframe", "object", "embed", "form", "base", "meta", "link",
            "input",
        ] {
            assert!(!matches!(fate(name), Fate::Keep(_)), "{name}");
        }
    }
}
