//! The process between a test and Chromium.

use super::fonts::Fonts;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use url::{ParseError, Url};

/// What to do when there is no browser.
pub const INSTALL: &str =
    "browser tests need Chromium and its driver: `apt-get install chromium chromium-driver`";

/// A running `chromedriver`. It ends when dropped, whether or not a browser was ever opened.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// The browsers that it starts know these fonts alone.
    pub fn start(fonts: Fonts) -> Driver {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").env("FONTCONFIG_FILE", fonts.settings());
        let started = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let process = started.unwrap_or_else(|error| panic!("{INSTALL} ({error})"));
        let mut driver = Driver { process, port: 0 };
        driver.port = driver.announced_port();
        driver
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port that the driver chose, which it prints.
    fn announced_port(&mut self) -> u16 {
        let mut lines =
            BufReader::new(self.process.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let port_in =
            |line: String| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok();
        let port = lines.find_map(port_in).unwrap_or_else(|| panic!("{INSTALL}"));
        // What it goes on to say must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        port
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Asks for what the page wrote to its console; `chromedriver`'s own, in no standard.
#[derive(Debug)]
pub struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, driver: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        driver.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// A command of Chromium's own protocol, for what no standard offers.
#[derive(Debug)]
pub struct Devtools {
    pub method: &'static str,
    pub parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, driver: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        driver.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.method, "params": self.parameters }).to_string()))
    }
}
