//! A bar of what is known and what is not.

use super::Svg;
use crate::pages::view::Html;

/// `known` of `all`, the rest hollow.
pub fn bar(known: usize, all: usize) -> Html {
    let share = 100.0 * known as f64 / all.max(1) as f64;
    let mut svg = Svg::hidden(12.0);
    if known > 0 {
        svg.rect(0.0, 1.0, share, 10.0, "bar");
    }
    if known < all {
        svg.rect(share, 1.5, 100.0 - share, 9.0, "c0");
    }
    svg.done()
}
