//! Pages open in a browser while their documents are written.
//!
//! `cargo test -p casebook-browser-tests --test preview_browser` needs what `tests/run` installs.

use casebook_browser_tests::Browser;
use casebook_browser_tests::server::Server;
use std::fs;

/// The overlay's text, from inside its shadow.
const OVERLAY: &str =
    "document.querySelector('casebook-live')?.shadowRoot.querySelector('.overlay')?.textContent";

/// A postmortem whose page is `incidents/<name>.html`.
fn postmortem(title: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2024-03-05\nservices: [booking]\n---\n\n## Summary\n\n{text}\n\n\
         ## Timeline\n\n- 10:00 Alarm.\n- 10:30 Fixed.\n"
    )
}

fn long(text: &str) -> String {
    postmortem("One", &format!("{text}\n\n{}", "A line of a long text.\n\n".repeat(200)))
}

fn server() -> Server {
    Server::start(&[
        ("content/one.md", &long("As it was.")),
        ("content/two.md", &postmortem("Two", "Another.")),
    ])
}

#[test]
fn a_page_follows_its_document() {
    let server = server();
    let browser = Browser::start();
    browser.open(&server.url("incidents/one.html"));
    browser.wait("document.querySelector('casebook-live')");
    browser.run("window.scrollTo({ top: 1500, behavior: 'instant' })");
    browser.wait("window.scrollY === 1500");

    server.write("content/one.md", &long("As it is now."));
    browser.wait("document.body.textContent.includes('As it is now.')");
    browser.wait("Math.abs(window.scrollY - 1500) < 3");

    server.write("content/one.md", "---\ntitle: One\ndate: soon\n---\n\nText.\n");
    browser.wait(&format!("({OVERLAY} ?? '').includes('content/one.md:3:')"));
    // The last good page is still under it.
    browser.wait("document.body.textContent.includes('As it is now.')");

    server.write("content/one.md", &long("Mended."));
    browser.wait("document.body.textContent.includes('Mended.')");
    browser.wait(&format!("document.querySelector('casebook-live') && !{OVERLAY}"));

    fs::remove_file(server.path("content/one.md")).expect("removed");
    browser.wait("document.body.dataset.kind === 'not-found'");
    server.write("content/one.md", &long("Back again."));
    browser.wait("document.body.textContent.includes('Back again.')");
}

#[test]
fn the_style_is_swapped_and_other_tabs_are_left_alone() {
    let server = server();
    let browser = Browser::start();
    browser.open(&server.url("incidents/two.html"));
    browser.wait("document.querySelector('casebook-live')");
    browser.run("window.stays = true");
    server.write("themes/casebook/assets/style.css", "body { color: rgb(1, 2, 3) }");
    browser.wait("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'");
    browser.wait("document.querySelectorAll('link[rel=stylesheet]').length === 1");
    server.write("content/one.md", &long("Only the text of another page."));
    server.wait_for("incidents/one.html", "Only the text of another page.");
    server.write(
        "content/two.md",
        "---\ntitle: Two\ndate: 2024-03-05\nservices: [booking]\nseverity: [\n---\n\nBroken.\n",
    );
    browser.wait(OVERLAY);
    assert_eq!(browser.run("return window.stays"), true, "the page was not loaded again");
}

#[test]
fn several_tabs_follow_one_document() {
    let server = server();
    let browser = Browser::start();
    browser.open(&server.url("incidents/one.html"));
    browser.open_tab(&server.url("incidents/one.html"));
    server.write("content/one.md", &long("In both tabs."));
    for tab in [0, 1] {
        browser.show_tab(tab);
        browser.wait("document.body.textContent.includes('In both tabs.')");
    }
}

#[test]
fn remarks_open_from_a_corner() {
    let server = server();
    let browser = Browser::start();
    browser.open(&server.url("incidents/two.html"));
    browser.wait("document.querySelector('casebook-live')?.shadowRoot.querySelector('.corner summary')");
    browser
        .run("document.querySelector('casebook-live').shadowRoot.querySelector('.corner summary').click()");
    let corner =
        browser.run("return document.querySelector('casebook-live').shadowRoot.querySelector('.corner[open]').textContent");
    assert!(corner.as_str().is_some_and(|text| text.contains("Not found in the text")), "{corner}");
}
