//! Search in a real Chromium: on http, under a sub-path, from disk, and under the strictest policy.
//!
//! `cargo test -p casebook-browser-tests --test search_browser` needs what `tests/run` installs.

use casebook::search::Incidents;
use casebook_browser_tests::archive::{Archive, demo_site};
use casebook_browser_tests::files::serve;
use casebook_browser_tests::{Browser, fonts};
use serde_json::{Value, json};
use std::fmt::Write;

const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// What is asked, the title that comes first, and how many results there are.
const QUESTIONS: &[(&str, &str, u64)] = &[
    ("ticket printer", "Ticket printer ran out of threads", 1),
    ("Ticket printer ran out of threads", "Ticket printer ran out of threads", 1),
    ("tick", "Ticket printer ran out of threads", 1),
    ("printers", "Ticket printer ran out of threads", 1),
    ("prniter", "Ticket printer ran out of threads", 1),
    ("INC-1234", "Gate stayed shut", 1),
    ("1234", "Gate stayed shut", 1),
    ("us-east-1", "Gate stayed shut", 1),
    ("\"lease of the gate\"", "Gate stayed shut", 1),
    ("\"gate of the lease\"", "", 0),
    ("lease -gate", "Lease server slow", 1),
    ("lease service:gates", "Gate stayed shut", 1),
    ("cause:capacity", "Ticket printer ran out of threads", 1),
    ("severity:1 month:2024-03", "Gate stayed shut", 1),
    ("cafe", "Café lost its menu", 1),
    ("CAFÉ", "Café lost its menu", 1),
    ("停電", "Harbour lights went out", 1),
    ("OutOfMemoryError", "Ticket printer ran out of threads", 1),
    ("memory", "Ticket printer ran out of threads", 1),
    ("zzzyx", "", 0),
];

/// More chips than stand in one line of any screen.
const MANY_FILTERS: &str = "?cause=operation&cause=capacity&cause=network&cause=code&cause=data&cause=hardware\
                            &severity=1&severity=2&service=gates&service=leases&service=tickets&month=2024-03";

/// Words and filters of which the page has more to tell than of any others here.
const MUCH_TO_SAY: &str =
    "?q=prniter%20zzzyx%20drifted%20team:harbour%20colour:blue&cause=operation&severity=2";

const DOCUMENTS: &[(&str, &str)] = &[
    (
        "printer",
        "---\ntitle: Ticket printer ran out of threads\ndate: 2024-05-02\nseverity: 2\ncause: capacity\nservices: [tickets]\nduration: 90 minutes\n---\n\
         ## Summary\n\nTickets came out blank.\n\n## Root cause\n\nThe pool was full: java.lang.OutOfMemoryError: unable to create native thread.\n\n\
         ## Resolution\n\nWe raised the limit of threads from 64 to 512 and restarted the spooler.\n",
    ),
    (
        "gate",
        "---\ntitle: Gate stayed shut\ndate: 2024-03-09\nseverity: 1\ncause: network\nservices: [gates]\nduration: 20 minutes\n---\n\
         ## Summary\n\nSee INC-1234. The lease of the gate in us-east-1 was lost.\n\n## Resolution\n\nThe route to the lease server was put back by hand.\n",
    ),
    (
        "lease",
        "---\ntitle: Lease server slow\ndate: 2023-11-20\ncause: code\nservices: [leases]\n---\n## Summary\n\nEvery lease took a minute.\n",
    ),
    (
        "menu",
        "---\ntitle: Café lost its menu\ndate: 2023-02-01\ncause: data\n---\n## Summary\n\nThe boards were empty.\n",
    ),
    (
        "lights",
        "---\ntitle: Harbour lights went out\ndate: 2022-07-30\ncause: hardware\n---\n## Summary\n\n港で停電が発生した。\n",
    ),
];

/// An archive of the documents above and, to make it large, `more` that have nothing to do with them.
fn archive(more: usize) -> Archive {
    let mut documents: Vec<(String, String)> =
        DOCUMENTS.iter().map(|(name, text)| (format!("{name}.md"), (*text).to_owned())).collect();
    for n in 0..more {
        let text = format!(
            "---\ntitle: Buoy {n} drifted\ndate: 2020-01-{:02}\ncause: operation\n---\n## Summary\n\nA buoy left its berth.\n",
            1 + n % 28
        );
        documents.push((format!("buoy-{n}.md"), text));
    }
    Archive::of(documents.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "%{byte:02X}");
        all
    })
}

fn ask(browser: &Browser, top: &str, query: &str) {
    browser.open(&format!("{top}search.html?q={}", encoded(query)));
    settle(browser);
}

fn settle(browser: &Browser) {
    browser.wait("document.querySelector('#results').getAttribute('aria-busy') === 'false' && document.querySelector('#results').dataset.query !== undefined");
}

fn answers(browser: &Browser) -> (String, u64) {
    let first = browser.run("return document.querySelector('#results li a')?.textContent ?? ''");
    let total = browser.run("return +document.querySelector('#results').dataset.total");
    (first.as_str().unwrap_or_default().to_owned(), total.as_u64().unwrap_or(u64::MAX))
}

fn check_questions(browser: &Browser, top: &str) {
    for (query, title, total) in QUESTIONS {
        ask(browser, top, query);
        assert_eq!(answers(browser), ((*title).to_owned(), *total), "{query} at {top}");
    }
    assert_eq!(browser.diagnostics(), [""; 0], "{top}");
}

/// The files have letters for keys: under each name the engine finds what was written.
#[test]
fn the_engine_reads_what_is_written() {
    let archive = Archive::of_the_demo();
    let incidents = demo_site().searchable();
    let browser = Browser::start();
    browser.open(&format!("{}search.html", archive.on_disk()));
    settle(&browser);
    browser.run(
        "casebook.open(document.getElementById('results').dataset.index, casebook.load)
         .then(async (index) => { window.all = await Promise.all(Array.from({ length: index.n }, (_, d) => index.shown(d))); })",
    );
    browser.wait("window.all !== undefined");
    let read: Vec<Value> = serde_json::from_value(browser.run("return window.all")).expect("a list");
    assert_eq!(read.len(), incidents.count());
    for (number, read) in read.iter().enumerate() {
        let written = incidents.document(number);
        let day =
            written.day.map_or(String::new(), |(year, month, day)| format!("{year:04}-{month:02}-{day:02}"));
        let texts: Vec<Value> = written
            .texts
            .iter()
            .map(|(part, text)| json!([format!("{part:?}").to_lowercase(), text]))
            .collect();
        let expected = json!({
            "url": written.url, "title": written.title, "day": day, "when": written.when, "lasted": written.lasted,
            "values": written.facets, "texts": texts,
        });
        assert_eq!(*read, expected);
    }
}

#[test]
fn questions_are_answered_on_http_under_a_sub_path_and_from_disk() {
    let browser = Browser::start();
    let small = archive(0);
    let public = small.public();
    for top in [serve(&public, "/", ""), serve(&public, "/a/b/", ""), small.on_disk()] {
        check_questions(&browser, &top);
    }
    let large = archive(320);
    let public = large.public();
    for top in [serve(&public, "/", ""), large.on_disk()] {
        check_questions(&browser, &top);
    }
}

#[test]
fn the_strictest_policy_is_never_violated() {
    let browser = Browser::start();
    let small = archive(0);
    let top = serve(&small.public(), "/", STRICT);
    check_questions(&browser, &top);
    for hostile in [
        "<img src=x onerror=alert(1)>",
        "\"><script>alert(1)</script>",
        "javascript:alert(1)",
        "cause:<b>x</b>",
    ] {
        ask(&browser, &top, hostile);
        assert_eq!(
            browser.run("return document.querySelectorAll('#main img, #main script, #main b b').length"),
            0,
            "{hostile}"
        );
        assert_eq!(browser.run("return document.querySelector('#q').value"), hostile);
    }
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn the_browser_reads_words_as_the_index_was_written() {
    let browser = Browser::start();
    let small = archive(0);
    browser.open(&format!("{}search.html", serve(&small.public(), "/", "")));
    browser.wait("globalThis.casebook");
    let vectors: Vec<(String, Value)> =
        serde_json::from_str(include_str!("../../search/tokens.json")).expect("the vectors are JSON");
    for (text, expected) in vectors {
        let script = format!(
            "return casebook.tokens({}).map((u) => [...u.parts.map(([term]) => term), ...(u.whole ? ['=' + u.whole] : [])])",
            json!(text)
        );
        assert_eq!(browser.run(&script), expected, "{text}");
    }
}

#[test]
fn a_thousand_keystrokes_show_nothing_stale() {
    let browser = Browser::start();
    let large = archive(320);
    browser.open(&format!("{}search.html", serve(&large.public(), "/", STRICT)));
    settle(&browser);
    browser.run(
        "window.typed = ['']; window.shown = [];
         const box = document.querySelector('#q'), list = document.querySelector('#results');
         box.addEventListener('input', () => typed.push(box.value.trim()));
         new MutationObserver(() => shown.push(list.dataset.query)).observe(list, { attributes: true, attributeFilter: ['data-query'] });",
    );
    let phrases = [
        "ticket printer",
        "gate stayed shut",
        "\"lease of the gate\"",
        "buoy drifted -berth",
        "cause:capacity thr",
        "oufotmemory",
        "INC-1234 us-east-1",
    ];
    for phrase in phrases.iter().cycle() {
        let erase = "\u{e003}".repeat(phrase.chars().count());
        browser.type_into("q", phrase);
        browser.type_into("q", &erase);
        // Nothing but keys changes the box, however late results and filters arrive.
        assert_eq!(browser.run("return document.querySelector('#q').value"), "", "after {phrase}");
        if browser.run("return typed.length").as_u64() > Some(1_000) {
            break;
        }
    }
    browser.type_into("q", "ticket printer");
    browser.wait("document.querySelector('#results').dataset.query === 'ticket printer'");
    settle(&browser);
    assert_eq!(answers(&browser).0, "Ticket printer ran out of threads");
    // What is shown follows what was typed: never something older than what was shown before.
    let order = "let at = 0; return shown.every((query) => { const next = typed.indexOf(query, at); if (next < 0) return false; at = next; return true; })";
    assert_eq!(
        browser.run(order),
        true,
        "{} after {}",
        browser.run("return shown"),
        browser.run("return typed")
    );
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn filters_stand_in_the_address_and_the_back_button_takes_them_off() {
    let browser = Browser::start();
    let small = archive(0);
    let top = serve(&small.public(), "/", STRICT);
    ask(&browser, &top, "lease");
    assert_eq!(answers(&browser).1, 2);
    browser.wait("document.querySelector('input[name=cause][value=code]')");
    browser
        .wait("document.querySelector('input[name=cause][value=code]').parentElement.querySelector('span').textContent === '1'");
    browser.run("document.querySelector('input[name=cause][value=code]').click()");
    browser.wait("document.querySelector('#results').dataset.total === '1'");
    assert_eq!(answers(&browser).0, "Lease server slow");
    assert!(
        browser.run("return location.search").as_str().is_some_and(|search| search.contains("cause=code"))
    );
    assert_eq!(browser.run("return document.querySelector('#h-res').textContent"), "1 of 5 incidents");
    browser.wait("document.querySelector('#search-chips a')");
    browser.back();
    browser.wait("document.querySelector('#results').dataset.total === '2'");
    assert_eq!(browser.run("return document.querySelector('input[name=cause][value=code]').checked"), false);
    browser.open(&format!("{top}search.html?min=60&sort=longest"));
    browser.wait("document.querySelector('#results').dataset.total === '1'");
    assert_eq!(answers(&browser).0, "Ticket printer ran out of threads");
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn a_pasted_stack_trace_finds_what_fixed_it() {
    let browser = Browser::start();
    let small = archive(0);
    browser.open(&format!("{}search.html", serve(&small.public(), "/", STRICT)));
    settle(&browser);
    // What tells most stands last, far behind what the address remembers.
    let frames: String = (0..150).fold("Exception in thread \"main\" -Xmx512m\n".to_owned(), |trace, n| {
        format!("{trace}\tat org.example.spool.Worker{n}.run(Worker.java:{n})\n")
    });
    let trace = format!(
        "{frames}Caused by: java.lang.OutOfMemoryError: unable to create \"native thread\" at 0x7f3a\n"
    );
    let paste = format!(
        "const data = new DataTransfer(); data.setData('text', {});
         document.querySelector('#q').dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, cancelable: true }}))",
        json!(trace)
    );
    browser.run(&paste);
    browser.wait("document.querySelector('#results li')");
    assert_eq!(answers(&browser).0, "Ticket printer ran out of threads");
    let first = browser.run("return document.querySelector('#results li').textContent");
    assert!(first.as_str().is_some_and(|text| text.contains("We raised the limit of threads")), "{first}");
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn filters_narrow_count_and_order() {
    let browser = Browser::start();
    let small = archive(0);
    let top = serve(&small.public(), "/", STRICT);
    let titles = "return [...document.querySelectorAll('#results h3')].map((title) => title.textContent)";
    for (state, expected) in [
        (
            "sort=oldest",
            json!([
                "Harbour lights went out",
                "Café lost its menu",
                "Lease server slow",
                "Gate stayed shut",
                "Ticket printer ran out of threads"
            ]),
        ),
        ("service=gates&service=leases", json!(["Gate stayed shut", "Lease server slow"])),
        ("service=gates&service=leases&match=all", json!([])),
        ("from=2023-02&to=2023", json!(["Lease server slow", "Café lost its menu"])),
        ("max=30", json!(["Gate stayed shut"])),
        ("month=2024-03&month=2024-05", json!(["Ticket printer ran out of threads", "Gate stayed shut"])),
        ("q=-cause:data%20-lease%20date:2024", json!(["Ticket printer ran out of threads"])),
    ] {
        browser.open(&format!("{top}search.html?{state}"));
        settle(&browser);
        assert_eq!(browser.run(titles), expected, "{state}");
    }
    browser.open(&format!("{top}search.html?severity=1&cause=data"));
    browser.wait("document.querySelectorAll('#search-chips a').length === 3");
    let note = browser.run("return document.querySelector('#search-note').textContent");
    assert!(note.as_str().is_some_and(|note| note.contains("Without the filters there are 5")), "{note}");
    browser.run("document.querySelector('#search-chips a').click()");
    browser.wait("document.querySelector('#results').dataset.total === '1'");
    assert_eq!(browser.run("return location.search"), "?cause=data");
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn nothing_moves_when_results_and_filters_come() {
    let large = archive(320);
    let top = serve(&large.public(), "/", STRICT);
    for fonts in fonts::ALL {
        let browser = Browser::with_fonts(fonts);
        check_shifts(&browser, &top);
        assert_eq!(browser.fonts_of("#search-count"), [fonts.sans.to_owned()].into());
        assert_eq!(browser.diagnostics(), [""; 0]);
    }
}

fn check_shifts(browser: &Browser, top: &str) {
    let shifts = "const all = [], observer = new PerformanceObserver(() => {});
                  observer.observe({ type: 'layout-shift', buffered: true });
                  for (const shift of observer.takeRecords()) all.push([shift.value, shift.sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 80))]);
                  return all";
    for (width, height) in [(320, 640), (500, 800), (1280, 800), (1600, 1200)] {
        browser.emulate(width, height);
        for query in
            ["?q=buoy", "?q=lease", "?q=zzzyx", "?cause=capacity&severity=2", MANY_FILTERS, MUCH_TO_SAY, ""]
        {
            browser.open(&format!("{top}search.html{query}"));
            settle(browser);
            // On a narrow screen nothing draws filters until something is asked.
            if width > 1000 || !query.is_empty() {
                browser.wait(
                    "document.querySelector('#search-filters fieldset') && document.querySelector('.opt span')?.textContent",
                );
            }
            assert_eq!(browser.run(shifts), json!([]), "{query} at {width}");
        }
    }
}

#[test]
fn more_results_come_by_the_keyboard_and_are_announced() {
    let browser = Browser::start();
    let large = archive(25);
    ask(&browser, &serve(&large.public(), "/", STRICT), "buoy");
    assert_eq!(browser.run("return document.querySelectorAll('#results li').length"), 10);
    assert_eq!(
        browser.run("return document.querySelector('[aria-live=polite]').textContent"),
        "25 of 30 incidents"
    );
    browser.run("document.querySelector('#search-more button').focus()");
    browser.press('\u{e007}');
    browser.wait("document.querySelectorAll('#results li').length === 20");
    browser.wait("document.activeElement === document.querySelectorAll('#results h3 a')[10]");
    assert_eq!(browser.diagnostics(), [""; 0]);
}

#[test]
fn without_scripts_the_page_says_so_and_offers_the_lists() {
    let browser = Browser::without_scripts();
    let small = archive(0);
    browser.open(&format!("{}search.html?q=lease", serve(&small.public(), "/", STRICT)));
    let text = browser.run("return document.querySelector('#main').innerText");
    let text = text.as_str().unwrap_or_default();
    assert!(
        text.contains("Search and filters need scripts, which are off")
            && text.contains("Or read all incidents"),
        "{text}"
    );
    assert_eq!(browser.run("return document.querySelectorAll('#main .note a[href]').length > 3"), true);
}

#[test]
fn the_keyboard_is_enough() {
    let browser = Browser::start();
    let small = archive(0);
    ask(&browser, &serve(&small.public(), "/", STRICT), "lease");
    let focused = "return document.activeElement.textContent || document.activeElement.id";
    browser.type_into("q", "\u{e015}");
    assert_eq!(
        browser.run(focused),
        browser.run("return document.querySelector('#results li a').textContent")
    );
    browser.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))");
    assert_eq!(browser.run(focused), "q");
}
