//! Durations on a logarithmic axis: one dot an incident, the median and p90 as
//! strokes. Above [`MOST_DOTS`] dots are counted into cells.

use super::{ChartView, MOST_DOTS, Svg, TableView};
use crate::archive::statistics::Spread;
use crate::pages::english::{duration, in_words, number};
use crate::pages::view::Html;

/// Minutes at which the axis has a line, with what it says there.
const TICKS: &[(f64, &str)] = &[
    (1.0, "1 min"),
    (3.0, "3 min"),
    (10.0, "10 min"),
    (30.0, "30 min"),
    (60.0, "1 h"),
    (180.0, "3 h"),
    (600.0, "10 h"),
    (1_440.0, "1 d"),
    (4_320.0, "3 d"),
    (14_400.0, "10 d"),
    (43_200.0, "30 d"),
    (144_000.0, "100 d"),
    (525_600.0, "1 y"),
    (1_576_800.0, "3 y"),
    (5_256_000.0, "10 y"),
];

/// Labels that fit beside each other on a phone.
const MOST_TICKS: usize = 7;
/// Height of one measure, in pixels.
const ROW: f64 = 104.0;
/// Distance of two lanes of dots, in pixels.
const LANE: f64 = 10.0;
/// How near dots may stand in one lane, in per cent of the width.
const NEAR: f64 = 1.3;
/// Dots that can be told apart on one line of a table's cell.
const MOST_IN_CELL: usize = 100;
/// Cells of a chart that counts.
const CELLS: usize = 48;

/// A logarithmic axis in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// An axis with some room around all values; values below half a minute stand at its beginning.
    pub fn over(values: impl IntoIterator<Item = f64>) -> Scale {
        let clamped = values.into_iter().map(|minutes| minutes.max(0.5));
        let (low, high) =
            clamped.fold((f64::MAX, 0.0_f64), |(low, high), minutes| (low.min(minutes), high.max(minutes)));
        match high > 0.0 {
            true => Scale { low: (low / 1.6).max(0.5), high: (high * 1.6).max(low * 4.0) },
            false => Scale { low: 1.0, high: 600.0 },
        }
    }

    /// Where a value stands, in per cent of the width.
    pub fn x(self, minutes: f64) -> f64 {
        100.0 * (minutes.max(self.low) / self.low).ln() / (self.high / self.low).ln()
    }

    /// `2 min to 12 h`.
    pub fn words(self) -> String {
        format!("{} to {}", coarse(self.low), coarse(self.high))
    }

    fn ticks(self) -> Vec<(f64, &'static str)> {
        let inside: Vec<_> =
            TICKS.iter().copied().filter(|(minutes, _)| (self.low..=self.high).contains(minutes)).collect();
        let every = inside.len().div_ceil(MOST_TICKS).max(1);
        inside.into_iter().step_by(every).collect()
    }
}

/// A duration in its largest unit: the ends of an axis are no values.
fn coarse(minutes: f64) -> String {
    let unit = [1_440.0, 60.0, 1.0].into_iter().find(|unit| minutes >= *unit * 1.5).unwrap_or(1.0);
    duration((minutes / unit).round().max(1.0) * unit)
}

/// One measure of a chart: what it is called, its values, and others to set it against.
#[derive(Debug)]
pub struct Row<'a> {
    pub name: &'a str,
    pub spread: &'a Spread,
    /// Drawn in outline behind it.
    pub others: Option<&'a Spread>,
}

/// All measures above each other on one axis.
pub fn chart(id: &str, title: &str, description: &str, scale: Scale, rows: &[Row<'_>]) -> ChartView {
    let bottom = ROW * rows.len() as f64;
    let mut svg = Svg::titled(id, bottom + 26.0, title, description);
    for (minutes, label) in scale.ticks() {
        let x = scale.x(minutes);
        svg.line(x, 6.0, x, bottom, "");
        svg.text(x, bottom + 18.0, edge(x, "q"), label);
    }
    for (n, row) in rows.iter().enumerate() {
        draw_row(&mut svg, scale, row, ROW * n as f64);
    }
    svg.line(0.0, bottom, 100.0, bottom, "ax");
    ChartView { svg: svg.done(), table: Some(table(scale, rows)) }
}

/// The dots of one shelf in a table's cell.
pub fn cell(scale: Scale, spread: &Spread) -> Html {
    let mut svg = Svg::hidden(22.0);
    svg.line(0.0, 11.0, 100.0, 11.0, "");
    match spread.n() > MOST_IN_CELL {
        true => cells(&mut svg, scale, spread, 19.0, 16.0),
        false => spread.values().iter().for_each(|minutes| svg.circle(scale.x(*minutes), 11.0, 4.0, "")),
    }
    if let Some(median) = spread.median() {
        let x = scale.x(median);
        svg.line(x, 3.0, x, 19.0, "md");
    }
    svg.done()
}

/// A label at the edge stays inside the figure.
fn edge(x: f64, class: &'static str) -> &'static str {
    match (x, class) {
        (..8.0, "q") => "q",
        (92.0.., "q") => "q e",
        (_, "q") => "q m",
        (..12.0, "b") => "b hl",
        (88.0.., "b") => "b e hl",
        (_, "b") => "b m hl",
        (..12.0, _) => "q hl",
        (88.0.., _) => "q e hl",
        _ => "q m hl",
    }
}

fn draw_row(svg: &mut Svg, scale: Scale, row: &Row<'_>, top: f64) {
    let line = top + 60.0;
    svg.line(0.0, line, 100.0, line, "tk");
    svg.text(0.0, top + 14.0, "b hl", row.name);
    let [median, p90] = [row.spread.median(), row.spread.p90()];
    let is_counted = row.spread.n() + row.others.map_or(0, Spread::n) > MOST_DOTS;
    if is_counted {
        cells(svg, scale, row.spread, line, 34.0);
    }
    for (value, class) in [(median, "md"), (p90, "pn")] {
        let at = value.map(|minutes| scale.x(minutes));
        at.iter().for_each(|x| svg.line(*x, line - 25.0, *x, line + 25.0, class));
    }
    if !is_counted {
        swarm(svg, scale, row, line);
    }
    if let Some(median) = median {
        let x = scale.x(median);
        svg.text(x, line - 29.0, edge(x, "b"), &format!("median {}", duration(median)));
    }
    if let Some(p90) = p90 {
        let x = scale.x(p90);
        svg.text(x, line + 38.0, edge(x, "p90"), &format!("p90 {}", duration(p90)));
    }
}

/// Dots side by side: each takes the lane nearest to the line where it touches no other.
fn swarm(svg: &mut Svg, scale: Scale, row: &Row<'_>, line: f64) {
    let own = row.spread.values().iter().map(|minutes| (*minutes, ""));
    let others = row.others.map_or(&[][..], Spread::values).iter().map(|minutes| (*minutes, "o"));
    let mut dots: Vec<(f64, &str)> = own.chain(others).collect();
    dots.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    let lanes = [0.0, LANE, -LANE, 2.0 * LANE, -2.0 * LANE];
    let mut ends = [f64::MIN; 5];
    for (minutes, class) in dots {
        let x = scale.x(minutes);
        let lane = ends.iter().position(|end| x - end >= NEAR).unwrap_or(0);
        ends[lane] = x;
        svg.circle(x, line + lanes[lane], 4.5, class);
    }
}

fn counts(scale: Scale, spread: &Spread) -> Vec<usize> {
    let mut counts = vec![0; CELLS];
    for minutes in spread.values() {
        let cell = (scale.x(*minutes) / 100.0 * CELLS as f64) as usize;
        counts[cell.min(CELLS - 1)] += 1;
    }
    counts
}

fn cells(svg: &mut Svg, scale: Scale, spread: &Spread, base: f64, tallest: f64) {
    let counts = counts(scale, spread);
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let width = 100.0 / CELLS as f64;
    for (cell, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (tallest * *count as f64 / most as f64).max(1.0);
        svg.rect(width * cell as f64 + 0.1, base - height, width - 0.2, height, "bar");
    }
}

fn table(scale: Scale, rows: &[Row<'_>]) -> TableView {
    let all = || {
        rows.iter().flat_map(|row| {
            std::iter::once((row.name, row.spread)).chain(row.others.map(|o| ("all others", o)))
        })
    };
    let is_counted = all().map(|(_, spread)| spread.n()).sum::<usize>() > MOST_DOTS;
    let heads =
        ["Measure", "n#", "Median#", "p90#", if is_counted { "Counted" } else { "Minutes, each incident" }];
    let row = |(name, spread): (&str, &Spread)| {
        let values = if is_counted { counted(scale, spread) } else { listed(spread) };
        vec![name.to_owned(), number(spread.n()), median(spread), p90(spread), values]
    };
    TableView::new("Minutes from the start".to_owned(), &heads, all().map(row).collect())
}

/// `1 h 13 min`, or `unknown`.
pub fn median(spread: &Spread) -> String {
    spread.median().map_or_else(|| "unknown".to_owned(), duration)
}

/// `5 h 5 min`, or `too few`.
pub fn p90(spread: &Spread) -> String {
    spread.p90().map_or_else(|| "too few".to_owned(), duration)
}

fn listed(spread: &Spread) -> String {
    let minutes = |minutes: &f64| format!("{}", (minutes * 10.0).round() / 10.0);
    match spread.n() {
        0 => "none".to_owned(),
        _ => spread.values().iter().map(minutes).collect::<Vec<_>>().join(", "),
    }
}

/// Counts between round moments: `12 to 10 min, 40 to 30 min`.
fn counted(scale: Scale, spread: &Spread) -> String {
    let mut parts = Vec::new();
    let mut before = 0;
    for (end, label) in TICKS.iter().filter(|(end, _)| *end <= scale.high * 4.0) {
        let below = spread.values().partition_point(|minutes| minutes <= end);
        if below > before {
            parts.push(format!("{} up to {label}", number(below - before)));
        }
        before = below;
    }
    if before < spread.n() {
        parts.push(format!("{} longer", number(spread.n() - before)));
    }
    parts.join(", ")
}

/// What a chart of `n` dots shows, for its description.
pub fn manner(n: usize, scale: Scale) -> String {
    match n > MOST_DOTS {
        true => format!("{} incidents counted into cells on a log axis from {}.", number(n), scale.words()),
        false if n == 1 => format!("One dot on a log axis from {}.", scale.words()),
        false => {
            format!("One dot for each of {} incidents on a log axis from {}.", in_words(n), scale.words())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_its_values_and_has_few_labels() {
        for values in [vec![], vec![0.0], vec![5.0], vec![2.0, 720.0], vec![0.0, 9e9]] {
            let scale = Scale::over(values.iter().copied());
            for value in values {
                assert!((0.0..=100.0).contains(&scale.x(value)), "{value}");
            }
            assert!(scale.ticks().len() <= MOST_TICKS + 1);
        }
    }

    #[test]
    fn many_values_are_counted() {
        let spread = Spread::of((1..=600).map(f64::from));
        let scale = Scale::over(spread.values().iter().copied());
        assert_eq!(counts(scale, &spread).iter().sum::<usize>(), 600);
        let chart = chart("x", "t", "d", scale, &[Row { name: "to resolve", spread: &spread, others: None }]);
        assert!(!chart.svg.0.contains("<circle"));
        assert!(chart.table.expect("a table").rows[0][4].contains("up to 10 h"));
    }
}
