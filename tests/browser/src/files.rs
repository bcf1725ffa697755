//! A server of files, for the browser to visit.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

const HTML: &str = "text/html; charset=utf-8";

/// Serves a folder under a path until the test ends. Returns the address of its top.
pub fn serve(folder: &Path, base: &'static str, policy: &'static str) -> String {
    start(Served { folder: folder.to_owned(), base, policy, not_found: Vec::new() })
}

/// The same, where addresses that are not there show the archive's own page.
pub fn serve_with_not_found(folder: &Path, base: &'static str) -> String {
    let not_found = std::fs::read(folder.join("404.html")).expect("every archive has one");
    start(Served { folder: folder.to_owned(), base, policy: "", not_found })
}

#[derive(Clone)]
struct Served {
    folder: PathBuf,
    base: &'static str,
    policy: &'static str,
    not_found: Vec<u8>,
}

fn start(served: Served) -> String {
    let base = served.base;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let served = served.clone();
            std::thread::spawn(move || answer(stream, &served));
        }
    });
    format!("http://127.0.0.1:{port}{base}")
}

fn answer(mut stream: TcpStream, served: &Served) -> Option<()> {
    let Served { folder, base, policy, not_found } = served;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    while !reader.by_ref().lines().map_while(Result::ok).next()?.is_empty() {}
    let path = first.split(' ').nth(1)?.split('?').next()?.strip_prefix(*base).unwrap_or("none");
    let file: PathBuf = folder.join(path);
    let bytes = std::fs::read(&file).ok();
    let media_type = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => HTML,
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (status, media_type) = if bytes.is_some() { ("200 OK", media_type) } else { ("404 Not Found", HTML) };
    let bytes = bytes.unwrap_or_else(|| not_found.clone());
    let policy =
        if policy.is_empty() { String::new() } else { format!("Content-Security-Policy: {policy}\r\n") };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{policy}Content-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}
