//! A reader with a keyboard and nothing else, in a real Chromium: from home to what happened, why, and when before.
//!
//! `cargo test -p casebook-browser-tests --test pages_browser` needs what `tests/run` installs.

use casebook_browser_tests::Browser;
use casebook_browser_tests::archive::Archive;
use casebook_browser_tests::files::{serve, serve_with_not_found};

const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

/// More links than any page of this archive has.
const MANY: usize = 200;

const DOCUMENTS: &[(&str, &str)] = &[
    (
        "2024-05-02-printer.md",
        "# Ticket printer ran out of threads\n\n## Summary\n\nThe ticket desk printed blank tickets on 2 May 2024 from 09:10 to 10:40 UTC.\n\n\
         ## Root cause\n\nThe spooler's pool of worker threads was full, because each blank ticket was printed again.\n\n\
         ## Timeline\n\n- 09:10 The first blank ticket is seen.\n- 09:25 The alert on queue length fires.\n- 10:40 Tickets print again.\n",
    ),
    (
        "2023-08-19-queue.md",
        "# Queue of the ticket desk filled up\n\n## Summary\n\nThe ticket desk stood still on 19 August 2023 from 14:00 to 14:45 UTC.\n\n\
         ## Root cause\n\nThe spooler's pool of worker threads was full after the holiday crowd.\n\n\
         ## Timeline\n\n- 14:00 The queue grows.\n- 14:45 The queue is empty.\n",
    ),
];

fn archive() -> Archive {
    Archive::of(DOCUMENTS.iter().copied())
}

/// Presses Tab until an element that the selector names has the focus, and can be seen.
fn tab_to(browser: &Browser, selector: &str) {
    let reached = format!(
        "const e = document.activeElement, box = e.getBoundingClientRect();
         return e.matches({selector:?}) && box.width > 0 && box.top < innerHeight && box.bottom > 0"
    );
    for _ in 0..MANY {
        browser.press(TAB);
        if browser.run(&reached) == true {
            return;
        }
    }
    panic!("Tab never reaches {selector} on {}", browser.run("return location + document.body.innerText"));
}

/// Follows a link with the keyboard, to a page of this kind.
fn follow(browser: &Browser, selector: &str, kind: &str) {
    tab_to(browser, selector);
    let target = browser.run("return document.activeElement.href.split('#')[0]");
    browser.press(ENTER);
    browser.wait(&format!("location.href.split('#')[0] === {target} && document.readyState === 'complete'"));
    assert_eq!(browser.run("return document.body.dataset.kind"), kind, "{target}");
}

fn heading(browser: &Browser) -> String {
    browser.run("return document.querySelector('h1').innerText").as_str().unwrap_or_default().to_owned()
}

/// Home, a cause, an incident, the words that a fact was read from, and an incident like it.
fn walk(browser: &Browser, top: &str) {
    browser.open(&format!("{top}index.html"));
    follow(browser, "main a[href$='causes/capacity.html']", "cause");
    follow(browser, "main a[href$='2024-05-02-printer.html']", "incident");
    assert_eq!(heading(browser), "Ticket printer ran out of threads");

    tab_to(browser, "#fact-when > summary");
    assert_eq!(browser.run("return document.activeElement.parentElement.open"), false);
    browser.press(ENTER);
    browser.wait("document.activeElement.parentElement.open");
    let quote = browser.run("return document.querySelector('#fact-when q').innerText");
    tab_to(browser, "#fact-when .ev a");
    browser.press(ENTER);
    browser.wait("document.querySelector('.prose mark:target')");
    let marked = browser.run("return document.querySelector('mark:target').innerText");
    assert!(
        quote.as_str().zip(marked.as_str()).is_some_and(|(quote, marked)| quote.contains(marked)),
        "{marked} is not in {quote}"
    );
    browser.wait(
        "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.querySelector('mark:target').getBoundingClientRect())",
    );

    follow(browser, ".rel a", "incident");
    assert_eq!(heading(browser), "Queue of the ticket desk filled up");
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn the_keyboard_reaches_everything_on_http() {
    let archive = archive();
    walk(&Browser::start(), &serve(&archive.public(), "/", ""));
}

#[test]
fn the_keyboard_reaches_everything_from_disk() {
    let archive = archive();
    walk(&Browser::start(), &archive.on_disk());
}

#[test]
fn the_keyboard_reaches_everything_with_scripts_off() {
    let archive = archive();
    let browser = Browser::without_scripts();
    walk(&browser, &serve(&archive.public(), "/", ""));
    assert_eq!(browser.run("return document.documentElement.dataset.js ?? 'off'"), "off");
}

#[test]
fn former_addresses_forward_to_the_part_that_was_asked_for() {
    let front = "---\ndate: 2024-05-02\naliases: [/2024/printer.html, old-printer]\n---\n";
    let paragraphs = "The spooler stood still.\n\n".repeat(80);
    let text =
        format!("{front}# Ticket printer\n\n{paragraphs}## Notes\n\n{paragraphs}## Notes\n\n{paragraphs}");
    let archive = Archive::of([("printer.md", text.as_str())]);
    let top = serve(&archive.public(), "/a/b/", STRICT);
    let (scripts, none) = (Browser::start(), Browser::without_scripts());
    for (from, to) in [
        ("2024/printer.html#notes-1", "incidents/printer.html#user-content-notes-1"),
        ("incidents/old-printer.html#user-content-notes", "incidents/printer.html#user-content-notes"),
        ("incidents/old-printer.html#gone", "incidents/printer.html#gone"),
        ("incidents/old-printer.html", "incidents/printer.html"),
        ("incidents/printer.html#notes-1", "incidents/printer.html#user-content-notes-1"),
    ] {
        scripts.open(&format!("{top}{from}"));
        scripts.wait(&format!("location.href === '{top}{to}' && document.readyState === 'complete'"));
        let part = to.split_once('#').map(|(_, part)| part).filter(|part| *part != "gone");
        if let Some(part) = part {
            scripts.wait(&format!(
                "Math.abs(document.getElementById('{part}').getBoundingClientRect().top) < 100"
            ));
        }
        none.open(&format!("{top}{from}"));
        none.wait("location.pathname === '/a/b/incidents/printer.html'");
    }
    assert_eq!(scripts.diagnostics(), [""; 0]);
}

#[test]
fn a_page_that_is_not_found_is_readable_where_its_style_is_not() {
    let archive = archive();
    let top = serve_with_not_found(&archive.public(), "/a/b/");
    for from in ["nothing.html", "incidents/nothing.html", "causes/nothing.html"] {
        let browser = Browser::start();
        browser.open(&format!("{top}{from}"));
        assert_eq!(
            browser.run("return getComputedStyle(document.querySelector('.page')).maxWidth"),
            "none",
            "{from}"
        );
        assert_eq!(heading(&browser), "There is no page here");
        assert_eq!(browser.run("return document.querySelector('button.theme').checkVisibility()"), false);
        browser.run("document.querySelector('.note a[href=\"index.html\"]').click()");
        browser.wait("document.querySelector('link[rel=stylesheet]')?.sheet && document.body.dataset.kind !== 'not-found'");
    }
}
