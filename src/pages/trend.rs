//! Incidents over time as charts, for any part of the archive.

use super::Pages;
use super::charts::ChartView;
use super::charts::months::{self, Axis, Piece};
use super::english::{self, count, in_words, list, number};
use crate::archive::statistics::month_number;
use crate::archive::{Archive, Index};

/// Up to how many blocks the busiest month may have for others to be drawn in outline.
const MOST_GHOSTS: usize = 12;

/// The bars of an archive and how many incidents stand in each: counted once.
#[derive(Debug, Default)]
pub struct Calendar {
    pub axis: Axis,
    pub totals: Vec<usize>,
}

impl Calendar {
    /// Over all dated incidents; no bars when there are none.
    pub fn new(archive: &Archive) -> Calendar {
        let months = || archive.incidents.iter().filter_map(|incident| month_number(incident));
        let Some((first, last)) = months().min().zip(months().max()) else { return Calendar::default() };
        Calendar::over(Axis::over(first, last), months())
    }

    fn over(axis: Axis, months: impl Iterator<Item = i32>) -> Calendar {
        let mut totals = vec![0; axis.bars()];
        for bar in months.filter_map(|month| axis.bar(month)) {
            totals[bar] += 1;
        }
        Calendar { axis, totals }
    }
}

/// For each bar, how many of `incidents` have each cause, by its position among the archive's causes.
fn stacks(pages: &Pages, axis: &Axis, incidents: &[Index]) -> Vec<Vec<usize>> {
    let mut counts = vec![vec![0; pages.causes.all().len()]; axis.bars()];
    for index in incidents {
        if let Some(bar) = month_number(&pages.archive.incidents[*index]).and_then(|month| axis.bar(month)) {
            counts[bar][pages.causes.primary(*index)] += 1;
        }
    }
    counts
}

/// `incidents` per month, stacked by cause, over the archive's whole time. `None` when none is dated.
pub fn by_cause(pages: &Pages, id: &str, incidents: &[Index]) -> Option<ChartView> {
    on_axis(pages, id, incidents, &pages.calendar.axis)
}

/// The same over one year only.
pub fn in_year(pages: &Pages, id: &str, incidents: &[Index]) -> Option<ChartView> {
    let month = incidents.iter().find_map(|index| month_number(&pages.archive.incidents[*index]))?;
    on_axis(pages, id, incidents, &Axis::over(month, month))
}

fn on_axis(pages: &Pages, id: &str, incidents: &[Index], axis: &Axis) -> Option<ChartView> {
    let counts = stacks(pages, axis, incidents);
    let total: usize = counts.iter().flatten().sum();
    if total == 0 {
        return None;
    }
    let stacks: Vec<Vec<Piece<'_>>> = counts.iter().map(|bar| pieces(pages, bar)).collect();
    let title = format!("Incidents per {}, {}, by cause", axis.unit(), axis.period());
    let svg = months::chart(id, &title, &busiest(axis, &counts), axis, &stacks);
    let words = |bar: &Vec<usize>| in_causes(pages, bar);
    Some(months::with_table(svg, months::table(axis, table_rows(axis, &counts, words), "Causes")))
}

/// The stack of one bar: a piece for each cause that it has.
fn pieces<'a>(pages: &'a Pages, bar: &[usize]) -> Vec<Piece<'a>> {
    let looks = pages.causes.all().iter().zip(bar).filter(|(_, count)| **count > 0);
    looks
        .map(|(look, count)| Piece { class: &look.view.class, letters: &look.view.letters, count: *count })
        .collect()
}

/// `incidents` filled and all others in outline, where that can be seen.
pub fn against_others(
    pages: &Pages,
    id: &str,
    name: &str,
    class: &str,
    incidents: &[Index],
) -> Option<ChartView> {
    let calendar = &pages.calendar;
    let own = Calendar::over(
        calendar.axis.clone(),
        incidents.iter().filter_map(|i| month_number(&pages.archive.incidents[*i])),
    );
    let total: usize = own.totals.iter().sum();
    if total == 0 {
        return None;
    }
    let with_ghosts = shows_ghosts(pages);
    let stack = |(own, all): (&usize, &usize)| {
        let ghost = if with_ghosts { all.saturating_sub(*own) } else { 0 };
        vec![Piece { class, letters: "", count: *own }, Piece { class: "ghost", letters: "", count: ghost }]
    };
    let stacks: Vec<Vec<Piece<'_>>> = own.totals.iter().zip(&calendar.totals).map(stack).collect();
    let others = if with_ghosts { ", all others in outline" } else { "" };
    let axis = &calendar.axis;
    let title = format!("Incidents per {}, {}: {name} filled{others}", axis.unit(), axis.period());
    let counts: Vec<Vec<usize>> = own.totals.iter().map(|n| vec![*n]).collect();
    let svg = months::chart(id, &title, &busiest(axis, &counts), axis, &stacks);
    let row = |(bar, own): (usize, &usize)| vec![axis.label(bar), number(*own), number(calendar.totals[bar])];
    let rows = own.totals.iter().enumerate().filter(|(_, own)| **own > 0).map(row).collect();
    Some(months::with_table(svg, months::table(axis, rows, "In the whole archive#")))
}

/// Whether others are drawn in outline in this archive.
pub fn shows_ghosts(pages: &Pages) -> bool {
    pages.calendar.totals.iter().max().is_some_and(|most| *most <= MOST_GHOSTS)
}

fn table_rows(axis: &Axis, counts: &[Vec<usize>], words: impl Fn(&Vec<usize>) -> String) -> Vec<Vec<String>> {
    let filled = counts.iter().enumerate().filter(|(_, bar)| bar.iter().any(|count| *count > 0));
    filled.map(|(n, bar)| vec![axis.label(n), number(bar.iter().sum()), words(bar)]).collect()
}

/// `configuration, 3 capacity and load`.
fn in_causes(pages: &Pages, bar: &[usize]) -> String {
    let named = pages.causes.all().iter().zip(bar).filter(|(_, count)| **count > 0);
    let words = named.map(|(look, count)| match count {
        1 => english::lower(&look.view.name),
        _ => format!("{} {}", number(*count), english::lower(&look.view.name)),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn busiest(axis: &Axis, counts: &[Vec<usize>]) -> String {
    let sums: Vec<usize> = counts.iter().map(|bar| bar.iter().sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0);
    let at: Vec<String> =
        sums.iter().enumerate().filter(|(_, sum)| **sum == most).map(|(n, _)| axis.label(n)).collect();
    let total: usize = sums.iter().sum();
    let were = if at.len() == 1 { "was" } else { "were" };
    match at.len() {
        1..=3 => format!(
            "{} in all. Busiest {were} {} with {}.",
            count(total, "incident"),
            list(&at),
            in_words(most)
        ),
        _ => {
            format!("{} in all, at most {} in one {}.", count(total, "incident"), in_words(most), axis.unit())
        }
    }
}
