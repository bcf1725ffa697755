//! Lines like `key: value` in what is no front matter that can be read: a broken block, one that is
//! not closed, a second one, one below other text. Their meaning is never used as data.

/// Lines that are looked through for a block below other text.
const HEAD: usize = 60;

/// A key, and its value as it is spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseKey {
    pub key: String,
    pub value: String,
    /// It stands where a block was surely meant, and not in what may be text between two rules.
    pub is_meant: bool,
}

/// All of them in a text that was meant as a block.
pub(super) fn all(text: &str) -> Vec<LooseKey> {
    text.lines().flat_map(|line| keys(line, true)).collect()
}

/// Those above the first heading.
pub(super) fn above_headings(text: &str) -> Vec<LooseKey> {
    let mut after_gap = false;
    let is_block = |line: &&str| {
        let is_heading = after_gap && line.starts_with('#');
        after_gap = line.trim().is_empty();
        !is_heading
    };
    text.lines().take_while(is_block).flat_map(|line| keys(line, true)).collect()
}

/// Those between the first rule in the head of a text and the next.
pub(super) fn between_rules(text: &str) -> Vec<LooseKey> {
    let is_rule = |line: &&str| matches!(line.trim(), "---" | "+++");
    let head = text.lines().take(HEAD);
    let below = head.skip_while(|line| !is_rule(line)).skip(1).take_while(|line| !is_rule(line));
    below.flat_map(|line| keys(line, false)).collect()
}

/// Those of a line. Blocks in braces may hold several.
fn keys(line: &str, is_meant: bool) -> impl Iterator<Item = LooseKey> + '_ {
    line.split([',', '{', '}']).filter_map(move |part| {
        let (key, value) = part.split_once([':', '='])?;
        let [key, value] = [key, value].map(|words| words.trim().trim_matches(['"', '\'']));
        let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        let is_key = !key.is_empty() && key.len() <= 60 && !key.starts_with(['-', '#', '*']);
        is_key.then(|| LooseKey { key: key.to_owned(), value: value.to_owned(), is_meant })
    })
}
