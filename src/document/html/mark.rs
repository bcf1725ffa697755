//! Where the marks of facts go among the words of a fragment.
//!
//! A mark is split wherever a tag intervenes. Its first piece carries the id, its
//! last one the names of the facts, so that the name stands behind the marked
//! words however they are split. Marks do not nest: of two that overlap, the
//! later one marks what the earlier one left, and if that is nothing its id
//! stands on an empty `span` inside the earlier one.

use super::Mark;
use super::piece::{Piece, Words};
use std::ops::Range;

/// What is written at some place in the words of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cut<'m> {
    Open {
        id: Option<&'m str>,
        facts: Vec<&'m str>,
    },
    Close,
    /// An id without words of its own.
    Anchor(&'m str),
}

/// All cuts of a fragment: position of the piece, byte offset in its words, what stands there. In order.
pub(super) type Cuts<'m> = Vec<(usize, usize, Cut<'m>)>;

/// A stretch of the source that one mark owns.
struct Stretch<'m> {
    range: Range<usize>,
    id: Option<&'m str>,
    facts: Vec<&'m str>,
    /// Ids of marks that this one swallowed.
    swallowed: Vec<&'m str>,
}

/// Places `marks` in `pieces`, which were read from `text`.
pub(super) fn place<'m>(text: &str, marks: &'m [Mark], pieces: &[Piece<'_>]) -> Cuts<'m> {
    if marks.is_empty() {
        return Vec::new();
    }
    let words = Sources::of(text, pieces);
    let mut cuts = Vec::new();
    let mut lost = Vec::new();
    let mut marked = (usize::MAX, 0);
    for stretch in stretches(marks) {
        let runs = words.runs(&stretch.range, marked);
        marked = runs.last().map_or(marked, |run| run.1);
        match runs {
            runs if runs.is_empty() => lost
                .extend(stretch.id.into_iter().chain(stretch.swallowed).map(|id| (stretch.range.start, id))),
            runs => mark(&runs, stretch, &mut cuts),
        }
    }
    for (at, id) in lost {
        cuts.extend(words.near(at).map(|(piece, offset)| (piece, offset, Cut::Anchor(id))));
    }
    // Stable, so that what was put first at one place stays first; but a mark closes before the next opens.
    cuts.sort_by_key(|(piece, offset, cut)| (*piece, *offset, !matches!(cut, Cut::Close)));
    cuts
}

/// Marks as stretches that do not overlap, in source order.
fn stretches(marks: &[Mark]) -> Vec<Stretch<'_>> {
    let mut order: Vec<&Mark> = marks.iter().collect();
    order.sort_by_key(|mark| mark.span.start);
    let mut out: Vec<Stretch<'_>> = Vec::new();
    for mark in order {
        let range = mark.span.range();
        match out.last_mut() {
            Some(last) if range.end <= last.range.end => {
                last.swallowed.push(&mark.id);
                let new = named(mark).find(|fact| !last.facts.contains(fact));
                last.facts.extend(new);
            }
            last => {
                let start = last.map_or(range.start, |last| range.start.max(last.range.end));
                out.push(Stretch {
                    range: start..range.end,
                    id: Some(&mark.id),
                    facts: named(mark).collect(),
                    swallowed: Vec::new(),
                });
            }
        }
    }
    out
}

/// The fact that is named behind the words.
fn named(mark: &Mark) -> impl Iterator<Item = &str> {
    Some(mark.fact.as_str()).filter(|fact| !fact.is_empty()).into_iter()
}

/// A run of words without a tag between: where it begins and where it ends.
type Run = ((usize, usize), (usize, usize));

fn mark<'m>(runs: &[Run], stretch: Stretch<'m>, cuts: &mut Cuts<'m>) {
    let mut id = stretch.id;
    let last = runs.len() - 1;
    let mut facts = stretch.facts;
    for (n, (start, end)) in runs.iter().enumerate() {
        let facts = if n == last { std::mem::take(&mut facts) } else { Vec::new() };
        cuts.push((start.0, start.1, Cut::Open { id: id.take(), facts }));
        if n == 0 {
            cuts.extend(stretch.swallowed.iter().map(|id| (start.0, start.1, Cut::Anchor(id))));
        }
        cuts.push((end.0, end.1, Cut::Close));
    }
}

/// The words of a fragment in source order.
struct Sources<'p> {
    list: Vec<Source<'p>>,
}

struct Source<'p> {
    piece: usize,
    words: &'p str,
    range: Range<usize>,
    /// Whether the source spells the words the same, so that offsets carry over.
    same: bool,
}

impl<'p> Sources<'p> {
    fn of(text: &str, pieces: &'p [Piece<'_>]) -> Sources<'p> {
        let source = |(piece, it): (usize, &'p Piece<'_>)| match it {
            Piece::Text(Words { text: words, span }) if !span.is_empty() => {
                let same = text.get(span.range()) == Some(words);
                Some(Source { piece, words, range: span.range(), same })
            }
            _ => None,
        };
        let mut list: Vec<Source<'p>> = pieces.iter().enumerate().filter_map(source).collect();
        // Footnotes stand at the end of the page wherever they were written.
        list.sort_by_key(|source| (source.range.start, source.piece));
        Sources { list }
    }

    fn first_behind(&self, at: usize) -> usize {
        self.list.partition_point(|source| source.range.end <= at)
    }

    /// The runs of words that a stretch of the source covers, without white space at their ends.
    /// `marked` is where the mark before it ended: words that the source spells differently are
    /// marked as a whole, so two stretches may meet in one word.
    fn runs(&self, range: &Range<usize>, marked: (usize, usize)) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        // The piece that the open run has reached the end of; blanks may bridge to the next.
        let mut reached: Option<usize> = None;
        for source in self.list[self.first_behind(range.start)..]
            .iter()
            .take_while(|source| source.range.start < range.end)
        {
            let (start, end) = source.covered(range);
            let start = if marked.0 == source.piece { start.max(marked.1) } else { start };
            if start >= end {
                continue;
            }
            let touches = reached == Some(source.piece.wrapping_sub(1)) && start == 0;
            let inner = &source.words[start..end];
            let trimmed = inner.trim();
            if !trimmed.is_empty() {
                let from = start + inner.len() - inner.trim_start().len();
                let to = start + inner.trim_end().len();
                match runs.last_mut() {
                    Some(run) if touches => run.1 = (source.piece, to),
                    _ => runs.push(((source.piece, from), (source.piece, to))),
                }
            }
            let goes_on = !trimmed.is_empty() || touches;
            reached = (goes_on && end == source.words.len()).then_some(source.piece);
        }
        runs
    }

    /// The place of the words at or behind a position of the source, else the last ones.
    fn near(&self, at: usize) -> Option<(usize, usize)> {
        let source = self.list.get(self.first_behind(at)).or(self.list.last())?;
        Some((source.piece, 0))
    }
}

impl Source<'_> {
    /// Which of its words, in bytes, stand in that range of the source.
    fn covered(&self, range: &Range<usize>) -> (usize, usize) {
        if !self.same {
            return (0, self.words.len());
        }
        let start = range.start.saturating_sub(self.range.start);
        let end = range.end.min(self.range.end) - self.range.start;
        (floor(self.words, start), floor(self.words, end))
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
