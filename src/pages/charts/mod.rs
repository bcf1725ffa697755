//! Charts as inline SVG: x in per cent, y in pixels, no `viewBox`, so text keeps
//! its size at any width. Colours and strokes are classes of the stylesheet. Every
//! chart has a title, a description, and its data as a table.

pub mod dots;
pub mod months;
pub mod share;
pub mod timeline;
pub mod week;

use super::view::{Html, views};
use std::fmt::Write;

/// Above how many incidents a chart shows counts instead of one dot each.
pub const MOST_DOTS: usize = 500;

views! {
    /// A chart, ready to be placed.
    pub struct ChartView {
        /// The figure, with title and description.
        pub svg: Html,
        /// Its data; nothing where a table beside it says the same.
        pub table: Option<TableView>,
    }

    /// The data of a chart.
    pub struct TableView {
        /// What the table shows.
        pub caption: String,
        /// Heads of its columns; the first names the rows.
        pub heads: Vec<HeadView>,
        /// Its rows; the first cell names the row.
        pub rows: Vec<Vec<String>>,
    }

    /// The head of a column.
    pub struct HeadView {
        /// What it says.
        pub text: String,
        /// Class of the column: `n` for numbers, else empty.
        pub class: String,
    }
}

impl TableView {
    /// A head that ends in `#` is a column of numbers.
    pub fn new(caption: String, heads: &[&str], rows: Vec<Vec<String>>) -> TableView {
        let head = |text: &&str| HeadView {
            text: text.trim_end_matches('#').to_owned(),
            class: if text.ends_with('#') { "n" } else { "" }.to_owned(),
        };
        TableView { caption, heads: heads.iter().map(head).collect(), rows }
    }
}

/// A figure being drawn.
#[derive(Debug, Default)]
pub struct Svg {
    out: String,
}

impl Svg {
    /// A chart of its own: `id` is unique in the page.
    pub fn titled(id: &str, height: f64, title: &str, description: &str) -> Svg {
        let mut svg = Svg::default();
        let height = Number(height);
        svg.push(format_args!(
            "<svg class=\"chart\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">"
        ));
        svg.escaped(title);
        svg.push(format_args!("</title><desc id=\"{id}-d\">"));
        svg.escaped(description);
        svg.push(format_args!("</desc>"));
        svg
    }

    /// A chart that a table beside it says in words.
    pub fn hidden(height: f64) -> Svg {
        let mut svg = Svg::default();
        svg.push(format_args!(
            "<svg class=\"chart\" height=\"{}\" aria-hidden=\"true\" focusable=\"false\">",
            Number(height)
        ));
        svg
    }

    pub fn line(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, class: &str) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(Number);
        self.push(format_args!("<line x1=\"{x1}%\" y1=\"{y1}\" x2=\"{x2}%\" y2=\"{y2}\"{}/>", Class(class)));
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str) {
        let [x, y, width, height] = [x, y, width, height].map(Number);
        self.push(format_args!(
            "<rect x=\"{x}%\" y=\"{y}\" width=\"{width}%\" height=\"{height}\"{}/>",
            Class(class)
        ));
    }

    pub fn circle(&mut self, x: f64, y: f64, r: f64, class: &str) {
        let [x, y, r] = [x, y, r].map(Number);
        self.push(format_args!("<circle cx=\"{x}%\" cy=\"{y}\" r=\"{r}\"{}/>", Class(class)));
    }

    pub fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        self.shifted(x, y, 0.0, class, &[("", text)]);
    }

    /// Text moved by `dx` pixels, in parts with a class each. `hl` in the class draws a halo below the letters.
    pub fn shifted(&mut self, x: f64, y: f64, dx: f64, class: &str, parts: &[(&str, &str)]) {
        let [x, y] = [x, y].map(Number);
        self.push(format_args!("<text x=\"{x}%\" y=\"{y}\""));
        if dx != 0.0 {
            self.push(format_args!(" dx=\"{}\"", Number(dx)));
        }
        self.push(format_args!("{}", Class(class)));
        if class.split(' ').any(|class| class == "hl") {
            self.out.push_str(" paint-order=\"stroke\"");
        }
        self.out.push('>');
        for (class, text) in parts {
            match *class {
                "" => self.escaped(text),
                class => {
                    self.push(format_args!("<tspan{}>", Class(class)));
                    self.escaped(text);
                    self.out.push_str("</tspan>");
                }
            }
        }
        self.out.push_str("</text>");
    }

    pub fn done(mut self) -> Html {
        self.out.push_str("</svg>");
        Html(self.out)
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.out.write_fmt(text);
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                _ => self.out.push(c),
            }
        }
    }
}

/// At most two decimals, without trailing zeros.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 100.0).round() / 100.0;
        write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}

struct Class<'a>(&'a str);

impl std::fmt::Display for Class<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            "" => Ok(()),
            class => write!(f, " class=\"{class}\""),
        }
    }
}
