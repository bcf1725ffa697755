//! The contract between pages and themes: what templates use is there, what is
//! there is documented, and the documentation says nothing else.

use casebook::pages::view::Parts;
use casebook::pages::{Kind, common_variables, variables};
use casebook::theme::template_of;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- The part below is written by `UPDATE_EXPECT=1 cargo test --test themes`. -->\n";

fn themes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes")
}

/// The templates of a theme by name, parts with their folder.
fn templates(theme: &str) -> BTreeMap<String, String> {
    let top = themes().join(theme).join("templates");
    let mut found = BTreeMap::new();
    for folder in [top.clone(), top.join("parts")] {
        for entry in
            fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_file())
        {
            let name = entry
                .path()
                .strip_prefix(&top)
                .expect("below the theme")
                .to_string_lossy()
                .replace('\\', "/");
            found.insert(name, fs::read_to_string(entry.path()).expect("a template is text"));
        }
    }
    if theme == "casebook" {
        let stand_ins =
            Kind::all().filter_map(|kind| Some((template_of(kind), kind.definition().stand_in?.to_owned())));
        for (name, text) in stand_ins {
            found.entry(name).or_insert(text);
        }
    }
    found
}

/// What stands between braces in a template.
fn code(template: &str) -> Vec<&str> {
    let opened = template
        .match_indices(['{'])
        .filter(|(at, _)| template[*at..].starts_with("{{") || template[*at..].starts_with("{%"));
    opened.filter_map(|(at, _)| template[at + 2..].split(['}', '%']).next()).collect()
}

/// Words of code that are not in quotes, with the character before each.
fn words(code: &str) -> Vec<(char, String)> {
    let outside: String = code.split('"').step_by(2).collect::<Vec<_>>().join("\"");
    let mut words: Vec<(char, String)> = Vec::new();
    let mut before = ' ';
    for c in outside.chars() {
        match words.last_mut().filter(|_| before.is_alphanumeric() || before == '_') {
            Some((_, word)) if c.is_alphanumeric() || c == '_' => word.push(c),
            _ if c.is_alphabetic() || c == '_' => words.push((before, c.to_string())),
            _ => {}
        }
        before = c;
    }
    words
}

/// Names of fields that a template reads with a dot.
fn fields_used(template: &str) -> BTreeSet<String> {
    let words = code(template).into_iter().flat_map(words);
    words.filter(|(before, _)| *before == '.').map(|(_, word)| word).collect()
}

/// Every view of every kind.
fn all_views() -> Parts {
    let mut all = common_variables();
    for kind in Kind::all() {
        all.extend(variables(kind).1);
    }
    all
}

fn reachable(templates: &BTreeMap<String, String>, first: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut next = vec![first.to_owned()];
    while let Some(name) = next.pop() {
        let Some(text) = templates.get(&name).filter(|_| found.insert(name.clone())) else { continue };
        let named = ["{% extends \"", "{% include \""].iter().flat_map(|tag| text.split(tag).skip(1));
        next.extend(named.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    found
}

#[test]
fn every_kind_has_a_template() {
    let templates = templates("casebook");
    for kind in Kind::all() {
        assert!(templates.contains_key(&template_of(kind)), "no template for pages of kind {}", kind.name());
    }
}

#[test]
fn every_field_that_a_template_uses_is_there() {
    const LOOP: [&str; 5] = ["index", "index0", "first", "last", "length"];
    let known: BTreeSet<&str> =
        all_views().values().flat_map(|(_, fields)| fields).map(|field| field.name).collect();
    for (name, template) in templates("casebook").into_iter().chain(templates("logbook")) {
        for field in fields_used(&template) {
            let is_known = known.contains(field.as_str()) || LOOP.contains(&field.as_str());
            assert!(is_known, "{name} uses `.{field}`, which no view has");
        }
    }
}

#[test]
fn every_variable_of_a_page_is_used_by_its_template() {
    let templates = templates("casebook");
    for kind in Kind::all() {
        let (own, parts) = variables(kind);
        let text: String =
            reachable(&templates, &template_of(kind)).iter().map(|name| templates[name].as_str()).collect();
        let used: BTreeSet<String> = code(&text).into_iter().flat_map(words).map(|(_, word)| word).collect();
        for field in parts[own].1.iter() {
            assert!(
                used.contains(field.name),
                "{} has `{}`, which {} does not use",
                own,
                field.name,
                template_of(kind)
            );
        }
    }
}

/// Only markup that was made safe in the program is written without escaping.
#[test]
fn no_template_turns_escaping_off() {
    for (name, template) in templates("casebook").into_iter().chain(templates("logbook")) {
        assert!(!template.contains("safe") && !template.contains("autoescape"), "{name} turns escaping off");
        if let Some(attribute) = template.split("={{").nth(1) {
            panic!("{name} has an attribute without quotes: ={{{{{}", &attribute[..attribute.len().min(40)]);
        }
    }
}

#[test]
fn the_documentation_says_what_there_is() {
    let path = themes().join("README.md");
    let text = fs::read_to_string(&path).expect("themes/README.md");
    let (written, found) = text.split_once(BEGIN).expect("the line that the reference begins with");
    let reference = reference();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, format!("{written}{BEGIN}{reference}")).expect("themes/README.md is written");
        return;
    }
    assert!(found == reference, "themes/README.md is behind: run UPDATE_EXPECT=1 cargo test --test themes");
}

/// Kinds, variables, views, blocks and custom properties, as a reader looks them up.
fn reference() -> String {
    let mut out = String::new();
    kinds(&mut out);
    views(&mut out);
    blocks(&mut out);
    properties(&mut out);
    out
}

fn kinds(out: &mut String) {
    out.push_str("\n## Page kinds\n\n| kind | template | shows | its variables |\n|---|---|---|---|\n");
    for kind in Kind::all() {
        let (view, _) = variables(kind);
        let about = kind.definition().about;
        writeln!(
            out,
            "| `{}` | `{}` | {about} | [{view}](#{}) |",
            kind.name(),
            template_of(kind),
            view.to_lowercase()
        )
        .expect("text");
    }
    out.push_str(
        "\nEvery page also has `root`, which leads to the archive's top (`\"\"`, `\"../\"`, `\"../../\"`),\n",
    );
    out.push_str("`site` ([SiteView](#siteview)) and `page` ([PageView](#pageview)).\n");
}

fn views(out: &mut String) {
    out.push_str("\n## Variables\n");
    let views = all_views();
    for (name, (about, fields)) in &views {
        write!(out, "\n### {name}\n\n{about}\n\n| field | kind | what it is |\n|---|---|---|\n")
            .expect("text");
        for field in fields {
            let shape = linked(&field.shape, &views);
            writeln!(out, "| `{}` | {shape} | {} |", field.name, field.about.replace('|', "\\|"))
                .expect("text");
        }
    }
}

fn linked(shape: &str, views: &Parts) -> String {
    let word = |word: &str| match views.contains_key(word) {
        true => format!("[{word}](#{})", word.to_lowercase()),
        false => word.to_owned(),
    };
    shape.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn blocks(out: &mut String) {
    out.push_str(
        "\n## Blocks\n\nWhat a template may replace after `{% extends \"casebook/…\" %}`.\n\n| template | blocks |\n|---|---|\n",
    );
    for (name, text) in templates("casebook") {
        let blocks: Vec<String> = text
            .split("{% block ")
            .skip(1)
            .filter_map(|rest| rest.split(' ').next())
            .map(|block| format!("`{block}`"))
            .collect();
        if !blocks.is_empty() {
            writeln!(out, "| `{name}` | {} |", blocks.join(", ")).expect("text");
        }
    }
    let parts: Vec<String> = templates("casebook")
        .keys()
        .filter(|name| name.starts_with("parts/"))
        .map(|name| format!("`{name}`"))
        .collect();
    write!(
        out,
        "\nParts that templates include, each of which a site may have its own of: {}.\n",
        parts.join(", ")
    )
    .expect("text");
}

fn properties(out: &mut String) {
    let style = fs::read_to_string(themes().join("casebook/assets/style.css")).expect("the stylesheet");
    out.push_str("\n## Custom properties\n\nWhat `assets/custom.css` may set on `:root`, with the default's values.\n\n| property | value |\n|---|---|\n");
    let root = style.split(":root{").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
    for declaration in root.split(';').map(str::trim).filter(|declaration| declaration.starts_with("--")) {
        let (name, value) = declaration.split_once(':').expect("name and value");
        writeln!(out, "| `{name}` | `{value}` |").expect("text");
    }
}
