//! Line breaks that the author meant. Markdown joins the lines of a paragraph;
//! texts that were never written as Markdown rely on them: a time a line, a
//! label a line, a heading without a mark above its paragraph.

/// Which line breaks of a paragraph are kept: the byte offsets, within `paragraph`,
/// where the lines begin that start on a line of their own.
pub(super) fn kept(paragraph: &str) -> Vec<usize> {
    let lines: Vec<(usize, &str)> = offsets(paragraph).collect();
    let leading = lines.iter().filter(|(_, line)| leads(line)).count();
    let own_line = |pair: &[(usize, &str)]| {
        let [(_, before), (at, line)] = pair else { return None };
        let meant = leading >= 2 && (leads(line) || is_label_alone(before)) || is_heading_like(before, line);
        meant.then_some(*at)
    };
    lines.windows(2).filter_map(own_line).collect()
}

/// Whether an indented block, which Markdown takes for code, reads like prose.
pub(super) fn is_prose(block: &str) -> bool {
    let (mut words, mut signs, mut lines) = (0, 0, 0);
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        words += line.split_whitespace().filter(|word| is_word(word)).count();
        signs += line.chars().filter(|c| "{}[]<>=;$|\\_#@&*^~`".contains(*c)).count();
        if line.trim_start().starts_with(['$', '#', '>', '<', '{', '}', '/', '|', '+', '@']) {
            signs += 3;
        }
    }
    lines > 0 && words >= 3 * lines && signs * 8 <= words
}

fn is_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| ".,:;!?()\"'’“”–—-".contains(c));
    word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’' || c == '-')
}

fn offsets(paragraph: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    paragraph.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

/// Whether a line begins with a time of day, a date, a bullet that Markdown does not know, or a label.
fn leads(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "*_`>~(['\"“".contains(c));
    begins_with_time(line) || begins_with_bullet(line) || begins_with_label(line)
}

/// `10:05`, `8.47 -`, `3 PM`, `2022-03-10`.
fn begins_with_time(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let next_digits = |rest: &str| rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let half_day = rest
        .trim_start()
        .get(..2)
        .is_some_and(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    match digits {
        1 | 2 if rest.starts_with([':', '.', 'h', 'H']) => next_digits(rest) == 2,
        1 | 2 => half_day,
        4 => rest.starts_with('-') && next_digits(rest) == 2,
        _ => false,
    }
}

fn begins_with_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    chars.next().is_some_and(|c| "•‣◦▪▫●○■□–—·→➜➤✓✔✗✘☐☑".contains(c))
        && chars.as_str().starts_with([' ', '\u{a0}', '\t'])
}

/// `Duration: 90 minutes`, `Root cause - x`: up to five words, then a colon.
fn begins_with_label(line: &str) -> bool {
    let Some(colon) = line.find(':') else { return false };
    let label = line[..colon].trim_end_matches(['*', '_', ' ']);
    let words = label.split_whitespace().count();
    (1..=5).contains(&words)
        && label.len() <= 40
        && label.starts_with(char::is_uppercase)
        && line[colon + 1..].starts_with([' ', '\t', '*', '_'])
        && !label.contains(['.', ',', ';'])
}

fn is_label_alone(line: &str) -> bool {
    let line = line.trim_end();
    line.len() <= 60 && line.ends_with(':')
}

/// A short line without a full stop above one that begins a sentence, where the sentence
/// would have fitted on the same line: not wrapped, but set apart.
fn is_heading_like(line: &str, next: &str) -> bool {
    let line = line.trim();
    let first = next.split_whitespace().next().unwrap_or_default();
    let begins = first.trim_start_matches(['*', '_', '"', '“', '(']).starts_with(char::is_uppercase);
    let short = line.chars().count() <= 45 && line.chars().count() + first.chars().count() < 60;
    short
        && begins
        && !line.ends_with(['.', ',', ';', '!', '?', '-', '('])
        && line.starts_with(|c: char| c.is_uppercase() || "*_[".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(paragraph: &str) -> String {
        let mut out = paragraph.to_owned();
        for at in kept(paragraph).into_iter().rev() {
            out.insert_str(at, "| ");
        }
        out.replace('\n', " ")
    }

    #[test]
    fn lines_with_times_labels_and_bullets_stay_lines() {
        for (paragraph, expected) in [
            ("3:15 PM- down\n3:40 PM- up", "3:15 PM- down | 3:40 PM- up"),
            ("*06:00*: a\nand more\n*06:30*: b", "*06:00*: a and more | *06:30*: b"),
            ("Duration: 2 hours\nImpact: all users", "Duration: 2 hours | Impact: all users"),
            ("• one\n• two", "• one | • two"),
            (
                "Issue Summary\nOn Monday the site was down for an hour.",
                "Issue Summary | On Monday the site was down for an hour.",
            ),
            (
                "A wrapped sentence that goes on until the line\nis full and then goes on\nto its end.",
                "A wrapped sentence that goes on until the line is full and then goes on to its end.",
            ),
            ("One sentence a line.\nAnother sentence.", "One sentence a line. Another sentence."),
            ("It broke at\n10:05 and nobody saw it.", "It broke at 10:05 and nobody saw it."),
        ] {
            assert_eq!(broken(paragraph), expected);
        }
    }

    #[test]
    fn indented_prose_is_told_from_code() {
        assert!(is_prose("The outage began when a change was released.\nIt lasted for two hours.\n"));
        assert!(!is_prose("server {\n  listen 80;\n  return 301 https://$host$request_uri;\n}\n"));
        assert!(!is_prose("$ kubectl get pods\nNAME READY STATUS\n"));
    }
}
