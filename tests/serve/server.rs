//! A running `casebook serve`, and bytes to and from it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A site in a folder of its own, and the process that serves it.
pub struct Server {
    pub root: TempDir,
    pub port: u16,
    child: Child,
}

/// A postmortem whose page is `incidents/<name>.html`.
pub fn postmortem(title: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2024-03-05\nservices: [booking]\n---\n\n## Summary\n\n{text}\n\n## Timeline\n\n- 10:00 Alarm.\n- 10:30 Fixed.\n"
    )
}

/// A folder with these files.
pub fn site(files: &[(&str, &str)]) -> TempDir {
    let root = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        write(root.path(), path, text);
    }
    root
}

pub fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("in the root")).expect("a folder");
    fs::write(path, text).expect("a file");
}

impl Server {
    pub fn start(files: &[(&str, &str)], arguments: &[&str]) -> Server {
        Server::start_in(site(files), arguments)
    }

    pub fn start_in(root: TempDir, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .arg("serve")
            .arg(root.path())
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("casebook runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let port = line.trim().rsplit_once(':').and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
        Server { root, port: port.unwrap_or_else(|| panic!("no address in {line:?}")), child }
    }

    pub fn write(&self, path: &str, text: &str) {
        write(self.root.path(), path, text);
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
        stream
    }

    /// All that comes back until the server closes.
    pub fn send(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // A server that refuses may close before all is sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Status and body of a page.
    pub fn get(&self, path: &str) -> (u16, String) {
        let answer =
            self.send(format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port).as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (status(head), body.to_owned())
    }

    /// Asks for a page until it is as wanted.
    pub fn wait_for(&self, path: &str, wanted: impl Fn(u16, &str) -> bool) -> String {
        for _ in 0..500 {
            let (status, body) = self.get(path);
            if wanted(status, &body) {
                return body;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{path} did not become what was wanted; it is {:?}", self.get(path));
    }

    /// What Ctrl-C does.
    #[cfg(unix)]
    pub fn interrupt(&mut self) -> std::process::ExitStatus {
        let sent = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .expect("a signal is sent");
        assert!(sent.success());
        self.child.wait().expect("it ends")
    }

    /// Listens to the events of a page.
    pub fn listen(&self, page: &str) -> Events {
        let mut stream = self.connect();
        let request =
            format!("GET /.casebook/events?page={page} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).expect("sent");
        Events { lines: BufReader::new(stream) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A stream of events.
pub struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The data of the next event. Beats and fields of the head are passed over.
    pub fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).expect("an event comes") > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("events are JSON");
            }
        }
    }
}

pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}
