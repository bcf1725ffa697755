//! A real Chromium, driven through WebDriver.

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What to do when there is no browser.
const INSTALL: &str = "browser tests need Chromium and its driver: `apt-get install chromium chromium-driver`";

/// A browser of its own, without a window.
pub struct Browser {
    runtime: Runtime,
    client: Client,
    driver: Child,
    /// Its profile, which goes with it.
    _profile: TempDir,
}

impl Browser {
    pub fn open() -> Browser {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        let port = port(&mut driver);
        let profile = TempDir::new().expect("a temporary folder");
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--window-size=1000,600".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let options = json!({ "goog:chromeOptions": { "args": arguments } });
        let capabilities = options.as_object().cloned().unwrap_or_default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime
            .block_on(async {
                ClientBuilder::new(HttpConnector::new())
                    .capabilities(capabilities)
                    .connect(&format!("http://127.0.0.1:{port}"))
                    .await
            })
            .unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        Browser { runtime, client, driver, _profile: profile }
    }

    pub fn go(&self, url: &str) {
        self.runtime.block_on(self.client.goto(url)).expect("the page loads");
    }

    /// What a script returns.
    pub fn run(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute(script, Vec::new())).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs an expression until it is true. A page that is just being replaced has no answer.
    pub fn wait_for(&self, expression: &str) {
        for _ in 0..400 {
            let found = self.runtime.block_on(self.client.execute(&format!("return Boolean({expression})"), Vec::new()));
            if found.is_ok_and(|found| found == Value::Bool(true)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("never true: {expression}\n{}", self.run("return document.documentElement.outerHTML"));
    }

    /// Opens a further tab, and returns to the first.
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
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The port that the driver chose, which it prints.
fn port(driver: &mut Child) -> u16 {
    let mut lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
    let said = |line: String| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok();
    let port = lines.by_ref().map_while(Result::ok).find_map(said).unwrap_or_else(|| panic!("{INSTALL}"));
    // What it goes on to say must not fill the pipe.
    std::thread::spawn(move || lines.for_each(drop));
    port
}
