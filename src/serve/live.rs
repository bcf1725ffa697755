//! Open tabs, and what they are told. A tab listens to a stream of events about its
//! page; an event says what the page is now, and the script in the tab decides
//! what to do about it. So a tab that comes back after a restart needs nothing
//! but the same event. This file knows no socket and no site.

use super::http::Stream;
use serde::Serialize;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// The script that every previewed page loads; it never reaches a published one.
pub const SCRIPT: &str = include_str!("live.js");
/// The look of what the script shows.
pub const STYLE: &str = include_str!("live.css");

/// How long a tab waits before it comes back after a restart, in milliseconds.
const RETRY: u32 = 400;

/// What a page is now.
#[derive(Debug, Clone, Default, Serialize)]
pub struct News {
    /// Changes with everything that the page shows but its style sheets.
    pub version: String,
    /// Style sheets, as the page links to them.
    pub styles: Vec<String>,
    /// Keep the page that is shown: the new one comes from a document with errors.
    pub hold: bool,
    /// Errors of this page and of the whole site, as in the terminal.
    pub errors: Vec<String>,
    /// Errors of other documents, as in the terminal.
    pub elsewhere: Vec<String>,
    /// Warnings of this page, and what was inferred or is missing.
    pub remarks: Vec<Remark>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    pub heading: &'static str,
    /// Whether these count as warnings.
    pub counts: bool,
    pub items: Vec<String>,
}

/// All tabs that listen.
#[derive(Default)]
pub struct Tabs {
    open: Mutex<Vec<Tab>>,
}

struct Tab {
    page: String,
    stream: Stream,
    /// The event it was last sent.
    told: String,
}

impl Tabs {
    /// A tab listens from now on, and is told at once.
    pub fn join(&self, page: String, mut stream: Stream, news: impl Fn(&str) -> News) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if stream.write_all(format!("retry: {RETRY}\n\n").as_bytes()).is_err() {
            return;
        }
        let mut tab = Tab { page, stream, told: String::new() };
        if tab.tell(event(&news(&tab.page))) {
            open.push(tab);
        }
    }

    /// Tells every tab whose page is not what it was. Tabs that have gone are forgotten.
    pub fn tell(&self, news: impl Fn(&str) -> News) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        // One page in several tabs is made once.
        open.sort_by(|a, b| a.page.cmp(&b.page));
        let mut last: Option<(String, String)> = None;
        open.retain_mut(|tab| {
            let event = match &last {
                Some((page, event)) if *page == tab.page => event.clone(),
                _ => event(&news(&tab.page)),
            };
            last = Some((tab.page.clone(), event.clone()));
            tab.tell(event)
        });
    }

    /// Sends every tab a line that means nothing, and forgets those that have gone.
    pub fn beat(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain_mut(|tab| tab.write(": \n\n"));
    }
}

impl Tab {
    fn tell(&mut self, event: String) -> bool {
        if event == self.told {
            return true;
        }
        let sent = self.write(&event);
        self.told = event;
        sent
    }

    fn write(&mut self, text: &str) -> bool {
        self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush()).is_ok()
    }
}

fn event(news: &News) -> String {
    // JSON holds no line break, which would end the event.
    let data = serde_json::to_string(news).unwrap_or_default();
    format!("data: {data}\n\n")
}

/// The page as the browser gets it: with the script that listens for news of `path`.
pub fn with_script(html: Vec<u8>, path: &str) -> Vec<u8> {
    let version = version(&String::from_utf8_lossy(&html)).0;
    let script = format!(
        "<script src=\"/.casebook/live.js\" defer data-page=\"{}\" data-version=\"{version}\"></script>\n",
        escaped(path)
    );
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|window| window == end).unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}

/// What the page shows, as a short hash, and its style sheets, which the hash leaves out.
pub fn version(html: &str) -> (String, Vec<String>) {
    let mut hash = blake3::Hasher::new();
    let mut styles = Vec::new();
    let mut rest = html;
    while let Some((before, address, after)) = next_style(rest) {
        hash.update(before.as_bytes());
        styles.push(address.to_owned());
        rest = after;
    }
    hash.update(rest.as_bytes());
    (hash.finalize().to_hex()[..16].to_owned(), styles)
}

/// The address in the next style sheet link, with what stands before and after it.
fn next_style(html: &str) -> Option<(&str, &str, &str)> {
    const LINK: &str = "<link rel=\"stylesheet\" href=\"";
    let start = html.find(LINK)? + LINK.len();
    let end = start + html[start..].find('"')?;
    Some((&html[..start], &html[start..end], &html[end..]))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::Arc;

    const PAGE: &str = "<head><link rel=\"stylesheet\" href=\"../a.1.css\"></head><body>text</body>";

    #[test]
    fn a_style_sheet_is_no_part_of_the_version() {
        let (version_1, styles_1) = version(PAGE);
        let (version_2, styles_2) = version(&PAGE.replace("a.1.css", "a.2.css"));
        assert_eq!(version_1, version_2);
        assert_eq!((styles_1, styles_2), (vec!["../a.1.css".to_owned()], vec!["../a.2.css".to_owned()]));
        assert_ne!(version_1, version(&PAGE.replace("text", "words")).0);
    }

    #[test]
    fn the_script_stands_last_and_its_page_is_escaped() {
        let page = String::from_utf8(with_script(PAGE.into(), "\"><x>&.html")).expect("still text");
        assert!(page.contains("data-page=\"&quot;&gt;&lt;x&gt;&amp;.html\""), "{page}");
        assert!(page.ends_with("></script>\n</body>"), "{page}");
    }

    #[derive(Clone, Default)]
    struct Pipe(Arc<Mutex<(Vec<u8>, bool)>>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut pipe = self.0.lock().expect("one thread");
            if pipe.1 {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            pipe.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn news(version: &str) -> News {
        News { version: version.to_owned(), ..News::default() }
    }

    #[test]
    fn only_tabs_whose_page_changed_are_told() {
        let tabs = Tabs::default();
        let pipes = [Pipe::default(), Pipe::default()];
        for (page, pipe) in ["a.html", "b.html"].into_iter().zip(&pipes) {
            tabs.join(page.to_owned(), Box::new(pipe.clone()), |_| news("1"));
        }
        tabs.tell(|page| news(if page == "a.html" { "2" } else { "1" }));
        let events = |pipe: &Pipe| {
            String::from_utf8_lossy(&pipe.0.lock().expect("one thread").0).matches("data: ").count()
        };
        assert_eq!((events(&pipes[0]), events(&pipes[1])), (2, 1));
    }

    #[test]
    fn a_tab_that_has_gone_is_forgotten() {
        let tabs = Tabs::default();
        let pipe = Pipe::default();
        tabs.join("a.html".to_owned(), Box::new(pipe.clone()), |_| news("1"));
        pipe.0.lock().expect("one thread").1 = true;
        tabs.beat();
        assert!(tabs.open.lock().expect("one thread").is_empty());
    }
}
