//! Themes by what they render: every kind of page of small archives, and what goes
//! wrong in a template.

use super::*;
use crate::archive::Archive;
use crate::archive::samples::{archive, incident, known};
use crate::document::html::{Resolve, Target};
use crate::incident::{Action, Event, Incident, Moment, Phase};
use crate::pages::{Offers, Pages, Text};

/// The folder of the site's own theme.
const FOLDER: &str = "themes/mine";

struct Nowhere;

impl Resolve for Nowhere {
    fn link(&self, dest: &str) -> Target {
        Target::Outside(dest.to_owned())
    }
    fn image(&self, dest: &str) -> Target {
        Target::Outside(dest.to_owned())
    }
    fn image_size(&self, _: &str) -> Option<(u32, u32)> {
        None
    }
}

/// An archive with every value that a page can show, and one with next to none.
fn sample() -> Archive {
    let event = |hour: i8, minutes: i64, phase: Option<Phase>| Event {
        at: Moment { date: None, time: jiff::civil::Time::new(hour, 30, 0, 0).ok() },
        text: "Something <b>happened</b>".to_owned(),
        line: 9,
        span: Default::default(),
        minutes: Some(minutes),
        phase,
    };
    let action = |done: Option<bool>| Action {
        text: "Alert on queue depth".to_owned(),
        done,
        owner: Some("Platform".to_owned()),
        due: Some("2024-09-30".to_owned()),
        ticket: Some("https://tickets.example/PLAT-162".to_owned()),
        line: 30,
        span: Default::default(),
    };
    let full = |slug: &str, date: &str| Incident {
        summary: Some(known("Checkout slowed down. Then it stopped.".to_owned())),
        start: Some(known(Moment {
            date: date.parse().ok(),
            time: jiff::civil::Time::new(16, 30, 0, 0).ok(),
        })),
        start_utc: Some(format!("{date}T14:30:00Z")),
        zone: Some(known("CEST".to_owned())),
        duration: Some(known(94.0)),
        time_to_detect: Some(known(11.0)),
        time_to_mitigate: Some(known(66.0)),
        affected: Some(known(31.0)),
        severity: Some(known("SEV 1".to_owned())),
        root_cause: Some(known("The pool was too small.".to_owned())),
        tags: vec![known("queue".to_owned())],
        factors: vec![known("monitoring-gap".to_owned())],
        timeline: vec![
            event(16, 0, None),
            event(17, 60, Some(Phase::CauseFound)),
            event(18, 94, Some(Phase::Resolved)),
        ],
        actions: vec![action(Some(false)), action(Some(true)), action(None)],
        aliases: vec![format!("old-{slug}")],
        ..incident(slug, date, "capacity", "checkout")
    };
    archive(vec![
        full("a", "2023-05-19"),
        full("b", "2024-06-28"),
        full("c", "2024-11-29"),
        full("d", "2024-11-30"),
        incident("bare", "", "", ""),
    ])
}

fn files(theme: &Theme, archive: Archive, config: Config, offers: Offers) -> BTreeMap<String, String> {
    let (pages, planned) = Pages::plan(Arc::new(archive), Arc::new(config), offers);
    let mut files = BTreeMap::new();
    for page in planned {
        let text = Text { text: "# Title\n\nThe words.\n", start: 0, shown: "a.md", resolve: &Nowhere };
        let (context, _) = pages.view(&page, Some(&text));
        let html = theme.render(page.kind(), &context).unwrap_or_else(|d| panic!("{}: {d:?}", page.url()));
        files.insert(page.url().to_owned(), html);
    }
    files
}

fn site(archive: Archive) -> BTreeMap<String, String> {
    let config =
        Config { base_url: Some("https://example.org/x/".to_owned()), paginate: 2, ..Config::default() };
    let (theme, diagnostics) = Theme::new(&BTreeMap::new(), FOLDER, &config);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let offers = Offers { search: !archive.incidents.is_empty() };
    files(&theme, archive, config, offers)
}

fn own(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

#[test]
fn every_kind_of_page_renders() {
    let site = site(sample());
    let kinds: std::collections::BTreeSet<&str> =
        site.values().filter_map(|html| html.split("data-kind=\"").nth(1)?.split('"').next()).collect();
    for kind in Kind::all() {
        assert!(kinds.contains(kind.name()), "no page of kind {} among {kinds:?}", kind.name());
    }
    let page = &site["incidents/b.html"];
    for words in [
        "28 June 2024, 16:30 CEST",
        "1 h 34 min",
        "31 %",
        "SEV 1",
        "Capacity and load",
        "&lt;b&gt;happened",
        "+94",
        "Happened again on",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(site["incidents/bare.html"].contains("Not found in the text: "));
}

#[test]
fn small_and_empty_archives_render() {
    let empty = site(archive(Vec::new()));
    assert_eq!(empty.keys().collect::<Vec<_>>(), ["404.html", "incidents/index.html", "index.html"]);
    assert!(empty["index.html"].contains("There is no postmortem here yet"));
    let one = site(archive(vec![incident("only", "2024-06-28", "data", "db")]));
    assert!(one["index.html"].contains("1 incident"));
}

#[test]
fn a_site_replaces_one_block_of_one_page() {
    let own = own(&[(
        "templates/incident.html",
        "{% extends \"casebook/incident.html\" %}{% block alike %}<p>Ask the archivist</p>{% endblock %}",
    )]);
    let (theme, diagnostics) = Theme::new(&own, FOLDER, &Config::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let site = files(&theme, sample(), Config::default(), Offers::default());
    assert!(
        site["incidents/b.html"].contains("Ask the archivist")
            && !site["incidents/b.html"].contains("same cause")
    );
    assert!(site["incidents/b.html"].contains("1 h 34 min"));
}

/// Facets share two templates, and a theme may have its own of any of them.
#[test]
fn a_site_changes_one_facet_or_all() {
    let block = |name: &str, words: &str| {
        format!("{{% extends \"casebook/{name}\" %}}{{% block list %}}<p>{words}</p>{{% endblock %}}")
    };
    let [cause, tags, values] =
        [("cause.html", "One cause"), ("tags.html", "All tags"), ("values.html", "All of them")]
            .map(|(name, words)| (format!("templates/{name}"), block(name, words)));
    let own = own(&[&cause, &tags, &values].map(|(path, text)| (path.as_str(), text.as_str())));
    let (theme, diagnostics) = Theme::new(&own, FOLDER, &Config::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let site = files(&theme, sample(), Config::default(), Offers::default());
    assert!(site["causes/capacity.html"].contains("One cause"));
    assert!(!site["tags/queue.html"].contains("One cause"));
    assert!(site["tags/index.html"].contains("All tags"));
    assert!(site["services/index.html"].contains("All of them"));
    assert!(eject("cause.html", &Config::default()).is_ok());
}

#[test]
fn a_site_replaces_the_frame_of_every_page() {
    let own = own(&[(
        "templates/base.html",
        "{% extends \"casebook/base.html\" %}{% block footer %}<p>Our own</p>{% endblock %}",
    )]);
    let (theme, _) = Theme::new(&own, FOLDER, &Config::default());
    let site = files(&theme, sample(), Config::default(), Offers::default());
    assert!(site.values().all(|html| html.contains("Our own")));
}

#[test]
fn the_second_theme_stands_on_the_first() {
    let config = Config { theme: "logbook".to_owned(), ..Config::default() };
    let (theme, diagnostics) = Theme::new(&BTreeMap::new(), FOLDER, &config);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let style = theme.assets().iter().find(|asset| asset.path.contains("style.")).expect("a stylesheet");
    assert!(String::from_utf8_lossy(&style.bytes).contains("logbook"));
    let site = files(&theme, sample(), config, Offers::default());
    assert!(!site["index.html"].contains("Made with casebook"));
}

fn diagnostics(files: &[(&str, &str)]) -> String {
    let config = Config { theme: "mine".to_owned(), ..Config::default() };
    let (theme, diagnostics) = Theme::new(&own(files), FOLDER, &config);
    assert!(!theme.tera.get_template_names().collect::<Vec<_>>().is_empty());
    crate::diagnostic::human(&diagnostics, crate::diagnostic::Places::All, false)
}

#[test]
fn what_is_wrong_with_a_template_is_told_with_its_place() {
    for (files, expected) in [
        (&[("templates/home.html", "a\n{% if %}")][..], &["themes/mine/templates/home.html:2:"][..]),
        (
            &[("templates/home.html", "{{ x | shout }}")],
            &["Unknown filter `shout`", "themes/mine/templates/home.html:1:8"],
        ),
        (
            &[("templates/home.html", "\n{% include \"gone.html\" %}")],
            &["themes/mine/templates/home.html:2:", "include \"gone.html\" %}\n  |            ^^^^^^^^^^^"],
        ),
        (
            &[("templates/home.html", "{% extends \"bass.html\" %}")],
            &["no template `bass.html` to extend", "home.html:1:13"],
        ),
        (
            &[
                ("templates/a.html", "{% include \"b.html\" %}"),
                ("templates/b.html", "{% include \"a.html\" %}"),
            ],
            &["includes itself", "site/a.html → site/b.html → site/a.html"],
        ),
        (&[("templates/home.html", "{% extends \"home.html\" %}")], &["extends itself", "home.html:1:"]),
    ] {
        let text = diagnostics(files);
        for words in expected {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
    }
}

#[test]
fn an_unknown_variable_is_told_when_the_page_is_rendered() {
    let own = own(&[("templates/home.html", "<p>\n{{ site.titel }}")]);
    let config = Config { theme: "mine".to_owned(), ..Config::default() };
    let (theme, _) = Theme::new(&own, FOLDER, &config);
    let (pages, planned) = Pages::plan(Arc::new(sample()), Arc::new(config), Offers::default());
    let page = planned.into_iter().find(|page| page.kind() == Kind::Home).expect("a home page");
    let error = theme.render(Kind::Home, &pages.view(&page, None).0).expect_err("there is no such variable");
    let place = error.place.as_ref().expect("a place");
    assert_eq!((place.path.as_str(), place.line), ("themes/mine/templates/home.html", 2), "{error:?}");
}

#[test]
fn a_theme_that_is_not_there_is_an_error_and_the_default_stands_in() {
    let config = Config { theme: "casebok".to_owned(), ..Config::default() };
    let (theme, diagnostics) = Theme::new(&BTreeMap::new(), FOLDER, &config);
    assert!(diagnostics[0].help.as_deref().is_some_and(|help| help.contains("casebook")), "{diagnostics:?}");
    assert!(theme.assets().len() >= 3);
}

#[test]
fn a_built_in_file_can_be_copied_out() {
    let config = Config::default();
    assert_eq!(eject("incident.html", &config).expect("there is one").path, "templates/incident.html");
    assert_eq!(eject("assets/style.css", &config).expect("there is one").path, "assets/style.css");
    let error = eject("incidnet.html", &config).expect_err("there is none");
    assert!(error.help.as_deref().is_some_and(|help| help.contains("incident.html")), "{error:?}");
}
