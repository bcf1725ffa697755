//! The preview over HTTP: the only file that names `tiny_http`.
//!
//! The library is small and unmaintained, and has known faults. Each is met here or
//! in [`gate`](super::gate), which is all that connects to it:
//!
//! | fault | what becomes of it |
//! |---|---|
//! | CVE-2026-66752: any `Transfer-Encoding` is taken for `chunked` and the rest of the connection for further requests | the gate passes on one head a connection and nothing behind it; a request with that field is refused |
//! | RUSTSEC-2020-0031: `Transfer-Encoding : chunked` (fixed in 0.8) | the same |
//! | an unreadable `Content-Length` counts as none | the same: any but `0` is refused |
//! | CVE-2026-66753: CR and LF pass in header values of answers | its `Response` is not used: our heads are constants, a length, and a percent-encoded path |
//! | a head of any length is taken into memory | the gate takes at most 8 KiB |
//! | no time-outs, one thread a connection | the gate gives each step of a connection its time and counts connections |
//! | a request of HTTP/2.0 or 3.0 waits for itself for good | the gate refuses every version but 1.0 and 1.1 |
//! | a connection cannot be closed by the server | the gate marks each request as the last of its connection |
//! | its accepting thread panics without descriptors (#195, #221) or threads | the counted gate stays below the usual limit of 1,024; where the limit is lower still, the gate's own connection fails first and the client gets a 503 |
//! | a closed client leaves a waiting writer behind (#143) | the gate stays connected until the answer is through; event streams are written to every few seconds and dropped when that fails |
//! | its own answers (400, 417) carry no policy headers | they are empty and speak of nothing |

use super::gate::{self, Passed};
use super::request::{Head, Listening, Refusal, Wanted};
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tiny_http::{Request, Server};

/// Threads that make answers. A client that reads slowly holds one of them, for as long as the gate lets it.
const WORKERS: usize = 16;
/// Most streams of events at one time.
const STREAMS: usize = 64;

/// What every answer says: nothing from elsewhere, nothing inline, nothing kept, nothing for other origins.
const POLICY: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cache-Control: no-store\r\n\
    Connection: close\r\n";

/// An answer but for its head.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    Found {
        media_type: &'static str,
        bytes: Vec<u8>,
    },
    /// A page that says so, or nothing.
    NotFound {
        page: Vec<u8>,
    },
    /// Percent-encoded.
    Elsewhere {
        location: String,
    },
}

/// Where a stream's events go. Writing fails once the client has gone.
pub type Stream = Box<dyn Write + Send>;

/// What is served.
pub trait App: Send + Sync {
    /// The path that all addresses begin with, with slashes at both ends.
    fn base_path(&self) -> String;

    fn answer(&self, wanted: &Wanted) -> Answer;

    /// A tab that shows `page` listens.
    fn listen(&self, page: String, stream: Stream);
}

/// Serves until the process ends.
pub fn serve(listener: &TcpListener, listening: &Listening, app: Arc<dyn App>) -> io::Result<()> {
    let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = inner.local_addr()?;
    let server = Arc::new(Server::from_listener(inner, None).map_err(io::Error::other)?);
    let passed = Passed::default();
    let streams = Arc::new(AtomicUsize::new(0));
    for _ in 0..WORKERS {
        let worker = Worker {
            listening: listening.clone(),
            app: app.clone(),
            passed: passed.clone(),
            streams: streams.clone(),
        };
        let server = server.clone();
        std::thread::Builder::new().spawn(move || worker.run(&server))?;
    }
    gate::open(listener, address, &passed)
}

struct Worker {
    listening: Listening,
    app: Arc<dyn App>,
    passed: Passed,
    streams: Arc<AtomicUsize>,
}

impl Worker {
    fn run(&self, server: &Server) {
        while let Ok(request) = server.recv() {
            // A page that cannot be made for a fault of ours must not end the preview;
            // the library then answers 500.
            let _ = catch_unwind(AssertUnwindSafe(|| self.serve(request)));
        }
    }

    fn serve(&self, request: Request) -> io::Result<()> {
        let headers: Vec<(&str, &str)> = request
            .headers()
            .iter()
            .map(|header| (header.field.as_str().as_str(), header.value.as_str()))
            .collect();
        let head = Head { method: request.method().as_str(), target: request.url(), headers: &headers };
        let is_head = head.method == "HEAD";
        if !request.remote_addr().is_some_and(|peer| self.passed.has(peer)) {
            return refuse(request, Refusal::Forbidden("this port is casebook's own"));
        }
        if let Err(refusal) = head.check(&self.listening) {
            return refuse(request, refusal);
        }
        match head.wanted(&self.app.base_path()) {
            Wanted::Events { .. } if is_head || head.is_from_elsewhere() => {
                refuse(request, Refusal::Forbidden("events are for our own pages"))
            }
            Wanted::Events { page } => self.events(request, page),
            wanted => send(request, &self.app.answer(&wanted), is_head),
        }
    }

    fn events(&self, request: Request, page: String) -> io::Result<()> {
        let place = Place(self.streams.clone());
        let is_full = self.streams.fetch_add(1, Ordering::Relaxed) >= STREAMS;
        let mut writer = request.into_writer();
        if is_full {
            return write(&mut writer, "503 Service Unavailable", &text_fields(0), b"");
        }
        write(&mut writer, "200 OK", "Content-Type: text/event-stream\r\n", b"")?;
        self.app.listen(page, Box::new(Counted { writer, _place: place }));
        Ok(())
    }
}

/// One of the counted streams.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Counted {
    writer: Box<dyn Write + Send>,
    _place: Place,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn send(request: Request, answer: &Answer, is_head: bool) -> io::Result<()> {
    let (status, fields, body) = match answer {
        Answer::Found { media_type, bytes } => ("200 OK", fields(media_type, bytes.len()), bytes.as_slice()),
        Answer::NotFound { page } => {
            ("404 Not Found", fields("text/html; charset=utf-8", page.len()), page.as_slice())
        }
        Answer::Elsewhere { location } => {
            ("302 Found", format!("Location: {location}\r\n{}", text_fields(0)), b"".as_slice())
        }
    };
    write(&mut request.into_writer(), status, &fields, if is_head { b"" } else { body })
}

fn refuse(request: Request, refusal: Refusal) -> io::Result<()> {
    let (status, allow, reason) = match refusal {
        Refusal::BadRequest(reason) => ("400 Bad Request", "", reason),
        Refusal::Forbidden(reason) => ("403 Forbidden", "", reason),
        Refusal::Method => ("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "only GET and HEAD"),
    };
    let body = if request.method().as_str() == "HEAD" { "" } else { reason };
    write(
        &mut request.into_writer(),
        status,
        &format!("{allow}{}", text_fields(reason.len())),
        body.as_bytes(),
    )
}

fn text_fields(length: usize) -> String {
    fields("text/plain; charset=utf-8", length)
}

fn fields(media_type: &str, length: usize) -> String {
    format!("Content-Type: {media_type}\r\nContent-Length: {length}\r\n")
}

fn write(writer: &mut dyn Write, status: &str, fields: &str, body: &[u8]) -> io::Result<()> {
    writer.write_all(format!("HTTP/1.1 {status}\r\n{POLICY}{fields}\r\n").as_bytes())?;
    writer.write_all(body)?;
    writer.flush()
}
