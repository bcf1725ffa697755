//! Following a site on disk. Events only say that it is time to look, and where to look
//! first: what changed is found by size, time and inode of each file, so deletions,
//! renames, editors that write beside and rename, moved folders and checkouts need no
//! rules of their own.

use crate::source::Folders;
use notify::event::EventKind;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// A burst is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(25);
/// A burst that does not end is looked at all the same.
const LONGEST_BURST: Duration = Duration::from_millis(300);
/// How long after a burst everything is looked at, so that nothing hangs on events being right.
const CHECK: Duration = Duration::from_millis(400);
/// How often a polled site is looked at.
const POLL: Duration = Duration::from_millis(500);

/// Tells when to look at a site.
pub struct Watch {
    /// `None` when polling.
    watcher: Option<RecommendedWatcher>,
    watched: Folders,
    /// Nothing was looked at as a whole since the last burst.
    is_unchecked: bool,
    events: Receiver<Seen>,
    /// Kept so that the channel stays open while polling.
    _sender: Sender<Seen>,
}

/// What may differ on disk.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// What stands at these paths.
    Named(BTreeSet<PathBuf>),
    Anything,
}

impl Watch {
    /// Watches by events where the system offers them, else by looking every half second.
    pub fn new(poll: bool) -> Watch {
        let (sender, events) = channel();
        let watcher = if poll { None } else { watcher(sender.clone()) };
        Watch { watcher, watched: Folders::new(), is_unchecked: false, events, _sender: sender }
    }

    pub fn is_polling(&self) -> bool {
        self.watcher.is_none()
    }

    /// Watches these folders and no others. Returns whether any is watched for the first
    /// time: what happened in it before was not seen. A folder that cannot be watched,
    /// for want of watches or because its disk tells nothing, makes all of it poll.
    pub fn follow(&mut self, folders: &Folders) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        let mut is_new = false;
        for folder in self.watched.keys().filter(|folder| !folders.contains_key(*folder)) {
            // A folder that is gone took its watch with it.
            let _ = watcher.unwatch(folder);
        }
        for (folder, _) in folders.iter().filter(|(folder, inode)| self.watched.get(*folder) != Some(inode)) {
            is_new = true;
            if self.watched.contains_key(folder) {
                let _ = watcher.unwatch(folder);
            }
            if !add(watcher, folder) {
                self.watcher = None;
                return true;
            }
        }
        self.watched.clone_from(folders);
        is_new
    }

    /// Waits until something may differ, and until a burst of changes is over.
    pub fn wait(&mut self) -> Seen {
        if self.is_polling() {
            std::thread::sleep(POLL);
            return Seen::Anything;
        }
        let first = match self.is_unchecked {
            true => self.events.recv_timeout(CHECK).ok(),
            false => self.events.recv().ok(),
        };
        self.is_unchecked = first.is_some();
        first.map_or(Seen::Anything, |first| self.rest_of_burst(first))
    }

    fn rest_of_burst(&self, first: Seen) -> Seen {
        let until = Instant::now() + LONGEST_BURST;
        let mut seen = first;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(QUIET.min(left)) {
                Ok(more) => seen = seen.and(more),
                Err(_) => return seen,
            }
            if left.is_zero() {
                return seen;
            }
        }
    }
}

impl Seen {
    fn and(self, other: Seen) -> Seen {
        match (self, other) {
            (Seen::Named(mut paths), Seen::Named(more)) => {
                paths.extend(more);
                Seen::Named(paths)
            }
            _ => Seen::Anything,
        }
    }
}

/// Folders are watched one by one, never whole trees: those that hold no documents may be vast.
fn add(watcher: &mut RecommendedWatcher, folder: &Path) -> bool {
    match watcher.watch(folder, RecursiveMode::NonRecursive) {
        Ok(()) => true,
        // Gone again since it was seen; its parent's event has us look once more.
        Err(_) => !folder.exists(),
    }
}

fn watcher(sender: Sender<Seen>) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        let seen = match event {
            // Our own reading is no change.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            // Some were lost.
            Ok(event) if event.need_rescan() => Seen::Anything,
            Ok(event) => Seen::Named(event.paths.into_iter().collect()),
            Err(_) => Seen::Anything,
        };
        // The receiver goes only with the process.
        let _ = sender.send(seen);
    };
    notify::recommended_watcher(tell).ok()
}
