//! Requests of every form, also such as no browser sends: each has its answer, and none keeps its place.

use crate::server::{Server, postmortem, status};
use std::io::{Read, Write};
use std::net::TcpStream;

/// More than there are places.
const MANY: usize = 300;

/// Forms of which all is known at once, and the status that each gets. `HOST` is a `Host` of ours.
const FORMS: &[(&[u8], u16)] = &[
    // Other versions
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x12\x04\0\0\0\0\0", 505),
    (b"PRI * HTTP/2.0\r\n", 505),
    (b"GET / HTTP/2.0\r\nHOST\r\n\r\n", 505),
    (b"GET / HTTP/2.0\r\nHOST\r\nConnection: keep-alive\r\n\r\n", 505),
    (b"GET / HTTP/3.0\r\nHOST\r\n\r\n", 505),
    (b"GET / HTTP/1.2\r\nHOST\r\n\r\n", 505),
    (b"GET / HTTP/0.9\r\n\r\n", 505),
    (b"GET / HTTP/1.0\r\nHOST\r\n\r\n", 200),
    (b"GET / HTTP/1.0\r\nHOST\r\nConnection: keep-alive\r\n\r\n", 200),
    (b"GET /\r\n", 400),
    (b"GET / FTP/1.1\r\n", 400),
    (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", 400),
    (b"SSH-2.0-OpenSSH_9.6\r\n", 400),
    // Bodies that never come, or not as announced
    (b"GET / HTTP/1.1\r\nHOST\r\nContent-Length: 5\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\r\nContent-Length: 5000000\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHOST\r\nContent-Length: 1000\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n", 400),
    (b"POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n", 400),
    (b"PUT / HTTP/1.1\r\nHOST\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\r\nExpect: 100-continue\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\nExpect: 200-maybe\r\n\r\n", 417),
    // Other uses of the connection
    (b"GET / HTTP/1.1\r\nHOST\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\nTE: trailers\r\nTrailer: Expires\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\n\r\nGET / HTTP/1.1\r\nHOST\r\n\r\nGET / HTTP/1.1\r\n", 200),
    (b"CONNECT localhost:22 HTTP/1.1\r\nHOST\r\n\r\n", 405),
    (b"TRACE / HTTP/1.1\r\nHOST\r\n\r\n", 405),
    (b"OPTIONS * HTTP/1.1\r\nHOST\r\n\r\n", 405),
    (b"BREW /pot HTTP/1.1\r\nHOST\r\n\r\n", 405),
    // Other targets
    (b"GET http://localhost/ HTTP/1.1\r\nHOST\r\n\r\n", 404),
    (b"GET http://evil.example/ HTTP/1.1\r\nHOST\r\n\r\n", 404),
    (b"GET localhost:80 HTTP/1.1\r\nHOST\r\n\r\n", 404),
    (b"GET  HTTP/1.1\r\nHOST\r\n\r\n", 400),
    (b"GET / / HTTP/1.1\r\nHOST\r\n\r\n", 400),
    (b"GET /\xc3\xa9 HTTP/1.1\r\nHOST\r\n\r\n", 400),
    // Fields missing, twice, or broken
    (b"GET / HTTP/1.1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\r\nHOST\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: evil.example\r\nHOST\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\r\nConnection: keep-alive\r\nConnection: upgrade\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\nno colon\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\r\n: no name\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nHOST\r\nX: \xff\r\n\r\n", 400),
    // Line ends and control characters
    (b"\r\n\r\n", 400),
    (b"\n", 400),
    (b"GET / HTTP/1.1\nHOST\n\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\n", 400),
    (b"GET / HTTP/1.1\rHOST\r\r", 400),
    (b"GET /\0 HTTP/1.1\r\nHOST\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHOST\r\nX: a\0b\r\n\r\n", 400),
    (b"\0\0\0\0", 400),
];

/// Forms that might go on: the first bytes of a head.
const BEGINNINGS: &[&[u8]] =
    &[b"", b"G", b"GET / HTTP/1.1", b"GET / HTTP/1.1\r", b"GET / HTTP/1.1\r\nHOST\r\n\r", b"PRI * HTTP/2"];

fn server() -> Server {
    Server::start(&[("content/one.md", &postmortem("One", "The first."))], &[])
}

/// Sends bytes and nothing more, and keeps the connection.
fn say(server: &Server, form: &[u8]) -> TcpStream {
    let mut stream = server.connect();
    let host = format!("Host: localhost:{}", server.port);
    // A server that refuses may close before all is sent.
    let _ = stream.write_all(&replaced(form, b"HOST", host.as_bytes()));
    stream
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut rest = bytes;
    let mut out = Vec::new();
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend([&rest[..at], to].concat());
        rest = &rest[at + from.len()..];
    }
    [&out, rest].concat()
}

/// What comes back until the server closes.
fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if answer.is_empty() => panic!("no answer: {error}"),
        _ => String::from_utf8_lossy(&answer).into_owned(),
    }
}

#[test]
fn every_form_has_its_answer_at_once() {
    let server = server();
    for (form, wanted) in FORMS {
        let answer = answer(say(&server, form));
        let shown = form.escape_ascii();
        assert_eq!(status(&answer), *wanted, "{shown}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{shown}: {answer}");
    }
}

#[test]
fn no_form_keeps_its_place() {
    let server = server();
    for _ in 0..3 {
        // The clients stay, and wait for nothing.
        let forms = FORMS.iter().map(|(form, _)| form).cycle();
        let clients: Vec<_> = forms.take(MANY).map(|form| say(&server, form)).collect();
        server.wait_for("/incidents.json", |status, _| status == 200);
        drop(clients);
    }
}

#[test]
fn heads_that_never_end_lose_their_place() {
    let server = server();
    let clients: Vec<_> = BEGINNINGS.iter().cycle().take(MANY).map(|form| say(&server, form)).collect();
    server.wait_for("/incidents.json", |status, _| status == 200);
    drop(clients);
}

/// One byte now and then is no progress.
#[test]
fn a_head_in_drops_has_no_more_time_than_any_other() {
    let server = server();
    let mut slow = say(&server, b"GET / HTTP/1.1\r\nX: ");
    let head = "x".repeat(400);
    let sent = head.bytes().take_while(|byte| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        slow.write_all(&[*byte]).is_ok()
    });
    assert!(sent.count() < head.len(), "it could go on");
    assert_eq!(server.get("/incidents.json").0, 200);
}
