//! No page of the demo archive scrolls sideways on a narrow screen, whatever fonts the machine has.
//!
//! `cargo test --features browser --test layout_browser` needs what `tests/run` installs.

mod browser;
mod workspace;

use browser::{Browser, fonts};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use workspace::{Workspace, tree};

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

fn demo() -> Workspace {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Workspace::new();
    for (path, text) in tree(&demo.join("content")) {
        workspace.write(&format!("content/{path}"), text);
    }
    fs::copy(demo.join("site.toml"), workspace.path("site.toml")).expect("the demo's settings");
    let built = workspace.casebook(["build", "."]).output().expect("casebook runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    workspace
}

/// The largest pages of each kind.
fn sample(site: &Path) -> Vec<String> {
    let mut kinds: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (path, bytes) in tree(site).into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(&bytes);
        let kind = text.split("data-kind=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        kinds.entry(kind.to_owned()).or_default().push((bytes.len(), path));
    }
    assert!(kinds.contains_key("incident") && kinds.contains_key("not-found"), "{:?}", kinds.keys());
    kinds.values_mut().for_each(|pages| pages.sort_by(|a, b| b.cmp(a)));
    kinds.into_values().flat_map(|pages| pages.into_iter().take(PAGES)).map(|(_, path)| path).collect()
}

#[test]
fn no_page_scrolls_sideways() {
    let demo = demo();
    let site = demo.path("public");
    let pages = sample(&site);
    for fonts in fonts::ALL {
        let browser = Browser::with_fonts(fonts);
        for page in &pages {
            browser.open(&format!("file://{}/{page}", site.display()));
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
