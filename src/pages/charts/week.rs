//! Starts by weekday and hour, in local time as written.

use super::{ChartView, MOST_DOTS, Svg, TableView};
use crate::incident::clock;
use crate::pages::english::{WEEKDAYS, number, weekday_index};
use jiff::civil::DateTime;

/// Where the day begins and ends, in per cent of the width.
const LEFT: f64 = 11.0;
const RIGHT: f64 = 92.0;
/// Height of one weekday, in pixels.
const ROW: f64 = 26.0;

/// Draws `starts`; `id` is unique in the page.
pub fn chart(id: &str, description: &str, starts: &[DateTime]) -> ChartView {
    let mut days: [Vec<DateTime>; 7] = Default::default();
    starts.iter().for_each(|start| days[weekday_index(start.weekday())].push(*start));
    days.iter_mut().for_each(|day| day.sort_by_key(|start| start.time()));
    let bottom = ROW * 7.0;
    let mut svg = Svg::titled(id, bottom + 30.0, "Start of each incident by weekday and hour", description);
    for hour in [0.0, 6.0, 12.0, 18.0, 24.0] {
        let class = if hour % 24.0 == 0.0 { "tk" } else { "" };
        svg.line(x(hour), 4.0, x(hour), bottom, class);
        svg.text(x(hour), bottom + 18.0, "q m", &format!("{hour:02}:00"));
    }
    let busiest = days.iter().map(Vec::len).max().unwrap_or(0);
    for (n, day) in days.iter().enumerate() {
        draw_day(&mut svg, n, day, busiest, starts.len() > MOST_DOTS);
    }
    ChartView { svg: svg.done(), table: Some(table(&days, starts.len() > MOST_DOTS)) }
}

fn x(hour: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * hour / 24.0
}

fn hours(start: &DateTime) -> f64 {
    f64::from(start.hour()) + f64::from(start.minute()) / 60.0
}

fn draw_day(svg: &mut Svg, n: usize, day: &[DateTime], busiest: usize, counted: bool) {
    let y = ROW * n as f64 + 14.0;
    svg.text(0.0, y + 4.0, "", &WEEKDAYS[n][..3]);
    svg.line(LEFT, y, RIGHT, y, "");
    match counted {
        true => draw_counts(svg, day, y),
        false => day.iter().for_each(|start| svg.circle(x(hours(start)), y, 5.0, "")),
    }
    let class = if day.len() == busiest && busiest > 0 { "e b" } else { "e q" };
    svg.text(100.0, y + 4.0, class, &number(day.len()));
}

fn by_hour(day: &[DateTime]) -> [usize; 24] {
    let mut counts = [0; 24];
    day.iter().for_each(|start| counts[usize::try_from(start.hour()).unwrap_or(0).min(23)] += 1);
    counts
}

fn draw_counts(svg: &mut Svg, day: &[DateTime], y: f64) {
    let counts = by_hour(day);
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    for (hour, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = 20.0 * *count as f64 / most as f64;
        svg.rect(x(hour as f64) + 0.2, y + 8.0 - height, x(1.0) - x(0.0) - 0.4, height, "bar");
    }
}

fn table(days: &[Vec<DateTime>; 7], counted: bool) -> TableView {
    let times = |day: &Vec<DateTime>| match day.is_empty() {
        true => "none".to_owned(),
        false => day.iter().map(|start| clock(start.time())).collect::<Vec<_>>().join(", "),
    };
    let by_quarter = |day: &Vec<DateTime>| {
        let counts = by_hour(day);
        counts.chunks(6).map(|hours| number(hours.iter().sum())).collect::<Vec<_>>()
    };
    match counted {
        false => {
            let rows =
                days.iter().zip(WEEKDAYS).map(|(day, name)| vec![name.to_owned(), times(day)]).collect();
            TableView::new("Local start times by weekday".to_owned(), &["Weekday", "Started at"], rows)
        }
        true => {
            let row = |(day, name): (&Vec<DateTime>, &str)| [vec![name.to_owned()], by_quarter(day)].concat();
            let heads = ["Weekday", "00 to 06#", "06 to 12#", "12 to 18#", "18 to 24#"];
            TableView::new(
                "Starts by weekday and hours".to_owned(),
                &heads,
                days.iter().zip(WEEKDAYS).map(row).collect(),
            )
        }
    }
}
