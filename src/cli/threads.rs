//! The threads that the work is shared among: as many as there are processors, or fewer where the system
//! gives no more.

use rayon::{ThreadBuilder, ThreadPoolBuilder};
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// Lets the work be shared among threads, or done by this one where no other can be had.
pub fn start() {
    let workers: Vec<Sender<ThreadBuilder>> = (0..wanted()).map_while(|_| worker().ok()).collect();
    let pool = ThreadPoolBuilder::new().num_threads(workers.len().max(1));
    // Only a second call could fail, and there is none.
    let _ = match workers.is_empty() {
        true => pool.use_current_thread().build_global(),
        false => pool
            .spawn_handler(|work| {
                workers[work.index()].send(work).map_err(|_| io::ErrorKind::BrokenPipe.into())
            })
            .build_global(),
    };
}

/// Whether so many threads more can be had at once.
pub fn are_left(number: usize) -> bool {
    let waiting: Vec<Sender<ThreadBuilder>> = (0..number).map_while(|_| worker().ok()).collect();
    waiting.len() == number
}

/// Starts a thread before it is known what for: whether it can be had shows only then.
fn worker() -> io::Result<Sender<ThreadBuilder>> {
    let (sender, work) = channel::<ThreadBuilder>();
    thread::Builder::new().spawn(move || work.recv().map(ThreadBuilder::run))?;
    Ok(sender)
}

/// As many as rayon would take.
fn wanted() -> usize {
    let set = std::env::var("RAYON_NUM_THREADS")
        .ok()
        .and_then(|number| number.parse().ok())
        .filter(|number| *number > 0);
    set.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}
