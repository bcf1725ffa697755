//! How much of a text is looked at, so that tests can hold that it grows no faster than
//! the text, whatever the machine. Outside of them nothing is counted.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static LOOKS: Cell<usize> = const { Cell::new(0) };
}

/// Counts looks at so many bytes, words or blocks.
#[inline(always)]
pub fn look(count: usize) {
    #[cfg(test)]
    LOOKS.with(|looks| looks.set(looks.get() + count));
    #[cfg(not(test))]
    let _ = count;
}

/// How many looks some work takes on this thread.
#[cfg(test)]
pub fn looks(work: impl FnOnce()) -> usize {
    let before = LOOKS.with(Cell::get);
    work();
    LOOKS.with(Cell::get) - before
}
