//! The header of a mail above its text: it says when somebody wrote, and never when something happened.

use crate::language;
use jiff::civil::Date;

/// Lines that are looked through.
const HEAD: usize = 30;

/// Whether the value of a `Date:` line is that of a mail: `Mon, 8 Apr 2024 09:12:44 +0200`.
pub fn is_date(value: &str) -> bool {
    let value = value.trim();
    let weekday = value
        .get(..5)
        .is_some_and(|start| start.ends_with(", ") && start[..3].bytes().all(|b| b.is_ascii_alphabetic()));
    let zone = value.split(' ').nth(5).unwrap_or_default();
    let offset = zone.starts_with(['+', '-']) && zone.len() == 5
        || zone.len() == 3 && zone.bytes().all(|b| b.is_ascii_uppercase());
    weekday && offset && value.split(' ').nth(4).is_some_and(|clock| clock.matches(':').count() >= 1)
}

/// `Date: Tue, 1 Nov 2022 07:32:16 GMT`: when a server answered somebody.
pub fn is_header_of_a_response(value: &str) -> bool {
    let value = value.trim();
    value.ends_with(" GMT") && value.get(3..5) == Some(", ") && value.matches(':').count() == 2
}

/// The day on which the mail was written that a text begins with.
pub fn written_on(text: &str) -> Option<Date> {
    let header = || text.trim_start().lines().take(HEAD).take_while(|line| !line.trim().is_empty());
    let is_mail =
        header().any(|line| line.starts_with("Subject: ")) && header().any(|line| line.starts_with("From: "));
    let date = header().find_map(|line| line.strip_prefix("Date: ")).filter(|_| is_mail)?;
    language::dates(date).first()?.value.day()
}

/// What a mail is about: the words behind `Subject:`, without `Re:` and the list's name in brackets.
pub fn subject(line: &str) -> Option<usize> {
    let mut at = "Subject: ".len();
    line.strip_prefix("Subject: ")?;
    loop {
        let rest = line[at..].trim_start();
        at = line.len() - rest.len();
        let reply = ["Re: ", "RE: ", "Fwd: ", "FW: "]
            .iter()
            .find(|reply| rest.starts_with(**reply))
            .map(|reply| reply.len());
        let list = || rest.strip_prefix('[').and_then(|rest| rest.find("] ")).map(|end| end + "[] ".len());
        match reply.or_else(list) {
            Some(len) => at += len,
            None => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_gives_the_day_of_writing_and_the_subject() {
        let mail =
            "Subject: Re: [ops] Ferry outage\nFrom: Ada\nDate: Mon, 5 May 2031 09:12:44 +0200\n\nHello";
        assert_eq!(written_on(mail), Some(jiff::civil::date(2031, 5, 5)));
        assert_eq!(written_on("Date: Mon, 5 May 2031 09:12:44 +0200"), None);
        assert_eq!(
            subject("Subject: Re: [ops] Ferry outage").map(|at| &"Subject: Re: [ops] Ferry outage"[at..]),
            Some("Ferry outage")
        );
        assert!(
            is_date("Mon, 5 May 2031 09:12:44 +0200") && is_date("Mon, 5 May 2031 09:12:44 +0200 (CEST)")
        );
        assert!(!is_date("5 May 2031 09:12") && !is_date("Monday, 5 May 2031, 09:12 UTC"));
    }
}
