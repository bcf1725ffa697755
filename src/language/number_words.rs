//! Numbers in words, and the units that follow numbers.

use crate::language::locale::numbered;

/// Numbers as words, from one to twelve and the tens; French and Portuguese where they differ.
#[rustfmt::skip]
pub(super) const NUMBERS: &[(&str, i32)] = &[
    ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8),
    ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14),
    ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20),
    ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80),
    ("ninety", 90), ("une", 1), ("deux", 2), ("trois", 3), ("quatre", 4), ("uma", 1), ("duas", 2),
    ("dois", 2),
];

/// Names of units and their length in minutes. Single letters count only right behind a number.
#[rustfmt::skip]
const UNITS: &[(&str, f64)] = &[
    ("seconds", 1.0 / 60.0), ("second", 1.0 / 60.0), ("secs", 1.0 / 60.0), ("sec", 1.0 / 60.0), ("s", 1.0 / 60.0),
    ("minutes", 1.0), ("minute", 1.0), ("mins", 1.0), ("min", 1.0), ("m", 1.0),
    ("hours", 60.0), ("hour", 60.0), ("hrs", 60.0), ("hr", 60.0), ("h", 60.0),
    ("days", 1440.0), ("day", 1440.0), ("d", 1440.0),
    ("weeks", 10080.0), ("week", 10080.0), ("wks", 10080.0),
];

/// The units of every language.
pub(super) fn units() -> impl Iterator<Item = (&'static str, f64)> {
    const MINUTES: [f64; 5] = [1.0 / 60.0, 1.0, 60.0, 1440.0, 10080.0];
    UNITS.iter().copied().chain(numbered("units").filter_map(|(name, n)| Some((name, *MINUTES.get(n)?))))
}

/// Words that can begin a length beside numbers: `half an hour`, `an hour`.
pub(super) const BEFORE_UNITS: &[&str] = &["half", "a", "an"];

/// What stands behind the year, the month and the day of a date in scripts without spaces.
pub(super) const DATE_UNITS: &[&str] = &["年", "년", "月", "월", "日", "일", "号", "號"];

/// Units of dates, clock times and lengths in scripts without spaces; of two that begin alike the longer one first.
#[rustfmt::skip]
pub(super) const UNITS_BEHIND_NUMBERS: &[&str] = &[
    "年", "月", "日間", "日", "号", "號", "週間", "天", "時間", "時", "时", "小时", "小時", "个小时", "個小時", "点", "點", "分钟", "分鐘", "分間", "分",
    "秒钟", "秒鐘", "秒間", "秒", "년", "월", "일간", "일", "주간", "시간", "시", "분간", "분", "초간", "초",
];
