//! Markdown in, HTML and diagnostics out. Cases stand in `tests/html/*.txt`:
//!
//! ```text
//! ==== what the case shows [option …]
//! Markdown
//! ---- html
//! HTML
//! ---- diagnostics
//! line:column code: label
//! ```
//!
//! `UPDATE_EXPECT=1 cargo test --test html` writes what comes out as what is expected.
//! `«words»` in the Markdown is marked as evidence.

use casebook::config::RawHtml;
use casebook::diagnostic::Span;
use casebook::document::html::{Mark, Options, Resolve, Target, render};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// An archive of one other page, one image and one broken link.
struct Shelf;

impl Resolve for Shelf {
    fn link(&self, dest: &str) -> Target {
        match dest {
            "other.md" | "other.md#part" => Target::Inside(dest.replace(".md", ".html")),
            "escape.md" => Target::Inside("javascript:alert(1)".to_owned()),
            _ if dest.contains(':') => Target::Outside(dest.to_owned()),
            _ => Target::Broken(format!("`{dest}` is not there")),
        }
    }

    fn image(&self, dest: &str) -> Target {
        match dest {
            "graph.png" | "other graph.png" => Target::Inside(format!("../files/{dest}")),
            _ => self.link(dest),
        }
    }

    fn image_size(&self, dest: &str) -> Option<(u32, u32)> {
        (dest == "graph.png").then_some((640, 480))
    }
}

struct Case {
    title: String,
    markdown: String,
    html: String,
    diagnostics: String,
}

impl Case {
    fn parse(text: &str) -> Vec<Case> {
        text.split("==== ").skip(1).map(Case::one).collect()
    }

    fn one(text: &str) -> Case {
        let (title, rest) = text.split_once('\n').expect("a title line");
        let (markdown, rest) = rest.split_once("---- html\n").unwrap_or((rest, ""));
        let (html, diagnostics) = rest.split_once("---- diagnostics\n").unwrap_or((rest, ""));
        let own = |text: &str| text.to_owned();
        Case { title: own(title), markdown: own(markdown), html: own(html), diagnostics: own(diagnostics) }
    }

    fn write(&self) -> String {
        let mut out = format!("==== {}\n{}---- html\n{}", self.title, self.markdown, self.html);
        if !self.diagnostics.is_empty() {
            let _ = write!(out, "---- diagnostics\n{}", self.diagnostics);
        }
        out
    }

    fn has(&self, option: &str) -> bool {
        self.title.split(['[', ']']).nth(1).is_some_and(|options| options.split(' ').any(|it| it == option))
    }

    fn run(&self) -> Case {
        let markdown = self.markdown.replace("\\0", "\0").replace("\\r", "\r").replace("\\u202e", "\u{202e}");
        let (text, spans) = marked(markdown.trim_end_matches('\n'));
        let mark = |(n, span): (usize, &Span)| Mark {
            span: *span,
            id: format!("ev-{}", n + 1),
            fact: format!("Fact {}", n + 1),
        };
        let skip_title = self.has("title").then(|| spans[0]);
        let marks: Vec<Mark> = match skip_title {
            Some(_) => Vec::new(),
            None => spans.iter().enumerate().map(mark).collect(),
        };
        let raw_html = match () {
            () if self.has("escape") => RawHtml::Escape,
            () if self.has("trust") => RawHtml::Trust,
            () => RawHtml::Sanitize,
        };
        let external_images = self.has("external-images");
        let options =
            Options { path: "a.md", raw_html, external_images, start: 0, skip_title, marks: &marks };
        let (body, diagnostics) = render(&text, &options, &Shelf);
        let mut html = body.html;
        if self.has("headings") {
            for heading in &body.headings {
                let _ = writeln!(html, "{} {} {}", heading.level, heading.id, heading.text);
            }
        }
        let mut listed = String::new();
        for diagnostic in &diagnostics {
            let place = diagnostic.place.as_ref().expect("diagnostics about a text have a place");
            let name = diagnostic.code.row().name;
            let _ = writeln!(listed, "{}:{} {name}: {}", place.line, place.column, diagnostic.label);
        }
        if !html.ends_with('\n') {
            html.push('\n');
        }
        Case { title: self.title.clone(), markdown: self.markdown.clone(), html, diagnostics: listed }
    }
}

/// The text without `«` and `»`, and where they stood; they may nest.
fn marked(text: &str) -> (String, Vec<Span>) {
    let (mut out, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
    for c in text.chars() {
        match c {
            '«' => {
                open.push(spans.len());
                spans.push(Span::new(out.len(), out.len()));
            }
            '»' => {
                let at: usize = open.pop().expect("a mark that is open");
                spans[at].end = out.len() as u32;
            }
            c => out.push(c),
        }
    }
    (out, spans)
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

#[test]
fn markdown_becomes_the_html_that_is_expected() {
    let mut wrong = String::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).expect("a file of cases");
        let cases = Case::parse(&text);
        let found: Vec<Case> = cases.iter().map(Case::run).collect();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, found.iter().map(Case::write).collect::<String>())
                .expect("expectations are written");
            continue;
        }
        for (case, found) in cases.iter().zip(&found) {
            if case.write() != found.write() {
                let _ = writeln!(
                    wrong,
                    "{}\nexpected\n{}\nfound\n{}",
                    file.display(),
                    case.write(),
                    found.write()
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What hostile texts try, in every place of a text that takes words.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "<javascript:alert(1)>",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](x \"\\\"onerror=alert(1) x=\\\"\")",
    "<a href=\"jav&#x09;ascript:alert(1)\" onclick=alert(1)>x</a>",
    "<img src=x onerror=alert(1)>",
    "<svg><a><set attributeName=\"href\" to=\"javascript:alert(1)\"></set></a></svg>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=\"alert(1)\"></style></annotation-xml></math>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>",
    "<p style=\"background:url(https://evil.example/x)\">x</p>",
    "<img src=\"//evil.example/pixel.png\">",
    "</title></textarea></script><script>alert(1)</script>",
    "<img name=\"getElementById\"><a id=\"location\">x</a>",
];

const PLACES: &[&str] = &[
    "@",
    "# @",
    "# x {#@}",
    "- @",
    "> @",
    "`@`",
    "```@\nx\n```",
    "    @",
    "| @ |\n|---|\n| @ |",
    "[@](other.md \"@\")",
    "![@](graph.png \"@\")",
    "[x][1]\n\n[1]: other.md \"@\"",
    "x[^1]\n\n[^1]: @",
    "[^@]\n\n[^@]: x",
    "<div>@</div>",
    "<td>@",
    "<details>@",
    "a @ b",
];

#[test]
fn hostile_words_never_become_markup_that_runs() {
    for place in PLACES {
        for words in HOSTILE {
            let text = place.replace('@', words);
            let options = Options::default();
            let html = render(&text, &options, &Shelf).0.html;
            for tag in tags(&html) {
                let name = tag.split(' ').next().unwrap_or_default();
                assert!(
                    !["script", "style", "svg", "math", "iframe", "form", "button", "object"].contains(&name),
                    "{text}\n{html}"
                );
                assert!(
                    !has_handler(&tag) && !tag.contains("href=\"javascript:") && !tag.contains("style="),
                    "{text}\n{html}"
                );
                assert!(!tag.contains(" src=\"//") && !tag.contains(" src=\"http"), "{text}\n{html}");
                assert!(!tag.contains(" name=") && !tag.contains("id=\"location"), "{text}\n{html}");
            }
        }
    }
}

/// The tags of HTML that we wrote: quoted attributes hold no `<` or `>`.
fn tags(html: &str) -> Vec<String> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default().to_owned()).collect()
}

/// Whether a tag has an attribute whose name begins with `on`, outside of quotes.
fn has_handler(tag: &str) -> bool {
    tag.split('"').step_by(2).any(|outside| outside.split_whitespace().any(|name| name.starts_with("on")))
}

#[test]
fn deep_nesting_is_flattened_and_named() {
    for text in [
        ">".repeat(3000),
        "<div>".repeat(3000),
        "<div>\n\n".repeat(300),
        "*".repeat(1000) + "a" + &"*".repeat(1000),
    ] {
        let options = Options::default();
        let (body, diagnostics) = render(&format!("{text}x"), &options, &Shelf);
        let mut depth = 0usize;
        let mut deepest = 0;
        for tag in tags(&body.html) {
            match tag.starts_with('/') {
                true => depth -= 1,
                false => depth += 1,
            }
            deepest = deepest.max(depth);
        }
        assert!(deepest <= 102, "{deepest}");
        assert_eq!(depth, 0);
        let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.row().name).collect();
        assert_eq!(codes, ["too-deep"]);
    }
}

/// Marks that cost memory each; a line of 60,000 is shown as it stands wherever it does, and what stands around it too.
#[test]
fn a_line_of_nothing_but_marks_is_plain_text() {
    let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for again in [">", "[", "]", "<", "*", "_", "`", "(", "|", "- - - ", "&", "![](", "<b>", "é*"] {
        let line = again.repeat(60_000);
        let shown = escaped(&line);
        let trimmed = shown.trim_end();
        for (text, expected, codes) in [
            (
                format!("*a*\n{line}\n*b*"),
                format!("<p><em>a</em></p>\n<p>{shown}</p>\n<p><em>b</em></p>\n"),
                &["too-dense"][..],
            ),
            (line.clone(), format!("<p>{shown}</p>\n"), &["too-dense"]),
            (format!("- a\n\n{line}\n\n  b"), format!("<p>{shown}</p>\n"), &["too-dense"]),
            (
                format!("- a\n{line}\n{line}\n- b"),
                format!("<p>{shown}</p>\n<p>{shown}</p>\n"),
                &["too-dense", "too-dense"],
            ),
            (format!("```\na\n{line}\nb\n```"), format!("a\n{shown}\nb</code>"), &[]),
            (format!("```\n{line}\n```"), trimmed.to_string(), &[]),
        ] {
            let (body, diagnostics) = render(&text, &Options::default(), &Shelf);
            assert!(body.html.contains(&expected), "{again}: {}", body.html.replace(&shown, "…"));
            assert_eq!(
                diagnostics.iter().map(|told| told.code.row().name).collect::<Vec<_>>(),
                codes,
                "{again}"
            );
            assert!(body.html.len() < 2 * shown.len() + 400, "{again}");
        }
    }
}

/// A comment stays one.
#[test]
fn a_line_of_nothing_but_marks_in_raw_html_is_left_out() {
    let line = "|secret|".repeat(30_000);
    for (before, behind) in [("<!--\n", "\n-->"), ("<!-- ", " -->"), ("<script>\n", "\n</script>")] {
        let (body, diagnostics) =
            render(&format!("a\n\n{before}x\n{line}\n{behind}\n\nb"), &Options::default(), &Shelf);
        assert_eq!(body.html.replace('\n', ""), "<p>a</p><p>b</p>", "{before}");
        assert!(diagnostics.iter().any(|told| told.label.contains("left out")), "{before}");
    }
}

#[test]
fn a_fragment_comes_out_of_the_sanitiser_as_it_went_in() {
    let options = Options::default();
    for case in
        files().iter().flat_map(|file| Case::parse(&std::fs::read_to_string(file).expect("a file of cases")))
    {
        let plain = render(&case.markdown, &options, &Shelf).0.html;
        // A comment says nothing, and sends the whole text through the sanitiser.
        let sanitised = render(&format!("{}\n\n<!-- x -->\n", case.markdown), &options, &Shelf).0.html;
        let spelt = |html: &str| {
            html.replace("&quot;", "\"").replace("&nbsp;", "\u{a0}").replace(char::is_whitespace, "")
        };
        if !case.markdown.contains("<!--") && !case.title.contains('[') {
            assert_eq!(spelt(&plain), spelt(&sanitised), "{}", case.title);
        }
    }
}
