//! Code in colours: which words of a block are comments, strings, keywords and so on, by one
//! pass over its lines and a table of languages.
//!
//! What a theme colours, in both schemes by custom properties: `.hl-comment`,
//! `.hl-string`, `.hl-number`, `.hl-keyword`, `.hl-name` (what is called or defined,
//! keys of data, tags), `.hl-type`, `.hl-inserted`, `.hl-deleted`. Code in a language
//! that is not known, and very long code, stays plain; of a session in a terminal only
//! what was typed has colours.

mod languages;
mod scanner;

use languages::{Language, language};
use scanner::Scanner;

/// Longest block that is coloured, in bytes: a page is no editor.
const BLOCK_MAX: usize = 64 * 1024;

/// Longest line that is coloured, in bytes: what is longer was written by a machine.
const LINE_MAX: usize = 1000;

/// Words of a line that have a class: byte range and class.
pub(super) type Coloured = (std::ops::Range<usize>, &'static str);

/// Names that people give to what a terminal showed.
const SESSIONS: &[&str] = &["console", "shell-session", "shellsession", "sh-session", "terminal"];

/// The coloured words of each line of a block; nothing when it stays plain. Lines end in a line break.
pub(super) fn colours<'c>(
    name: &str,
    lines: impl Iterator<Item = &'c str> + Clone,
) -> Option<Vec<Vec<Coloured>>> {
    let too_long = lines.clone().any(|line| line.len() > LINE_MAX)
        || lines.clone().map(str::len).sum::<usize>() > BLOCK_MAX;
    if name.is_empty() || too_long {
        return None;
    }
    match SESSIONS.contains(&name) {
        true => Some(session_colours(language("bash")?, lines)),
        false => Some(block_colours(language(name)?, lines)),
    }
}

fn block_colours<'c>(
    language: &'static Language,
    lines: impl Iterator<Item = &'c str>,
) -> Vec<Vec<Coloured>> {
    let mut scanner = Scanner::new(language);
    lines.map(|line| scanner.line(line.trim_end_matches('\n'))).collect()
}

/// What stands behind a prompt: `$`, `#`, `%` or `>`, alone or behind `user@host:folder`.
fn typed(line: &str) -> Option<&str> {
    let (prompt, typed) = line.split_once(' ')?;
    let before = prompt.strip_suffix(['$', '#', '%', '>'])?;
    (before.is_empty() || before.contains('@')).then_some(typed)
}

/// Commands behind a prompt, each with the lines that it goes on over; the rest is what they printed.
fn session_colours<'c>(shell: &'static Language, lines: impl Iterator<Item = &'c str>) -> Vec<Vec<Coloured>> {
    let mut command: Option<Scanner> = None;
    let colours = |line: &'c str| {
        let line = line.trim_end_matches('\n');
        let typed = typed(line);
        if typed.is_some() {
            command = Some(Scanner::new(shell));
        }
        let Some(scanner) = &mut command else { return Vec::new() };
        let text = typed.unwrap_or(line);
        let prompt = line.len() - text.len();
        let coloured = scanner.line(text);
        if !text.trim_end().ends_with('\\') {
            command = None;
        }
        coloured.into_iter().map(|(words, class)| (words.start + prompt..words.end + prompt, class)).collect()
    };
    lines.map(colours).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of a block that have a class, each behind it.
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
        #[rustfmt::skip]
        let cases: &[(&str, &str, &str)] = &[
            ("json", "{\"a\": 1, \"b\": [\"c\", null]}\n", "name:\"a\" number:1 name:\"b\" string:\"c\" keyword:null"),
            ("yaml", "- a: b # c\n  d-e: \"f: g\"\n  h: 10s\n", "name:a comment:# c name:d-e string:\"f: g\" name:h number:10s"),
            ("yaml", "url: http://a#b\n", "name:url"),
            ("toml", "[a.b]\nc = 'd' # e\n", "type:[a.b] name:c string:'d' comment:# e"),
            ("ini", "; a\nb=c d\n", "comment:; a name:b"),
            ("rust", "fn f<'a>(x: &'a str) { 1 } // y\n", "keyword:fn name:f type:str number:1 comment:// y"),
            ("python", "def f(x):\n    \"\"\"a\n    b\"\"\"\n    return g('c')\n",
                "keyword:def name:f string:\"\"\"a string:b\"\"\" keyword:return name:g string:'c'"),
            ("js", "const a = `b\nc`; /* d\ne */ new F()\n", "keyword:const string:`b string:c` comment:/* d comment:e */ keyword:new name:F"),
            ("sql", "SELECT count(*) FROM t WHERE a = 'b' -- c\n",
                "keyword:SELECT name:count keyword:FROM keyword:WHERE string:'b' comment:-- c"),
            ("sh", "sudo echo \"x\" | grep -v y # z\n", "name:sudo string:\"x\" name:grep comment:# z"),
            ("sh", "A=1 ./run; if [ -f b ]; then exit 1; fi\n", "number:1 name:./run keyword:if keyword:then keyword:exit number:1 keyword:fi"),
            ("sh", "echo it's fine\n", "name:echo string:'s fine"),
            ("dockerfile", "FROM a:1\nRUN apt-get update\n", "keyword:FROM name:a number:1 keyword:RUN name:apt-get"),
            ("hcl", "resource \"a\" \"b\" {\n  c = true\n}\n", "keyword:resource string:\"a\" string:\"b\" keyword:true"),
            ("html", "<!-- a --><p class=\"b\">c</p>\n", "comment:<!-- a --> name:p type:class string:\"b\" name:p"),
            ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n c\n", "name:--- a name:+++ b name:@@ -1 +1 @@ deleted:-a inserted:+b"),
            ("console", "me@db1:~$ echo \"x\" \\\n  \"y\"\necho \"z\"\n", "name:echo string:\"x\" string:\"y\""),
        ];
        for (language, code, expected) in cases {
            assert_eq!(shown(language, code).as_deref(), Some(*expected), "{language}: {code}");
        }
    }

    #[test]
    fn unknown_languages_and_endless_lines_stay_plain() {
        assert_eq!(shown("no-such-language", "x\n"), None);
        assert_eq!(shown("text", "x\n"), None);
        assert_eq!(shown("json", &"[".repeat(2000)), None);
    }

    #[test]
    fn no_name_means_two_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for name in languages::LANGUAGES.iter().flat_map(|language| language.names) {
            assert!(seen.insert(name) && !SESSIONS.contains(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_coloured_lies_in_order_within_its_line(
            n in 0..languages::LANGUAGES.len(),
            pieces in proptest::collection::vec(
                prop::sample::select(vec!["\"", "'", "`", "/*", "*/", "//", "#", "<!--", "-->", "<", ">", "a", "é", "日", "1", ":", " ", "=", "$", "\\", "-", "\n", "[", "]"]),
                0..40,
            )
        ) {
            let code = pieces.concat();
            let lines: Vec<&str> = code.split_inclusive('\n').collect();
            let name = languages::LANGUAGES[n].names[0];
            for (line, coloured) in lines.iter().zip(colours(name, lines.iter().copied()).unwrap_or_default()) {
                let mut at = 0;
                for (range, _) in coloured {
                    prop_assert!(range.start >= at && range.start < range.end && line.get(range.clone()).is_some());
                    at = range.end;
                }
            }
        }
    }
}
