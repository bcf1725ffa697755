//! Incidents per month as stacked blocks. A long archive is shown by year, a very
//! long one by several years, so that a bar is never thinner than can be seen.

use super::{ChartView, Svg, TableView};
use crate::pages::english::{self, count};

/// Bars of one chart at most; more months than that are gathered into years.
const MOST_BARS: usize = 60;
/// Up to how many bars every month has its letter.
const LETTERED: usize = 24;
/// Height of one block, in pixels, where there is room.
const BLOCK: f64 = 24.0;
/// Height of the tallest stack, in pixels.
const TALLEST: f64 = 150.0;
/// Below this height letters are left out.
const LETTERS_FROM: f64 = 12.0;
/// Bars narrower than this, in per cent of the width, have no room for upright letters on a phone.
const UPRIGHT_FROM: f64 = 6.0;
/// Below this height, in pixels, turned letters have no room either.
const TURNED_FROM: f64 = 20.0;
/// Below this height blocks of one class are drawn as one bar; so are causes that share a class.
const SINGLE_FROM: f64 = 5.0;

/// The bars of an archive: which months each stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Axis {
    /// January of the first year, as months since January of year 0.
    first: i32,
    /// Months that one bar stands for: 1, 12, or a multiple of 12.
    step: i32,
    bars: usize,
}

/// A part of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    pub class: &'a str,
    /// Shown in its blocks where they are tall enough; may be empty.
    pub letters: &'a str,
    pub count: usize,
}

impl Axis {
    /// Whole years from `first` to `last`, both months since January of year 0.
    pub fn over(first: i32, last: i32) -> Axis {
        let first = first.div_euclid(12) * 12;
        let months = usize::try_from(last.div_euclid(12) * 12 + 12 - first).unwrap_or(12);
        let years = months / 12;
        let step = match months <= MOST_BARS {
            true => 1,
            false => 12 * years.div_ceil(MOST_BARS),
        };
        Axis { first, step: i32::try_from(step).unwrap_or(12), bars: months.div_ceil(step) }
    }

    pub fn bars(&self) -> usize {
        self.bars
    }

    /// The bar that a month stands in.
    pub fn bar(&self, month: i32) -> Option<usize> {
        let bar = usize::try_from((month - self.first).div_euclid(self.step.max(1))).ok()?;
        (bar < self.bars).then_some(bar)
    }

    /// `incidents a month`, and so on.
    pub fn unit(&self) -> String {
        match self.step {
            1 => "month".to_owned(),
            12 => "year".to_owned(),
            step => format!("{} years", step / 12),
        }
    }

    /// What a bar stands for: `June 2024`, `2024`, `2000 to 2009`.
    pub fn label(&self, bar: usize) -> String {
        let month = self.first + self.step * i32::try_from(bar).unwrap_or(0);
        let year = month.div_euclid(12);
        match self.step {
            1 => format!("{} {year}", english::MONTHS[month.rem_euclid(12) as usize]),
            12 => year.to_string(),
            step => format!("{year} to {}", year + step / 12 - 1),
        }
    }

    /// The whole axis in words: `January 2023 to December 2024`.
    pub fn period(&self) -> String {
        match self.bars {
            0 | 1 => self.label(0),
            bars => format!("{} to {}", self.label(0), self.label(bars - 1)),
        }
    }
}

/// Draws `stacks`, one a bar of the axis. `id` is unique in the page.
pub fn chart(
    id: &str,
    title: &str,
    description: &str,
    axis: &Axis,
    stacks: &[Vec<Piece<'_>>],
) -> super::Html {
    let most =
        stacks.iter().map(|stack| stack.iter().map(|piece| piece.count).sum()).max().unwrap_or(0).max(1);
    // The highest line stands above every bar, so that what it says is free to read.
    let step = nice(most.div_ceil(4));
    let top = most.div_ceil(step) * step;
    let block = (TALLEST / top as f64).min(BLOCK);
    let base = 24.0 + block * top as f64;
    let foot = if axis.step > 1 || axis.bars > LETTERED { 26.0 } else { 40.0 };
    let mut svg = Svg::titled(id, base + foot, title, description);
    grid(&mut svg, axis, step, top, block, base);
    let width = 100.0 / axis.bars.max(1) as f64;
    for (bar, stack) in stacks.iter().enumerate() {
        draw_stack(&mut svg, stack, width * bar as f64 + 0.08 * width, 0.84 * width, block, base);
    }
    svg.line(0.0, base, 100.0, base, "ax");
    labels(&mut svg, axis, base);
    svg.done()
}

fn grid(svg: &mut Svg, axis: &Axis, step: usize, top: usize, block: f64, base: f64) {
    for line in (step..=top).step_by(step) {
        let y = base - block * line as f64;
        svg.line(0.0, y, 100.0, y, "");
    }
    let words = format!("{} a {}", count(top, "incident"), axis.unit());
    let words = if axis.step > 12 { format!("{} in {}", count(top, "incident"), axis.unit()) } else { words };
    svg.text(0.0, base - block * top as f64 - 6.0, "q", &words);
}

/// 1, 2, 5, 10, 20, 50 … and not below `n`.
fn nice(n: usize) -> usize {
    let mut unit = 1;
    loop {
        for step in [1, 2, 5] {
            if unit * step >= n {
                return unit * step;
            }
        }
        unit *= 10;
    }
}

fn draw_stack(svg: &mut Svg, stack: &[Piece<'_>], x: f64, width: f64, block: f64, base: f64) {
    let stack: Vec<&Piece<'_>> = stack.iter().filter(|piece| piece.count > 0).collect();
    let mut below = 0;
    if block < SINGLE_FROM {
        for pieces in stack.chunk_by(|a, b| a.class == b.class) {
            let count: usize = pieces.iter().map(|piece| piece.count).sum();
            let height = block * count as f64;
            let y = base - block * below as f64 - height;
            let letters = if let [piece] = pieces { piece.letters } else { "" };
            draw_block(svg, pieces[0].class, letters, (x, y), (width, (height - 0.5).max(0.5)));
            below += count;
        }
        return;
    }
    for piece in stack {
        for _ in 0..piece.count {
            below += 1;
            let y = base - block * below as f64 + 1.0;
            draw_block(svg, piece.class, piece.letters, (x, y), (width, block - 2.0));
        }
    }
}

/// One block or bar, with letters where they fit.
fn draw_block(svg: &mut Svg, class: &str, letters: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    svg.rect(x, y, width, height, class);
    if height >= LETTERS_FROM && width > 2.0 && !letters.is_empty() {
        let on_phones = match () {
            () if width >= UPRIGHT_FROM => "",
            () if height >= TURNED_FROM => " turn",
            () => " wide",
        };
        let unknown = if class == "c0" { " uk" } else { "" };
        svg.text(x + width / 2.0, y + height / 2.0 + 4.0, &format!("code{unknown}{on_phones}"), letters);
    }
}

fn labels(svg: &mut Svg, axis: &Axis, base: f64) {
    let width = 100.0 / axis.bars.max(1) as f64;
    if axis.step == 1 {
        if axis.bars <= LETTERED {
            for bar in 0..axis.bars {
                let letter = english::MONTHS[bar % 12].get(..1).unwrap_or("");
                svg.text(width * (bar as f64 + 0.5), base + 15.0, "q m", letter);
            }
        }
        year_ticks(svg, axis, base, if axis.bars <= LETTERED { 34.0 } else { 20.0 });
        return;
    }
    // At most six labels fit beside each other on a phone.
    let every = axis.bars.div_ceil(6);
    for bar in (0..axis.bars).step_by(every) {
        let year = (axis.first + axis.step * bar as i32).div_euclid(12);
        svg.text(width * (bar as f64 + 0.5), base + 18.0, "q m", &year.to_string());
    }
}

fn year_ticks(svg: &mut Svg, axis: &Axis, base: f64, below: f64) {
    let year = |bar: usize| (axis.first.div_euclid(12) + (bar / 12) as i32).to_string();
    svg.text(0.0, base + below, "b", &year(0));
    for bar in (12..axis.bars).step_by(12) {
        let x = 100.0 * bar as f64 / axis.bars as f64;
        svg.line(x, base, x, base + below, "tk");
        svg.shifted(x, base + below, 6.0, "b", &[("", &year(bar))]);
    }
}

/// The bars with something in them, as a table: what the stack holds in words.
pub fn table(axis: &Axis, rows: Vec<Vec<String>>, last_head: &str) -> TableView {
    let empty = axis.bars - rows.len().min(axis.bars);
    let unit = axis.unit();
    let caption = match (empty, axis.step) {
        (_, 13..) => "Periods with at least one incident".to_owned(),
        (0, _) => format!("Every {unit} had at least one incident"),
        (1, _) => format!("{}s with at least one incident; one {unit} had none", english::capital(&unit)),
        (n, _) => {
            format!(
                "{}s with at least one incident; the other {} had none",
                english::capital(&unit),
                english::in_words(n)
            )
        }
    };
    let first = if axis.step == 1 { "Month" } else { "Year" };
    TableView::new(caption, &[first, "Incidents#", last_head], rows)
}

/// A chart with its table.
pub fn with_table(svg: super::Html, table: TableView) -> ChartView {
    ChartView { svg, table: Some(table) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_archives_are_shown_by_year() {
        let axis = Axis::over(2023 * 12 + 1, 2024 * 12 + 10);
        assert_eq!((axis.bars(), axis.label(17).as_str()), (24, "June 2024"));
        let years = Axis::over(2010 * 12, 2024 * 12);
        assert_eq!((years.bars(), years.label(14).as_str()), (15, "2024"));
        let ages = Axis::over(12, 9999 * 12);
        assert!(ages.bars() <= MOST_BARS, "{}", ages.bars());
        assert_eq!(axis.bar(2024 * 12 + 5), Some(17));
        assert_eq!(axis.bar(2025 * 12), None);
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([1, 2, 3, 6, 11, 90].map(nice), [1, 2, 5, 10, 20, 100]);
    }
}
