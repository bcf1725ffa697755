//! What the preview answers, and what it does not.

use crate::server::{Server, postmortem, status};
use std::io::{Read, Write};

/// Words of a file that no address leads to.
const SECRET: &str = "words-that-nobody-may-read";

fn server(arguments: &[&str]) -> Server {
    let files = [
        ("content/one.md", postmortem("One", "The first.")),
        ("secret.txt", SECRET.to_owned()),
        ("content/notes/secret.pem", SECRET.to_owned()),
        ("themes/casebook/secret.txt", SECRET.to_owned()),
        (".git/config", SECRET.to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Server::start(&files, arguments)
}

fn request(server: &Server, first: &str, fields: &str) -> String {
    server.send(
        format!("{first} HTTP/1.1\r\n{}\r\n\r\n", fields.replace("PORT", &server.port.to_string()))
            .as_bytes(),
    )
}

#[test]
fn answers_say_nothing_to_other_origins_and_keep_nothing() {
    let server = server(&[]);
    for path in ["/incidents.json", "/nowhere", "/.casebook/live.js", "/.casebook/nothing"] {
        let answer = request(&server, &format!("GET {path}"), "Host: localhost:PORT");
        let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
        for field in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;",
            "require-trusted-types-for 'script'; trusted-types 'none'",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store",
            "connection: close",
        ] {
            assert!(head.contains(field), "{path}: {field} in {head}");
        }
        assert!(!head.contains("access-control"), "{head}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_while_tabs_listen_and_clients_idle() {
    use std::os::unix::process::ExitStatusExt;
    let mut server = server(&["--watch"]);
    let (mut events, idle) = (server.listen("incidents/one.html"), server.connect());
    events.next();
    assert_eq!(server.interrupt().signal(), Some(2));
    drop(idle);
}

#[test]
fn head_is_get_without_a_body() {
    let server = server(&[]);
    let length = |answer: &str| {
        answer.lines().find_map(|line| line.strip_prefix("Content-Length: ").map(str::to_owned))
    };
    let get = request(&server, "GET /incidents.json", "Host: localhost:PORT");
    let head = request(&server, "HEAD /incidents.json", "Host: localhost:PORT");
    assert_eq!(length(&get), length(&head));
    assert!(head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn only_get_and_head_with_one_host_of_ours() {
    let server = server(&[]);
    for (first, fields, wanted) in [
        ("GET /incidents.json", "Host: 127.0.0.1:PORT", 200),
        ("GET /incidents.json", "Host: localhost:PORT\r\nOrigin: http://localhost:PORT", 200),
        ("POST /incidents.json", "Host: localhost:PORT", 405),
        ("DELETE /", "Host: localhost:PORT", 405),
        ("OPTIONS *", "Host: localhost:PORT", 405),
        ("CONNECT localhost:22", "Host: localhost:PORT", 405),
        ("GET /incidents.json", "Host: evil.example", 403),
        ("GET /incidents.json", "Host: evil.example:PORT", 403),
        ("GET /incidents.json", "Host: localhost:1", 200),
        ("GET /incidents.json", "Host: localhost", 200),
        ("GET /incidents.json", "Host: [::1]:8080\r\nOrigin: http://[::1]:8080", 200),
        ("GET /incidents.json", "Host: localhost:1\r\nOrigin: http://localhost:PORT", 403),
        ("GET /incidents.json", "Accept: */*", 400),
        ("GET /incidents.json", "Host: localhost:PORT\r\nHost: localhost:PORT", 400),
        ("GET /incidents.json", "Host: localhost:PORT\r\nHost: evil.example", 400),
        ("GET /incidents.json", "Host: localhost:PORT\r\nOrigin: http://evil.example", 403),
        ("GET /.casebook/events?page=index.html", "Host: localhost:PORT\r\nOrigin: http://evil.example", 403),
        ("GET /.casebook/events?page=index.html", "Host: localhost:PORT\r\nOrigin: http://1.2.3.4", 403),
        ("GET /.casebook/events?page=index.html", "Host: localhost:PORT\r\nOrigin: null", 403),
        ("GET /.casebook/events?page=index.html", "Host: localhost:PORT\r\nSec-Fetch-Site: cross-site", 403),
        ("HEAD /.casebook/events?page=index.html", "Host: localhost:PORT", 403),
    ] {
        let answer = request(&server, first, fields);
        assert_eq!(status(&answer), wanted, "{first} with {fields}: {answer}");
        assert_eq!(answer.contains("Allow: GET, HEAD\r\n"), wanted == 405, "{answer}");
    }
}

#[test]
fn hosts_that_were_allowed_are_answered() {
    let server = server(&["--allow-host", "preview.example.org", "--allow-host", "Other.example"]);
    for (fields, wanted) in [
        ("Host: preview.example.org", 200),
        ("Host: other.example:8443\r\nOrigin: http://other.example:8443", 200),
        ("Host: localhost:PORT", 200),
        ("Host: third.example", 403),
        ("Host: preview.example.org\r\nOrigin: http://other.example", 403),
    ] {
        let answer = request(&server, "GET /incidents.json", fields);
        assert_eq!(status(&answer), wanted, "{fields}: {answer}");
    }
    assert!(request(&server, "GET /", "Host: third.example").contains("--allow-host"));
}

/// Whatever comes behind a head is never read as a further request.
#[test]
fn bodies_are_refused_and_nothing_is_smuggled_behind_them() {
    let server = server(&[]);
    let inner = "GET /incidents.json HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n";
    for (fields, wanted) in [
        ("Transfer-Encoding: chunked", 400),
        ("Transfer-Encoding: xchunked", 400),
        ("Transfer-Encoding: identity", 400),
        ("Transfer-Encoding:", 400),
        ("transfer-encoding:\tchunked\r\nContent-Length: 5", 400),
        (" Transfer-Encoding: chunked", 400),
        ("Transfer-Encoding : chunked", 400),
        ("Transfer\tEncoding: chunked", 400),
        ("Content-Length: 5", 400),
        ("Content-Length: +5", 400),
        ("Content-Length: 5, 5", 400),
        ("Content-Length: 0\r\nContent-Length: 7", 400),
        ("Content-Length: 99999999999999999999", 400),
        ("Content-Length: 0", 404),
        ("Expect: 100-continue\r\nContent-Length: 2000", 400),
        ("Expect: whatever", 417),
        ("Connection: upgrade\r\nUpgrade: websocket", 404),
        ("Connection: keep-alive", 404),
    ] {
        let answer = request(
            &server,
            "GET /nowhere",
            &format!("Host: localhost:PORT\r\n{fields}\r\n\r\n{inner}{inner}"),
        );
        assert_eq!(status(&answer), wanted, "{fields}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{fields}: {answer}");
        assert!(!answer.contains("\"incidents\""), "{fields}: {answer}");
    }
}

#[test]
fn long_heads_are_refused() {
    let server = server(&[]);
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(9000));
    assert_eq!(status(&server.send(long.as_bytes())), 431);
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(1_000_000));
    assert_eq!(status(&server.send(many.as_bytes())), 431);
    assert_eq!(server.get("/incidents.json").0, 200);
}

/// Forty ways to ask for a file that is on the disk but in no archive.
const TRAVERSALS: &[&str] = &[
    "/../secret.txt",
    "/../../../../../../etc/passwd",
    "/files/../secret.txt",
    "/files/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/.%2e/secret.txt",
    "/%252e%252e/secret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%5csecret.txt",
    "/%2e%2e%5csecret.txt",
    "/..\\secret.txt",
    "/\\..\\secret.txt",
    "/..;/secret.txt",
    "/..%3b/secret.txt",
    "/....//secret.txt",
    "/.../secret.txt",
    "//etc/passwd",
    "///etc/passwd",
    "/%2fetc/passwd",
    "/etc/passwd",
    "/C:/secret.txt",
    "/C:%5csecret.txt",
    "/file:///etc/passwd",
    "/secret.txt%00.html",
    "/secret.txt%00",
    "/%c0%ae%c0%ae/secret.txt",
    "/%c0%ae%c0%ae%c0%afsecret.txt",
    "/%e0%80%ae%e0%80%ae/secret.txt",
    "/%uff0e%uff0e/secret.txt",
    "/\u{2024}\u{2024}/secret.txt",
    "/.git/config",
    "/%2egit/config",
    "/content/one.md",
    "/content/notes/secret.pem",
    "/themes/casebook/secret.txt",
    "/incidents/../../secret.txt",
    "/.casebook/../../secret.txt",
    "/.casebook/%2e%2e/%2e%2e/secret.txt",
    "/@fs/etc/passwd",
    "/proc/self/environ",
    "http://localhost/../secret.txt",
    "../secret.txt",
    "secret.txt",
    "*",
];

#[test]
fn no_address_leads_to_the_disk() {
    let server = server(&[]);
    for tail in ["", "?raw??", "?import&raw", "?x=/../secret.txt", "#/../secret.txt", "?.svg?.wasm?init"] {
        for path in TRAVERSALS {
            let answer = request(&server, &format!("GET {path}{tail}"), "Host: localhost:PORT");
            assert!(matches!(status(&answer), 400 | 404), "{path}{tail}: {answer}");
            assert!(!answer.contains(SECRET) && !answer.contains("root:"), "{path}{tail}: {answer}");
        }
    }
    let by_query = request(&server, "GET /incidents.json?/../secret.txt", "Host: localhost:PORT");
    assert!(by_query.contains("\"incidents\""), "{by_query}");
}

#[test]
fn the_archive_stands_below_the_path_of_its_base_url() {
    let server = server(&["--base-url", "https://example.org/in cidents/x/".replace(' ', "-").as_str()]);
    let moved = request(&server, "GET /", "Host: localhost:PORT");
    assert!(
        moved.starts_with("HTTP/1.1 302 ") && moved.contains("\r\nLocation: /in-cidents/x/\r\n"),
        "{moved}"
    );
    assert_eq!(server.get("/in-cidents/x").0, 302);
    assert_eq!(server.get("/in-cidents/x/incidents.json").0, 200);
    assert_eq!(server.get("/incidents.json").0, 404);
    assert_eq!(server.get("//evil.example/in-cidents/x").0, 404);
}

#[test]
fn idle_connections_leave_others_answered() {
    let server = server(&[]);
    let idle: Vec<_> = (0..200)
        .map(|n| {
            let mut stream = server.connect();
            if n % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").expect("sent");
            }
            stream
        })
        .collect();
    assert_eq!(server.get("/incidents.json").0, 200);
    // Those that never end their head are told so, in the end; the others just closed.
    for (n, mut stream) in idle.into_iter().enumerate() {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("closed");
        assert_eq!(status(&answer), if n % 2 == 0 { 408 } else { 0 }, "{answer}");
    }
}

#[test]
fn too_many_connections_are_turned_away_and_the_server_recovers() {
    let server = server(&[]);
    let idle: Vec<_> = (0..400).map(|_| server.connect()).collect();
    let (status_when_full, _) = server.get("/incidents.json");
    assert_eq!(status_when_full, 503);
    drop(idle);
    server.wait_for("/incidents.json", |status, _| status == 200);
}

#[test]
fn at_most_sixty_four_tabs_listen() {
    let server = server(&[]);
    let mut listening: Vec<_> = (0..64).map(|_| server.listen("index.html")).collect();
    for events in &mut listening {
        events.next();
    }
    let refused = request(&server, "GET /.casebook/events?page=index.html", "Host: localhost:PORT");
    assert_eq!(status(&refused), 503);
    assert_eq!(server.get("/incidents.json").0, 200);
}
