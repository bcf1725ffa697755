//! Just enough of WebDriver to drive a real Chromium, and a server of files for it to visit.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a page may take for what it is asked to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser with one window; closed when dropped.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    pub fn start() -> Browser {
        let driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = driver.expect("chromedriver starts; install it with `apt-get install chromium chromium-driver`");
        let lines = BufReader::new(driver.stdout.take().expect("its output is read")).lines();
        let said = lines
            .map_while(Result::ok)
            .find_map(|line| line.split_once("started successfully on port ").map(|(_, port)| port.to_owned()));
        let port = said.and_then(|port| port.trim_end_matches('.').parse().ok()).expect("chromedriver says its port");
        let mut browser = Browser { driver, port, session: String::new() };
        let arguments =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--window-size=1280,1000"];
        let wanted = json!({ "goog:chromeOptions": { "args": arguments }, "goog:loggingPrefs": { "browser": "ALL" } });
        let made = browser.call("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        let session = made["sessionId"].as_str().expect("Chromium starts; install it with `apt-get install chromium`");
        browser.session = format!("/session/{session}");
        browser
    }

    pub fn open(&self, url: &str) {
        self.ask("POST", "/url", &json!({ "url": url }));
    }

    pub fn back(&self) {
        self.ask("POST", "/back", &json!({}));
    }

    /// The value of a script's `return`.
    pub fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until an expression is true.
    pub fn wait(&self, expression: &str) {
        let start = Instant::now();
        while self.run(&format!("return !!({expression})")) != true {
            assert!(
                start.elapsed() < PATIENCE,
                "never true: {expression}\n{:#?}\n{}",
                self.complaints(),
                self.run("return document.body.innerText")
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Presses keys in the element with this id.
    pub fn type_into(&self, id: &str, keys: &str) {
        let found = self.ask("POST", "/element", &json!({ "using": "css selector", "value": format!("#{id}") }));
        let element =
            found.as_object().and_then(|object| object.values().next()?.as_str()).expect("the element is there").to_owned();
        self.ask("POST", &format!("/element/{element}/value"), &json!({ "text": keys }));
    }

    /// Warnings and errors of the page since the last call.
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.ask("POST", "/se/log", &json!({ "type": "browser" }));
        let is_bad = |entry: &&Value| matches!(entry["level"].as_str(), Some("WARNING" | "SEVERE"));
        entries.as_array().into_iter().flatten().filter(is_bad).map(|entry| entry["message"].to_string()).collect()
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.call(method, &format!("{}{path}", self.session), body);
        assert!(answer.get("error").is_none(), "{path}: {answer:#}");
        answer
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver listens");
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).expect("chromedriver reads");
        let answer = read_answer(stream);
        serde_json::from_slice::<Value>(&answer).map(|mut answer| answer["value"].take()).expect("chromedriver answers in JSON")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            self.call("DELETE", &self.session, &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The body of an answer with a `Content-Length`.
fn read_answer(stream: TcpStream) -> Vec<u8> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the whole answer arrives");
    body
}

/// Serves a folder under a path until the test ends. Returns the address of its top.
pub fn serve(folder: &Path, base: &'static str, policy: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(stream, &folder, base, policy));
        }
    });
    format!("http://127.0.0.1:{port}{base}")
}

fn answer(mut stream: TcpStream, folder: &Path, base: &str, policy: &str) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    while !reader.by_ref().lines().map_while(Result::ok).next()?.is_empty() {}
    let path = first.split(' ').nth(1)?.split('?').next()?.strip_prefix(base).unwrap_or("none");
    let file: PathBuf = folder.join(path);
    let bytes = std::fs::read(&file).ok();
    let media_type = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let status = if bytes.is_some() { "200 OK" } else { "404 Not Found" };
    let bytes = bytes.unwrap_or_default();
    let policy = if policy.is_empty() { String::new() } else { format!("Content-Security-Policy: {policy}\r\n") };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{policy}Content-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}
