//! Following a site on disk. Events only say that it is time to look: what changed
//! is found by [`Stamps`](super::stamps::Stamps), so deletions, renames, editors that
//! write beside and rename, moved folders and checkouts need no rules of their own.

use notify::event::EventKind;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// A burst is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(25);
/// A burst that does not end is looked at all the same.
const LONGEST_BURST: Duration = Duration::from_millis(300);
/// How often a polled site is looked at.
const POLL: Duration = Duration::from_millis(500);

/// Folders to watch, each with its inode: one that was replaced is watched anew.
pub type Folders = BTreeMap<PathBuf, u64>;

/// Tells when to look at a site.
pub struct Watch {
    /// `None` when polling.
    watcher: Option<RecommendedWatcher>,
    watched: Folders,
    events: Receiver<Seen>,
    /// Kept so that the channel stays open while polling.
    _sender: Sender<Seen>,
}

enum Seen {
    Changed(Vec<PathBuf>),
    /// Events were lost, or the watcher says that something is wrong.
    Lost,
}

impl Watch {
    /// Watches by events where the system offers them, else by looking every half second.
    pub fn new(poll: bool) -> Watch {
        let (sender, events) = channel();
        let watcher = if poll { None } else { watcher(sender.clone()) };
        Watch { watcher, watched: Folders::new(), events, _sender: sender }
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

    /// Waits for the next burst of changes to end, and returns the paths it named.
    pub fn wait(&mut self) -> BTreeSet<PathBuf> {
        if self.is_polling() {
            std::thread::sleep(POLL);
            return BTreeSet::new();
        }
        let mut named = BTreeSet::new();
        let Ok(first) = self.events.recv() else { return named };
        note(first, &mut named);
        let until = Instant::now() + LONGEST_BURST;
        loop {
            let left = until.saturating_duration_since(Instant::now()).min(QUIET);
            match self.events.recv_timeout(left) {
                Ok(seen) if !left.is_zero() => note(seen, &mut named),
                Ok(seen) => {
                    note(seen, &mut named);
                    return named;
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return named,
            }
        }
    }
}

fn note(seen: Seen, named: &mut BTreeSet<PathBuf>) {
    if let Seen::Changed(paths) = seen {
        named.extend(paths);
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
            Ok(event) if event.need_rescan() => Seen::Lost,
            Ok(event) => Seen::Changed(event.paths),
            Err(_) => Seen::Lost,
        };
        // The receiver goes only with the process.
        let _ = sender.send(seen);
    };
    notify::recommended_watcher(tell).ok()
}
