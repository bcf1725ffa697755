//! What people come to an archive for, each done in a real Chromium with its number of actions:
//! clicks, pages opened and texts pasted, beginning on the page that they see first.
//!
//! `cargo test -p casebook-browser-tests --test tasks_browser` needs what `tests/run` installs.

use casebook_browser_tests::Browser;
use casebook_browser_tests::archive::Archive;
use serde_json::{Value, json};
use std::fs;

/// A common phone.
const PHONE: (u32, u32) = (390, 844);

/// Where the answer ends, and what it answers.
const ANSWER: &str =
    "const card = document.querySelector('.short'), { bottom } = card.getBoundingClientRect();
                      return [bottom <= innerHeight || bottom,
                              [...card.querySelectorAll('.k')].map((key) => key.textContent)]";

/// The line that corrects a fact, where it is seen.
const FIX: &str = "return [...document.querySelectorAll('#fact-impact .fix')]
                   .filter((fix) => fix.checkVisibility()).map((fix) => fix.textContent)";

#[test]
fn on_a_phone_the_answer_is_on_the_first_screen() {
    let demo = Archive::of_the_demo();
    let browser = Browser::start();
    let pages: Vec<String> = fs::read_dir(demo.public().join("incidents"))
        .expect("a folder of incidents")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".html"))
        .collect();
    assert!(pages.len() > 15, "{}", pages.len());
    for page in &pages {
        browser.open(&format!("{}incidents/{page}", demo.on_disk()));
        browser.emulate(PHONE.0, PHONE.1);
        let answer = browser.run(&format!("if (!document.querySelector('.short')) return null; {ANSWER}"));
        assert!(answer.is_null() || answer[0] == json!(true), "{page}: {answer}");
    }
    browser.open(&format!("{}incidents/2024-06-28-checkout-latency.html", demo.on_disk()));
    let answer = browser.run(ANSWER);
    assert_eq!(answer, json!([true, ["What happened", "Why", "What fixed it", "Still open"]]));
}

/// One action: the fact is opened.
#[test]
fn an_opened_fact_shows_the_line_that_corrects_it() {
    let demo = Archive::of_the_demo();
    let browser = Browser::start();
    browser.open(&format!("{}incidents/2024-06-28-checkout-latency.html", demo.on_disk()));
    assert_eq!(browser.run(FIX), Value::Array(Vec::new()));
    browser.click("#fact-impact summary");
    assert_eq!(browser.run(FIX), json!(["affected_percent: 31"]));
}

/// What the results say: title, and what fixed it; and how many are near.
const RESULTS: &str = "return [...document.querySelectorAll('#results > li')].map((item) => \
                       [item.querySelector('h3').textContent, /What fixed it: ./.test(item.textContent)])";

/// Two actions: the search page is opened with its key, the alert is pasted.
#[test]
fn a_pasted_alert_finds_the_incidents_that_are_about_it() {
    let demo = Archive::of_the_demo();
    let browser = Browser::start();
    browser.open(&format!("{}causes/index.html", demo.on_disk()));
    browser.press('/');
    browser.wait("document.body.dataset.kind === 'search' && document.activeElement.id === 'q'");
    browser.type_into("q", "connection pool exhausted postgres timeouts after deploy");
    browser.wait("document.querySelectorAll('#results > li').length > 4 && document.getElementById('results').ariaBusy === 'false'");
    let results = browser.run(RESULTS);
    let first = [
        "Checkout took forty seconds on the first day of the summer sale",
        "Login slowed to a stop when the winter sale opened",
    ];
    assert_eq!(results.as_array().map(Vec::len), Some(5), "{results}");
    assert_eq!(results[0][1], true, "the first says what fixed it: {results}");
    for (nth, title) in first.iter().enumerate() {
        assert_eq!(results[nth][0], **title, "{results}");
    }
}

#[test]
fn tickets_levels_and_signs_are_searched_as_they_are_written() {
    let demo = Archive::of_the_demo();
    let browser = Browser::start();
    let count = |query: &str| {
        browser.open(&format!("{}search.html?q={query}", demo.on_disk()));
        browser.wait("document.getElementById('results').dataset.query !== undefined");
        browser.run("return [+document.getElementById('results').dataset.total, document.getElementById('search-note').textContent]")
    };
    assert_eq!(count("PLAT-162")[0], 1);
    assert_eq!(count("PLAT-999")[0], 0);
    assert!(count("SEV-1")[0].as_u64() > Some(3), "{}", count("SEV-1"));
    let signs = count("%F0%9F%99%82");
    assert!(signs[0] == 0 && signs[1].to_string().contains("has no letter and no digit"), "{signs}");
}

/// Two actions from home: the ledger is opened, and what is overdue in it.
#[test]
fn what_is_overdue_is_shown_by_owner() {
    let demo = Archive::of_the_demo();
    let browser = Browser::start();
    browser.open(&format!("{}index.html", demo.on_disk()));
    browser.click(".top a[href$='actions/index.html']");
    browser.wait("document.querySelector('[data-tab=overdue]')");
    browser.click("[data-tab=overdue]");
    let shown = browser
        .run("return [...document.querySelectorAll('.it')].filter((row) => row.checkVisibility()).length");
    let late = browser.run("return document.querySelectorAll('.late').length");
    assert!(late.as_u64() > Some(0) && shown == late, "{shown} of {late}");
    let by_owner = browser.run("return [...document.querySelectorAll('.owners tbody tr')].reduce((sum, row) => sum + +row.cells[1].textContent, 0)");
    assert_eq!(by_owner, late);
    browser.run("[...document.querySelectorAll('.owners button')].find((button) => button.textContent === 'Platform').click()");
    assert_eq!(browser.run("return location.search"), json!("?tab=overdue&owner=platform"));
}
