//! Code in colours: which words of a block are comments, strings, keywords and so on.
//!
//! What a theme colours, in both schemes by custom properties: `.hl-comment`,
//! `.hl-string`, `.hl-number`, `.hl-keyword`, `.hl-name` (what a definition defines,
//! keys of data, tags), `.hl-type`, `.hl-inserted`, `.hl-deleted`. Code in a language
//! that is not known, and very long code, stays plain; of a session in a terminal only
//! what was typed has colours.

use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Longest block that is coloured, in bytes: colouring costs a hundred times the reading.
const BLOCK_MAX: usize = 64 * 1024;

/// Longest line that is coloured, in bytes. Some grammars take time quadratic in it.
const LINE_MAX: usize = 1000;

/// Scope of a grammar to class of the page; the first that fits the innermost scope counts.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "hl-comment"),
    ("string", "hl-string"),
    ("constant.character", "hl-string"),
    ("constant", "hl-number"),
    ("entity.name.type", "hl-type"),
    ("entity.name.class", "hl-type"),
    ("entity.name", "hl-name"),
    ("entity.other.attribute-name", "hl-type"),
    ("variable.function", "hl-name"),
    ("support.function", "hl-name"),
    ("support.type", "hl-type"),
    ("keyword.operator", ""),
    ("keyword", "hl-keyword"),
    ("storage.type", "hl-keyword"),
    ("storage.modifier", "hl-keyword"),
    ("markup.inserted", "hl-inserted"),
    ("markup.deleted", "hl-deleted"),
    ("markup.heading", "hl-name"),
];

/// Words of a line that have a class: byte range and class.
pub(super) type Coloured = (std::ops::Range<usize>, &'static str);

/// Built into the program, and read once: for most archives a few languages of hundreds.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let scope = |(name, class): &(&str, &'static str)| Scope::new(name).ok().map(|scope| (scope, *class));
    CLASSES.iter().filter_map(scope).collect()
});

/// The coloured words of each line of a block; nothing when it stays plain. Lines end in a line break.
pub(super) fn colours<'c>(
    language: &str,
    lines: impl Iterator<Item = &'c str> + Clone,
) -> Option<Vec<Vec<Coloured>>> {
    let too_long = lines.clone().any(|line| line.len() > LINE_MAX)
        || lines.clone().map(str::len).sum::<usize>() > BLOCK_MAX;
    if language.is_empty() || too_long {
        return None;
    }
    match SESSIONS.contains(&language) {
        true => session_colours(lines),
        false => block_colours(syntax(language)?, lines),
    }
}

fn block_colours<'c>(
    syntax: &SyntaxReference,
    lines: impl Iterator<Item = &'c str>,
) -> Option<Vec<Vec<Coloured>>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    lines.map(|line| line_colours(line, &mut state, &mut stack)).collect()
}

/// What stands behind a prompt: `$`, `#`, `%` or `>`, alone or behind `user@host:folder`.
fn typed(line: &str) -> Option<&str> {
    let (prompt, typed) = line.split_once(' ')?;
    let before = prompt.strip_suffix(['$', '#', '%', '>'])?;
    (before.is_empty() || before.contains('@')).then_some(typed)
}

/// Commands behind a prompt, each with the lines that it goes on over; the rest is what they printed.
fn session_colours<'c>(lines: impl Iterator<Item = &'c str>) -> Option<Vec<Vec<Coloured>>> {
    let shell = syntax(SHELL)?;
    let mut command: Option<(ParseState, ScopeStack)> = None;
    let colours = |line: &'c str| {
        let typed = typed(line);
        command = match typed {
            Some(_) => Some((ParseState::new(shell), ScopeStack::new())),
            None => command.take(),
        };
        let Some((state, stack)) = &mut command else { return Some(Vec::new()) };
        let text = typed.unwrap_or(line);
        let prompt = line.len() - text.len();
        let coloured = line_colours(text, state, stack)?;
        if !text.trim_end().ends_with('\\') {
            command = None;
        }
        Some(
            coloured
                .into_iter()
                .map(|(words, class)| (words.start + prompt..words.end + prompt, class))
                .collect(),
        )
    };
    lines.map(colours).collect()
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == language).map_or(language, |(_, name)| name);
    let syntax = SYNTAXES.find_syntax_by_token(name)?;
    (syntax.name != "Plain Text").then_some(syntax)
}

const SHELL: &str = "bash";

/// Names that people give to what a terminal showed.
const SESSIONS: &[&str] = &["console", "shell-session", "shellsession", "sh-session", "terminal"];

/// Names that people give to languages which the grammars know under others.
const ALIASES: &[(&str, &str)] =
    &[("shell", SHELL), ("hcl", "terraform"), ("jsonc", "json"), ("golang", "go")];

/// `None` when a grammar gives up, as it does on hostile lines.
fn line_colours(line: &str, state: &mut ParseState, stack: &mut ScopeStack) -> Option<Vec<Coloured>> {
    let operations = state.parse_line(line, &SYNTAXES).ok()?;
    let length = line.trim_end_matches('\n').len();
    let mut coloured: Vec<Coloured> = Vec::new();
    let mut from = 0;
    let ends = operations.iter().map(|(at, operation)| (*at, Some(operation))).chain([(length, None)]);
    for (to, operation) in ends {
        let to = to.min(length);
        let class = class(stack);
        match coloured.last_mut() {
            _ if from >= to || class.is_empty() => {}
            Some((range, last)) if *last == class && range.end == from => range.end = to,
            _ => coloured.push((from..to, class)),
        }
        from = from.max(to);
        if let Some(operation) = operation {
            stack.apply(operation).ok()?;
        }
    }
    Some(coloured)
}

fn class(stack: &ScopeStack) -> &'static str {
    let of = |scope: &Scope| {
        SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    };
    stack.scopes.iter().rev().find_map(of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The block with classes before the words that have them.
    fn shown(language: &str, code: &str) -> Option<String> {
        let lines: Vec<&str> = code.split_inclusive('\n').collect();
        let colours = colours(language, lines.iter().copied())?;
        let line = |(line, coloured): (&&str, Vec<Coloured>)| -> String {
            coloured
                .iter()
                .map(|(range, class)| format!("{}:{} ", &class[3..], line[range.clone()].trim()))
                .collect()
        };
        Some(lines.iter().zip(colours).map(line).collect::<String>().trim().to_owned())
    }

    #[test]
    fn words_have_the_class_of_what_they_are() {
        for (language, code, expected) in [
            ("json", "{\"a\": 1}\n", "string:\"a\" number:1"),
            ("yaml", "a: b # c\n", "name:a string:b comment:# c"),
            ("rust", "fn f() { 1 }\n", "keyword:fn name:f number:1"),
            ("sh", "echo \"x\" # y\n", "name:echo string:\"x\" comment:# y"),
            ("diff", "-a\n+b\n", "deleted:-a inserted:+b"),
            (
                "console",
                "me@db1:~$ echo \"x\" \\\n  \"y\"\necho \"z\"\n",
                "name:echo string:\"x\" string:\"y\"",
            ),
        ] {
            assert_eq!(shown(language, code).as_deref(), Some(expected), "{language}");
        }
    }

    #[test]
    fn unknown_languages_and_endless_lines_stay_plain() {
        assert_eq!(shown("no-such-language", "x\n"), None);
        assert_eq!(shown("text", "x\n"), None);
        assert_eq!(shown("json", &"[".repeat(2000)), None);
    }

    #[test]
    fn every_scope_is_one() {
        assert_eq!(SCOPES.len(), CLASSES.len());
    }
}
