//! Text that Markdown would take for markup.

/// The text with what would be markup in a line marked as text.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let links = text.contains("](") || text.contains("][") || text.contains("]:");
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        let is_markup = match c {
            '\\' => after.is_ascii_punctuation(),
            '*' | '`' => true,
            // Within a word it is only a letter.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '~' => before == '~' || after == '~',
            '[' => links,
            '<' => after.is_ascii_alphabetic() || "/!?".contains(after),
            '&' => after.is_ascii_alphabetic() || after == '#',
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A line that would begin a heading, a quotation or a rule, marked as text.
pub fn beginning(line: &str) -> String {
    let is_rule = |mark: char| line.len() > 1 && line.chars().all(|c| c == mark || c == ' ');
    let is_markup =
        line.starts_with(['#', '>', '|']) || line.starts_with("+++") || is_rule('-') || is_rule('=');
    if is_markup { format!("\\{line}") } else { line.to_owned() }
}

/// An address within a link.
pub fn address(address: &str) -> String {
    let is_plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '(' | ')' | '<' | '>' | '\\');
    match address.chars().all(is_plain) {
        true => address.to_owned(),
        false => {
            let kept = |c: char| match c {
                '<' => "%3C".to_owned(),
                '>' => "%3E".to_owned(),
                '\\' => "%5C".to_owned(),
                c if c.is_control() => String::new(),
                c => c.to_string(),
            };
            format!("<{}>", address.chars().map(kept).collect::<String>())
        }
    }
}

/// Code between as many marks as it takes.
pub fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// How often a mark stands in a row at most.
pub fn longest_run(text: &str, mark: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
