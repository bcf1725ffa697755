//! What stands before the HTTP library: it counts connections, bounds and times
//! the head of a request, and passes on one request a connection.
//!
//! The library reads heads without limit or time-out, serves a connection for as
//! long as the client likes, cannot be told to close one, and stops accepting for
//! good when descriptors run out. So it listens on an inner loopback port, and
//! only the gate connects to it: with a complete [`head`] of bounded size, marked as
//! the last of its connection, and no byte of what follows. Each step of a connection
//! has its time: the head, the library's first byte and each later one, and each piece
//! that the client takes. Only streams of events, which are counted, last longer.

use super::head::{self, Progress};
use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Most connections at one time. A connection that was passed on takes four
/// descriptors (two of them the library's), so that all stay below 1,024, the usual limit.
const CONNECTIONS: usize = 240;
/// A head must be complete by then.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// The library must say something by then; streams of events do so at each [`BEAT`](super::BEAT).
const INNER_TIME: Duration = super::BEAT.saturating_mul(3);
/// A client that takes no whole [`PIECE`] of an answer for so long is cut off.
const STALLED: Duration = Duration::from_secs(10);
/// Bytes of an answer that are passed on at a time.
const PIECE: usize = 32 * 1024;
/// How long, and how many bytes of it, a client may go on sending after its answer.
const LINGER: (Duration, usize) = (Duration::from_millis(250), 256 * 1024);
/// Stack of a connection's thread, in bytes; it holds one buffer.
const STACK: usize = 128 * 1024;

/// Inner connections that the gate made. Whoever else finds the inner port is refused.
#[derive(Debug, Clone, Default)]
pub struct Passed(Arc<Mutex<HashSet<SocketAddr>>>);

impl Passed {
    /// Whether the gate made the inner connection that comes from `peer`.
    pub fn has(&self, peer: &SocketAddr) -> bool {
        self.with(|passed| passed.contains(peer))
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashSet<SocketAddr>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Accepts connections for as long as the process runs, each in a thread of its own.
pub fn open(listener: &TcpListener, inner: SocketAddr, passed: &Passed) -> ! {
    let count = Arc::new(AtomicUsize::new(0));
    loop {
        match listener.accept() {
            Ok((client, _)) => admit(client, inner, passed, &count),
            // Out of descriptors, or a client that is gone already.
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

fn admit(client: TcpStream, inner: SocketAddr, passed: &Passed, count: &Arc<AtomicUsize>) {
    let place = Place(count.clone());
    if count.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
        return answer(&client, "503 Service Unavailable");
    }
    let passed = passed.clone();
    let serve = move || {
        let _place = place;
        // A broken connection is the client's own affair.
        let _ = pass(client, inner, &passed);
    };
    // Without a thread the connection is dropped, and the place freed.
    let _ = std::thread::Builder::new().stack_size(STACK).spawn(serve);
}

/// One of the counted connections.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn pass(mut client: TcpStream, inner: SocketAddr, passed: &Passed) -> io::Result<()> {
    client.set_nodelay(true)?;
    match read_head(&mut client)? {
        Arrived::Head(head) => forward(&head, inner, &client, passed)?,
        Arrived::Refused(status) => answer(&client, status),
        Arrived::Nothing => {}
    }
    close(client)
}

/// Passes a head on and its answer back.
fn forward(head: &[u8], inner: SocketAddr, client: &TcpStream, passed: &Passed) -> io::Result<()> {
    let server = TcpStream::connect(inner)?;
    let address = server.local_addr()?;
    passed.with(|all| all.insert(address));
    let done = ask(head, &server).and_then(|()| bring(&server, client));
    passed.with(|all| all.remove(&address));
    done
}

fn ask(head: &[u8], mut server: &TcpStream) -> io::Result<()> {
    server.set_read_timeout(Some(INNER_TIME))?;
    server.set_write_timeout(Some(INNER_TIME))?;
    server.write_all(head)?;
    // The library would wait for a body that was announced; now it sees that none comes.
    server.shutdown(Shutdown::Write)
}

/// Brings the library's answer to the client.
fn bring(mut server: &TcpStream, client: &TcpStream) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    let mut read = server.read(&mut piece);
    match read {
        // The library says nothing to a head that it cannot read.
        Ok(0) => answer(client, "400 Bad Request"),
        Ok(_) => {}
        Err(_) => answer(client, "504 Gateway Timeout"),
    }
    while let Ok(length @ 1..) = read {
        write_in_time(client, &piece[..length])?;
        read = server.read(&mut piece);
    }
    Ok(())
}

fn write_in_time(mut client: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    let until = Instant::now() + STALLED;
    while !bytes.is_empty() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        client.set_write_timeout(Some(left))?;
        bytes = &bytes[client.write(bytes)?..];
    }
    Ok(())
}

/// What came in until the time was up.
enum Arrived {
    /// A whole head, marked as the last of its connection.
    Head(Vec<u8>),
    Refused(&'static str),
    /// The client went away, or never said anything.
    Nothing,
}

/// Reads up to the empty line that ends a head. What comes after it is dropped.
fn read_head(client: &mut TcpStream) -> io::Result<Arrived> {
    let until = Instant::now() + HEAD_TIME;
    let mut head = Vec::with_capacity(1024);
    let mut buffer = [0; 1024];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(too_slow(&head));
        }
        client.set_read_timeout(Some(left))?;
        let read = match client.read(&mut buffer) {
            Ok(0) => return Ok(Arrived::Nothing),
            Ok(read) => read,
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                continue;
            }
            Err(error) => return Err(error),
        };
        head.extend_from_slice(&buffer[..read]);
        match head::progress(&head) {
            Progress::Whole(end) => return Ok(Arrived::Head(head::marked_as_last(&head[..end]))),
            Progress::Refused(status) => return Ok(Arrived::Refused(status)),
            Progress::Part => {}
        }
    }
}

/// Browsers open connections ahead of need; one on which nothing was said is closed without a word.
fn too_slow(head: &[u8]) -> Arrived {
    if head.is_empty() { Arrived::Nothing } else { Arrived::Refused("408 Request Timeout") }
}

/// Answers without the library. The status is one of ours.
fn answer(client: &TcpStream, status: &'static str) {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let _ = write_in_time(client, head.as_bytes());
}

/// Ends a connection. What the client still sends is read for a moment: closing with
/// unread bytes resets the connection, and the client would lose its answer.
fn close(mut client: TcpStream) -> io::Result<()> {
    let (time, mut bytes) = LINGER;
    let until = Instant::now() + time;
    let mut buffer = [0; 4096];
    client.shutdown(Shutdown::Write)?;
    client.set_read_timeout(Some(time))?;
    while bytes > 0 && Instant::now() < until {
        match client.read(&mut buffer)? {
            0 => break,
            read => bytes = bytes.saturating_sub(read),
        }
    }
    Ok(())
}
