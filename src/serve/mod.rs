//! The preview: the same pages that a build writes, made when the browser asks for
//! them, from memory. Nothing is written.
//!
//! [`watch`] tells when to look at the disk, [`preview`] holds the site and makes
//! answers, [`live`] tells open tabs what became of their page, and [`gate`], [`head`],
//! [`http`] and [`request`] stand between all that and the network.

#![warn(missing_docs)]

mod gate;
mod head;
mod http;
mod live;
mod news;
mod preview;
mod request;
mod watch;

pub use preview::{Locate, Preview};
pub use request::{Listening, host_name};

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use watch::{Seen, Watch};

/// The port that is tried first when none is asked for.
pub const PORT: u16 = 1111;
/// How many further ports are tried when it is taken.
const FURTHER: u16 = 50;
/// How often open tabs are written to, so that those that have gone are noticed.
const BEAT: Duration = Duration::from_secs(5);

/// A port to serve on.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    /// Where it is, and which hosts it answers to.
    pub listening: Listening,
}

/// Takes the port asked for, or the first that is free from [`PORT`] on.
/// Fails when the interface cannot be listened on, or the port asked for is taken.
pub fn bind(interface: IpAddr, port: Option<u16>) -> io::Result<Bound> {
    match port {
        Some(port) => bind_to(interface, port),
        None => (PORT..PORT + FURTHER)
            .map(|port| bind_to(interface, port))
            .find(|bound| !matches!(bound, Err(error) if error.kind() == io::ErrorKind::AddrInUse))
            .unwrap_or_else(|| bind_to(interface, 0)),
    }
}

fn bind_to(interface: IpAddr, port: u16) -> io::Result<Bound> {
    let listener = TcpListener::bind(SocketAddr::new(interface, port))?;
    let port = listener.local_addr()?.port();
    Ok(Bound { listener, listening: Listening { interface, port, hosts: Vec::new() } })
}

/// Answers requests until the process ends.
pub fn serve(bound: &Bound, preview: Arc<Preview>) -> io::Result<()> {
    let beating = preview.clone();
    std::thread::Builder::new().spawn(move || {
        loop {
            std::thread::sleep(BEAT);
            beating.beat();
        }
    })?;
    http::serve(&bound.listener, &bound.listening, preview)
}

/// What there is to say of a site that is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Something of it changed.
    Changed,
    /// The system tells of no changes, so the disk is looked at every half second.
    Polling,
}

/// Follows the site on disk until the process ends. `tell` is called after each change, and
/// when changes can only be found by looking although that was not asked for.
pub fn follow(preview: &Preview, poll: bool, tell: &mut dyn FnMut(&Preview, Followed)) {
    let mut watch = Watch::new(poll);
    watch.follow(&preview.folders());
    let mut is_told = poll;
    // What happened between the first reading and the first watching was not told.
    let mut seen = Seen::Anything;
    loop {
        if watch.is_polling() && !is_told {
            tell(preview, Followed::Polling);
            is_told = true;
        }
        let has_changed = match &seen {
            Seen::Named(paths) => preview.update(paths),
            Seen::Anything => preview.look(),
        };
        if has_changed {
            tell(preview, Followed::Changed);
        }
        // What happened in a new folder before it was watched was not told either.
        seen = if watch.follow(&preview.folders()) { Seen::Anything } else { watch.wait() };
    }
}
