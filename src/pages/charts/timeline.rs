//! One incident on one ruler: every event a numbered mark, the phases as bars
//! that step down a stair.

use super::Svg;
use crate::incident::clock;
use crate::pages::english::{capital, count, duration, list, month_name};
use crate::pages::view::Html;
use jiff::ToSpan;
use jiff::civil::Time;

/// Distances of labels on the ruler, in minutes: each with the number of small strokes between two.
const STEPS: &[(i64, i64)] = &[
    (1, 1),
    (5, 5),
    (10, 2),
    (30, 6),
    (60, 4),
    (120, 4),
    (360, 6),
    (720, 6),
    (1_440, 4),
    (2_880, 2),
    (10_080, 7),
    (43_200, 3),
    (129_600, 3),
    (525_600, 4),
    (5_256_000, 10),
];

/// Labels on the ruler at most.
const MOST_LABELS: i64 = 6;
/// Labels that fit on a phone.
const ROOMY: usize = 4;
/// Two keys nearer than this, in per cent of the width, stand in different lanes.
const NEAR: f64 = 6.6;
/// Lanes of keys at most; what finds no place there is a small mark.
const MOST_LANES: usize = 4;
/// Height of a lane, in pixels.
const LANE: f64 = 24.0;
/// Height of a phase's step, in pixels.
const STEP: f64 = 32.0;

/// An event on the ruler.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Since the start.
    pub minutes: f64,
    /// As in the table of events.
    pub number: usize,
    /// Whether it is a turning point.
    pub turns: bool,
}

/// A phase, in minutes since the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub name: &'static str,
    /// `f1` to `f4`, dark to pale in time order.
    pub class: &'static str,
    pub from: f64,
    pub to: f64,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruler {
    pub marks: Vec<Mark>,
    pub bars: Vec<Bar>,
    /// Minutes from the start to the end, where known.
    pub length: Option<f64>,
    /// The day of the start, where known.
    pub date: Option<jiff::civil::Date>,
    /// The time of day of the start, where known.
    pub time: Option<Time>,
    /// As written, behind the times in the title.
    pub zone: Option<String>,
}

impl Ruler {
    /// The first and last minute; `None` when nothing spans any time.
    fn span(&self) -> Option<(f64, f64)> {
        let marks = self.marks.iter().map(|mark| mark.minutes);
        let bars = self.bars.iter().map(|bar| bar.to);
        let (low, high) = marks
            .chain(bars)
            .chain(self.length)
            .fold((0.0_f64, 0.0_f64), |(low, high), m| (low.min(m), high.max(m)));
        (high - low >= 1.0).then_some((low, high))
    }

    /// The local time at a minute, with its day where the incident lasts longer than one.
    fn label(&self, minutes: i64, step: i64) -> String {
        let Some(time) = self.time else { return relative(minutes) };
        let date = self.date.unwrap_or(jiff::civil::Date::constant(2000, 1, 3));
        let Some(at) = date.to_datetime(time).checked_add(minutes.minutes()).ok() else {
            return relative(minutes);
        };
        match (step >= 720, self.date) {
            (true, Some(_)) => format!("{} {}", at.day(), &month_name(at.month())[..3]),
            (true, None) => relative(minutes),
            _ => clock(at.time()),
        }
    }

    /// From the ruler's zero to the first round moment, in minutes.
    fn offset(&self, step: i64) -> i64 {
        let Some(time) = self.time else { return 0 };
        let since_midnight = i64::from(time.hour()) * 60 + i64::from(time.minute());
        (step - since_midnight % step.min(1_440)).rem_euclid(step.min(1_440))
    }

    fn time_at(&self, minutes: f64) -> String {
        self.label(minutes.round() as i64, 1)
    }
}

fn relative(minutes: i64) -> String {
    match minutes {
        0 => "start".to_owned(),
        _ => format!("{}{}", if minutes < 0 { "−" } else { "+" }, duration(minutes.unsigned_abs() as f64)),
    }
}

/// Draws the ruler; `None` when no two moments are known. `id` is unique in the page.
pub fn chart(id: &str, ruler: &Ruler) -> Option<Html> {
    let (low, high) = ruler.span()?;
    let x = |minutes: f64| 100.0 * (minutes - low) / (high - low);
    let lanes = lanes(&ruler.marks, x);
    let depth = lanes.iter().flatten().map(|lane| lane + 1).max().unwrap_or(0);
    let axis = 28.0 + LANE * depth as f64;
    let tops = tops(&ruler.bars, axis + 38.0, x);
    let foot = if ruler.bars.is_empty() { axis + 30.0 } else { tops[ruler.bars.len()] + 2.0 };
    let mut svg = Svg::titled(id, foot, &title(ruler, high), &description(ruler));
    draw_marks(&mut svg, &ruler.marks, &lanes, axis, x);
    svg.line(0.0, axis, 100.0, axis, "ax");
    let step = draw_strokes(&mut svg, ruler, low, high, axis);
    for (bar, top) in ruler.bars.iter().zip(&tops) {
        draw_bar(&mut svg, bar, axis, *top, x);
    }
    draw_labels(&mut svg, ruler, low, high, axis, step);
    for (bar, top) in ruler.bars.iter().zip(&tops) {
        name_bar(&mut svg, ruler, bar, top + 14.0, x);
    }
    Some(svg.done())
}

/// Where a bar's name stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Right,
    Left,
    /// A bar across the middle leaves room on neither side.
    Below,
}

fn side(bar: &Bar, x: impl Fn(f64) -> f64) -> Side {
    match () {
        () if x(bar.to) <= 52.0 => Side::Right,
        () if x(bar.from) >= 48.0 => Side::Left,
        () => Side::Below,
    }
}

/// The top of each bar, and of what would come after the last.
fn tops(bars: &[Bar], first: f64, x: impl Fn(f64) -> f64) -> Vec<f64> {
    let height = |bar: &Bar| if side(bar, &x) == Side::Below { STEP + 18.0 } else { STEP };
    let mut tops = vec![first];
    for bar in bars {
        tops.push(tops[tops.len() - 1] + height(bar));
    }
    tops
}

/// The lane of each mark, from 0 at the top; `None` where all lanes are taken. Turning points choose first.
fn lanes(marks: &[Mark], x: impl Fn(f64) -> f64) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by(|a, b| {
        marks[*b]
            .turns
            .cmp(&marks[*a].turns)
            .then(marks[*a].minutes.total_cmp(&marks[*b].minutes))
            .then(a.cmp(b))
    });
    let mut taken: [Vec<f64>; MOST_LANES] = Default::default();
    let mut lanes = vec![None; marks.len()];
    for at in order {
        let place = x(marks[at].minutes);
        let lane = taken.iter().position(|lane| lane.iter().all(|other| (other - place).abs() >= NEAR));
        if let Some(lane) = lane {
            taken[lane].push(place);
            lanes[at] = Some(lane);
        }
    }
    lanes
}

fn draw_marks(svg: &mut Svg, marks: &[Mark], lanes: &[Option<usize>], axis: f64, x: impl Fn(f64) -> f64) {
    for (mark, lane) in marks.iter().zip(lanes) {
        let top = lane.map_or(axis - 8.0, |lane| 18.0 + LANE * lane as f64);
        svg.line(x(mark.minutes), top, x(mark.minutes), axis, "tk");
    }
    for (mark, lane) in marks.iter().zip(lanes).filter_map(|(mark, lane)| lane.map(|lane| (mark, lane))) {
        let (x, y) = (x(mark.minutes), 18.0 + LANE * lane as f64);
        let on = if mark.turns { " on" } else { "" };
        svg.circle(x, y, 10.0, &format!("key{on}"));
        svg.text(x, y + 4.2, &format!("kt{on}"), &mark.number.to_string());
    }
}

fn step_of(low: f64, high: f64) -> (i64, i64) {
    let span = (high - low) as i64;
    let fits = |(step, _): &&(i64, i64)| span / step <= MOST_LABELS;
    STEPS.iter().find(fits).or(STEPS.last()).copied().unwrap_or((1, 1))
}

/// Round moments within the ruler, `distance` minutes apart.
fn moments(ruler: &Ruler, low: f64, high: f64, distance: i64) -> impl Iterator<Item = i64> {
    let offset = ruler.offset(distance);
    let first = offset + ((low - offset as f64) / distance as f64).ceil() as i64 * distance;
    (0..=200).map(move |n| first + n * distance).take_while(move |minutes| *minutes as f64 <= high)
}

fn draw_strokes(svg: &mut Svg, ruler: &Ruler, low: f64, high: f64, axis: f64) -> i64 {
    let (step, parts) = step_of(low, high);
    let small = (step / parts).max(1);
    let labelled: Vec<i64> = moments(ruler, low, high, step).collect();
    for minutes in moments(ruler, low, high, small) {
        let x = 100.0 * (minutes as f64 - low) / (high - low);
        let length = if labelled.contains(&minutes) { 9.0 } else { 5.0 };
        svg.line(x, axis, x, axis + length, "ax");
    }
    step
}

fn draw_labels(svg: &mut Svg, ruler: &Ruler, low: f64, high: f64, axis: f64, step: i64) {
    let labelled: Vec<i64> = moments(ruler, low, high, step).collect();
    for (n, minutes) in labelled.iter().enumerate() {
        let x = 100.0 * (*minutes as f64 - low) / (high - low);
        let class = match x {
            ..4.0 => "hl",
            96.0.. => "e hl",
            _ => "m hl",
        };
        // A narrow page has room for every second one.
        let width = if labelled.len() > ROOMY && n % 2 == 1 { " wide" } else { "" };
        svg.text(x, axis + 23.0, &format!("{class}{width}"), &ruler.label(*minutes, step));
    }
}

fn draw_bar(svg: &mut Svg, bar: &Bar, axis: f64, top: f64, x: impl Fn(f64) -> f64) {
    let (from, to) = (x(bar.from), x(bar.to));
    for edge in [from, to].into_iter().filter(|edge| *edge > 0.5 && *edge < 99.5) {
        svg.line(edge, axis, edge, top + 18.0, "pn");
    }
    svg.rect(from, top, (to - from).max(0.3), 18.0, bar.class);
}

/// The name stands where there is room, right of the bar in the first half, else left of it or below.
fn name_bar(svg: &mut Svg, ruler: &Ruler, bar: &Bar, y: f64, x: impl Fn(f64) -> f64 + Copy) {
    let name = format!("{} {}", bar.name, duration(bar.to - bar.from));
    let times = ruler
        .time
        .map(|_| format!("{} to {}", ruler.time_at(bar.from), ruler.time_at(bar.to)))
        .unwrap_or_default();
    let (from, to) = (x(bar.from), x(bar.to));
    let behind = format!("\u{a0} {times}");
    match side(bar, x) {
        Side::Right => svg.shifted(to, y, 8.0, "hl", &[("b", &name), ("q wide", &behind)]),
        Side::Left => {
            svg.shifted(from, y, -8.0, "e hl", &[("q wide", &format!("{times} \u{a0}")), ("b", &name)])
        }
        Side::Below => svg.shifted(from.min(40.0), y + 19.0, 0.0, "hl", &[("b", &name), ("q wide", &behind)]),
    }
}

fn title(ruler: &Ruler, high: f64) -> String {
    let zone = ruler.zone.as_deref().map(|zone| format!(" {zone}")).unwrap_or_default();
    match ruler.time {
        Some(_) => {
            format!("Timeline of the incident, {} to {}{zone}", ruler.time_at(0.0), ruler.time_at(high))
        }
        None => "Timeline of the incident, in minutes from its start".to_owned(),
    }
}

fn description(ruler: &Ruler) -> String {
    let events = match ruler.marks.len() {
        0 => "The phases of the incident on one ruler.".to_owned(),
        n => format!("{} on one ruler. The events follow as a table.", count(n, "event")),
    };
    let bars: Vec<String> =
        ruler.bars.iter().map(|bar| format!("{} for {}", bar.name, duration(bar.to - bar.from))).collect();
    match bars.is_empty() {
        true => events,
        false => format!("{events} {}.", capital(&list(&bars))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruler(minutes: &[f64]) -> Ruler {
        let mark = |(n, minutes): (usize, &f64)| Mark { minutes: *minutes, number: n + 1, turns: n % 3 == 0 };
        Ruler {
            marks: minutes.iter().enumerate().map(mark).collect(),
            bars: vec![Bar { name: "undetected", class: "f1", from: 0.0, to: 11.0 }],
            length: Some(94.0),
            date: Some(jiff::civil::date(2024, 6, 28)),
            time: Some(jiff::civil::time(16, 48, 0, 0)),
            zone: Some("CEST".to_owned()),
        }
    }

    #[test]
    fn round_times_are_labelled() {
        let Html(svg) = chart("tl", &ruler(&[0.0, 5.0, 11.0, 94.0])).expect("a figure");
        for words in
            ["16:48 to 18:22 CEST", ">17:00<", ">17:30<", ">18:00<", "undetected 11 min", "16:48 to 16:59"]
        {
            assert!(svg.contains(words), "{words} in {svg}");
        }
    }

    #[test]
    fn any_span_has_few_labels() {
        for high in [1.0, 7.0, 59.0, 600.0, 1440.0, 40_000.0, 5e6, 4e9] {
            let ruler = ruler(&[0.0, high]);
            let (step, _) = step_of(0.0, high);
            assert!(moments(&ruler, 0.0, high, step).count() <= 201, "{high}");
            assert!(chart("tl", &ruler).is_some());
        }
    }

    #[test]
    fn nothing_is_drawn_without_two_moments() {
        let still = Ruler { bars: Vec::new(), length: None, ..ruler(&[0.0]) };
        assert!(chart("tl", &still).is_none());
    }

    #[test]
    fn crowded_marks_use_the_lanes_and_then_none() {
        let crowd = ruler(&[1.0; 9]).marks;
        assert_eq!(lanes(&crowd, |x| x).iter().flatten().count(), MOST_LANES);
    }
}
