//! No page of the demo archive scrolls sideways on a narrow screen, whatever fonts the machine has.
//!
//! `cargo test -p casebook-browser-tests --test layout_browser` needs what `tests/run` installs.

use casebook_browser_tests::archive::Archive;
use casebook_browser_tests::{Browser, fonts};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// How many pages of each kind are looked at: the largest.
const PAGES: usize = 2;

/// The narrowest screen that pages are made for, and a common one.
const WIDTHS: [u32; 2] = [320, 390];

/// Spacing that a reader may ask for (WCAG 2.2, 1.4.12).
const SPACED: &str = "const style = new CSSStyleSheet();
                      style.replaceSync('* { letter-spacing: .12em !important; word-spacing: .16em !important; \
                                         line-height: 1.5 !important }');
                      document.adoptedStyleSheets = [style];";

/// What is wider than the screen, with everything open that a reader can open.
const TOO_WIDE: &str = "for (const part of document.querySelectorAll('details')) part.open = true;
                        if (document.documentElement.scrollWidth <= innerWidth) return [];
                        const out = [...document.body.querySelectorAll('*')].filter((part) => {
                          const { right, width } = part.getBoundingClientRect();
                          return width > 0 && right > innerWidth && !part.closest('.scroll, pre, svg');
                        });
                        return [document.documentElement.scrollWidth, ...out.slice(-3).map((part) => part.outerHTML)]";

/// The largest pages of each kind.
fn sample(site: &Path) -> Vec<String> {
    let mut kinds: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let files =
        WalkDir::new(site).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry can be read"));
    for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "html")) {
        let text = fs::read_to_string(file.path()).expect("a page is UTF-8");
        let path =
            file.path().strip_prefix(site).expect("found below the folder").to_string_lossy().into_owned();
        let kind =
            text.split("data-kind=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        kinds.entry(kind.to_owned()).or_default().push((text.len(), path));
    }
    assert!(kinds.contains_key("incident") && kinds.contains_key("not-found"), "{:?}", kinds.keys());
    kinds.values_mut().for_each(|pages| pages.sort_by(|a, b| b.cmp(a)));
    kinds.into_values().flat_map(|pages| pages.into_iter().take(PAGES)).map(|(_, path)| path).collect()
}

#[test]
fn no_page_scrolls_sideways() {
    let demo = Archive::of_the_demo();
    let pages = sample(&demo.public());
    for fonts in fonts::ALL {
        let browser = Browser::with_fonts(fonts);
        for page in &pages {
            browser.open(&format!("{}{page}", demo.on_disk()));
            assert_eq!(browser.fonts_of("h1"), [fonts.sans.to_owned()].into(), "{page}");
            for width in WIDTHS {
                browser.emulate(width, 800);
                assert_eq!(browser.run(TOO_WIDE), serde_json::json!([]), "{page} at {width} in {fonts:?}");
            }
            browser.run(SPACED);
            assert_eq!(browser.run(TOO_WIDE), serde_json::json!([]), "{page}, spaced, in {fonts:?}");
        }
    }
}
