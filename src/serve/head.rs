//! When bytes are the head of a request that the HTTP library can be given. Pure: it
//! knows no socket.
//!
//! Only what the library is known to answer gets there: one request line of HTTP/1.0
//! or 1.1, lines that end in CR LF, and printable ASCII. All else is refused as soon
//! as it is seen, so that nobody waits for the end of a head that will never be one.

/// Longest head, in bytes.
const LONGEST: usize = 8 * 1024;

/// What has arrived of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// A head as far as it goes.
    Part,
    /// A head, of so many bytes; what follows is no part of it.
    Whole(usize),
    /// No head of ours, with the status that says so.
    Refused(&'static str),
}

const BAD_REQUEST: Progress = Progress::Refused("400 Bad Request");
const TOO_LONG: Progress = Progress::Refused("431 Request Header Fields Too Large");
const OTHER_VERSION: Progress = Progress::Refused("505 HTTP Version Not Supported");

/// Judges the bytes that have arrived so far.
pub fn progress(bytes: &[u8]) -> Progress {
    let end = find(bytes, b"\r\n\r\n").map(|at| at + 4);
    let head = &bytes[..end.unwrap_or(bytes.len())];
    let line_end = head.iter().position(|byte| *byte == b'\n');
    match line_end.and_then(|at| fault_of_line(head[..at].trim_ascii_end())) {
        Some(fault) => fault,
        None if head.len() > LONGEST => TOO_LONG,
        None if !is_text(head) => BAD_REQUEST,
        None => end.map_or(Progress::Part, Progress::Whole),
    }
}

/// What is wrong with a request line.
fn fault_of_line(line: &[u8]) -> Option<Progress> {
    let parts: Vec<&[u8]> = line.split(|byte| *byte == b' ').collect();
    let &[method, target, version] = parts.as_slice() else { return Some(BAD_REQUEST) };
    match version {
        _ if method.is_empty() || target.is_empty() => Some(BAD_REQUEST),
        b"HTTP/1.0" | b"HTTP/1.1" => None,
        _ if version.starts_with(b"HTTP/") => Some(OTHER_VERSION),
        _ => Some(BAD_REQUEST),
    }
}

/// Whether these are printable ASCII, tabs and whole line ends; the last may be half there.
fn is_text(head: &[u8]) -> bool {
    head.iter().enumerate().all(|(at, byte)| match byte {
        b'\r' => head.get(at + 1).is_none_or(|next| *next == b'\n'),
        b'\n' => at > 0 && head[at - 1] == b'\r',
        byte => matches!(byte, b'\t' | b' '..=b'~'),
    })
}

/// The head with `Connection: close` as its first field, which is the one that the library heeds.
pub fn marked_as_last(head: &[u8]) -> Vec<u8> {
    let line = find(head, b"\r\n").map_or(0, |at| at + 2);
    [&head[..line], b"Connection: close\r\n", &head[line..]].concat()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIECES: &[&[u8]] = &[
        b"GET ",
        b"HEAD",
        b"/",
        b"/a?b#c",
        b"%2e",
        b" ",
        b"HTTP/1.1",
        b"HTTP/2.0",
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n\r\n",
        b"Host: a",
        b"Transfer-Encoding: xchunked",
        b":",
        b"\t",
        b"\0",
        b"\xff",
        b"PRI * ",
    ];

    proptest! {
        #[test]
        fn a_judgement_stands_whatever_follows(picks in proptest::collection::vec(0..PIECES.len(), 0..30)) {
            let bytes: Vec<u8> = picks.into_iter().flat_map(|pick| PIECES[pick]).copied().collect();
            let mut last = Progress::Part;
            for end in 0..=bytes.len() {
                let now = progress(&bytes[..end]);
                prop_assert!(last == Progress::Part || !matches!(last, Progress::Whole(_)) || now == last, "{:?}", &bytes[..end]);
                if let Progress::Whole(length) = now {
                    prop_assert!(marked_as_last(&bytes[..length]).ends_with(b"\r\n\r\n"));
                }
                last = now;
            }
        }
    }

    #[test]
    fn a_head_is_whole_at_its_empty_line() {
        let head = b"GET /a?b HTTP/1.1\r\nHost: localhost\r\n\tfolded\r\n\r\n";
        assert_eq!(progress(head), Progress::Whole(head.len()));
        assert_eq!(progress(&[head, &b"\0body\n"[..]].concat()), Progress::Whole(head.len()));
        for end in 0..head.len() {
            assert_eq!(progress(&head[..end]), Progress::Part, "{end}");
        }
    }

    #[test]
    fn what_can_be_no_head_is_refused_at_its_first_wrong_byte() {
        for (bytes, wanted) in [
            (&b"PRI * HTTP/2.0\r\n"[..], OTHER_VERSION),
            (b"GET / HTTP/2.0\r\n", OTHER_VERSION),
            (b"GET / HTTP/2\n", OTHER_VERSION),
            (b"GET / HTTP/3.0\r\n", OTHER_VERSION),
            (b"GET / HTTP/0.9\r\n", OTHER_VERSION),
            (b"GET / HTTP/1.10\r\n", OTHER_VERSION),
            (b"GET / HTTP/\r\n", OTHER_VERSION),
            (b"GET / http/1.1\r\n", BAD_REQUEST),
            (b"GET /\r\n", BAD_REQUEST),
            (b"GET  HTTP/1.1\r\n", BAD_REQUEST),
            (b" / HTTP/1.1\r\n", BAD_REQUEST),
            (b"GET /a b HTTP/1.1\r\n", BAD_REQUEST),
            (b"\r\n", BAD_REQUEST),
            (b"\n", BAD_REQUEST),
            (b"GET / HTTP/1.1\nHost: a\n", BAD_REQUEST),
            (b"GET / HTTP/1.1\r\nHost: a\n", BAD_REQUEST),
            (b"GET / HTTP/1.1\r\nHost: a\rb", BAD_REQUEST),
            (b"GET / HTTP/1.1\r\nHost: \0", BAD_REQUEST),
            (b"GET /\xff", BAD_REQUEST),
            // The first bytes of TLS.
            (b"\x16\x03\x01\x02", BAD_REQUEST),
        ] {
            assert_eq!(progress(bytes), wanted, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_head_has_a_greatest_length() {
        let line = b"GET / HTTP/1.1\r\nX: ";
        let of_length =
            |length: usize| [&line[..], "x".repeat(length - line.len() - 4).as_bytes(), b"\r\n\r\n"].concat();
        assert_eq!(progress(&of_length(LONGEST)), Progress::Whole(LONGEST));
        assert_eq!(progress(&of_length(LONGEST + 1)), TOO_LONG);
        assert_eq!(progress(&[b'x'; LONGEST + 1]), TOO_LONG);
    }
}
