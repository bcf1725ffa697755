//! A real Chromium, driven through WebDriver.

pub mod archive;
mod driver;
pub mod files;
pub mod fonts;
pub mod server;

use driver::{Devtools, Driver, INSTALL, Log};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::{Client, ClientBuilder, Locator};
use fonts::Fonts;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long a page may take for what it is asked to do.
const PATIENCE: Duration = Duration::from_secs(30);

const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
];

/// A browser of its own, without a window. It ends when dropped.
pub struct Browser {
    runtime: Runtime,
    client: Client,
    // After the client, which says goodbye to it.
    _driver: Driver,
    /// Its profile, which goes with it.
    _profile: TempDir,
}

impl Browser {
    pub fn start() -> Browser {
        Browser::with_fonts(fonts::DEJAVU)
    }

    pub fn with_fonts(fonts: Fonts) -> Browser {
        Browser::with(fonts, &json!({}))
    }

    /// A browser whose reader has turned scripts off.
    pub fn without_scripts() -> Browser {
        Browser::with(fonts::DEJAVU, &json!({ "profile.managed_default_content_settings.javascript": 2 }))
    }

    fn with(fonts: Fonts, preferences: &Value) -> Browser {
        let driver = Driver::start(fonts);
        let profile = TempDir::new().expect("a temporary folder");
        let folder = format!("--user-data-dir={}", profile.path().display());
        let arguments: Vec<&str> = ARGUMENTS.iter().copied().chain([&*folder]).collect();
        let wanted = json!({
            "goog:chromeOptions": { "args": arguments, "prefs": preferences },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted.as_object().cloned().unwrap_or_default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime
            .block_on(builder.connect(&driver.url()))
            .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        Browser { runtime, client, _driver: driver, _profile: profile }
    }

    /// The fonts that the element in the selector is painted with.
    pub fn fonts_of(&self, selector: &str) -> BTreeSet<String> {
        let ask = |method, parameters| {
            self.runtime
                .block_on(self.client.issue_cmd(Devtools { method, parameters }))
                .expect("Chromium tells")
        };
        let document = ask("DOM.getDocument", json!({}));
        ask("CSS.enable", json!({}));
        let query = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
        let node = ask("DOM.querySelector", query);
        let fonts = ask("CSS.getPlatformFontsForNode", json!({ "nodeId": node["nodeId"] }));
        let names =
            fonts["fonts"].as_array().into_iter().flatten().filter_map(|font| font["familyName"].as_str());
        names.map(str::to_owned).collect()
    }

    /// Shows pages as on a screen of so many pixels; narrower than any window can be, too.
    pub fn emulate(&self, width: u32, height: u32) {
        let parameters = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let command = Devtools { method: "Emulation.setDeviceMetricsOverride", parameters };
        self.runtime.block_on(self.client.issue_cmd(command)).expect("Chromium takes any size");
    }

    pub fn open(&self, url: &str) {
        self.runtime.block_on(self.client.goto(url)).unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Makes the window so many pixels wide and high.
    pub fn resize(&self, width: u32, height: u32) {
        self.runtime.block_on(self.client.set_window_size(width, height)).expect("a window");
    }

    pub fn back(&self) {
        self.runtime.block_on(self.client.back()).expect("there is a page before this one");
    }

    /// The value of a script's `return`.
    pub fn run(&self, script: &str) -> Value {
        self.try_run(script).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    fn try_run(&self, script: &str) -> Result<Value, String> {
        self.runtime.block_on(self.client.execute(script, Vec::new())).map_err(|error| error.to_string())
    }

    /// Waits until an expression is true. A page that is just being replaced has no answer.
    pub fn wait(&self, expression: &str) {
        let start = Instant::now();
        let question = format!("return Boolean({expression})");
        while !self.try_run(&question).is_ok_and(|answer| answer == true) {
            assert!(
                start.elapsed() < PATIENCE,
                "never true: {expression}\n{:#?}\n{}",
                self.diagnostics(),
                self.run("return location + ' ' + document.body.innerText")
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses keys in the element with this id, which gets the focus.
    pub fn type_into(&self, id: &str, keys: &str) {
        let typed = async { self.client.find(Locator::Id(id)).await?.send_keys(keys).await };
        self.runtime.block_on(typed).unwrap_or_else(|error| panic!("#{id}: {error}"));
    }

    /// Clicks what a selector finds first.
    pub fn click(&self, selector: &str) {
        let clicked = async { self.client.find(Locator::Css(selector)).await?.click().await };
        self.runtime.block_on(clicked).unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Presses one key, wherever the focus is.
    pub fn press(&self, key: char) {
        let strokes = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.runtime.block_on(self.client.perform_actions(strokes)).expect("there is a keyboard");
    }

    /// Warnings and errors of the page since the last call.
    pub fn diagnostics(&self) -> Vec<String> {
        let entries = self.runtime.block_on(self.client.issue_cmd(Log)).expect("Chromium keeps a log");
        let is_bad = |entry: &&Value| matches!(entry["level"].as_str(), Some("WARNING" | "SEVERE"));
        entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(is_bad)
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    /// Opens a further tab, and stays in this one.
    pub fn open_tab(&self, url: &str) {
        self.run(&format!("window.open({})", Value::from(url)));
    }

    pub fn show_tab(&self, n: usize) {
        let tabs = self.runtime.block_on(self.client.windows()).expect("tabs");
        self.runtime.block_on(self.client.switch_to_window(tabs[n].clone())).expect("a tab");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}
