//! Texts that a program wrote: logs, access logs, dumps of events. Their times are no timeline.

/// Words that a program gives a line.
#[rustfmt::skip]
const LEVELS: &[&str] =
    &["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERR", "ERROR", "CRIT", "CRITICAL", "FATAL", "SEVERE"];

/// Where a line tells its time, when it does, in bytes.
const HEAD: usize = 48;

/// Whether most lines of a text were written by a program.
pub fn is_machine_log(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (all, made) =
        lines.fold((0, 0), |(all, made), line| (all + 1, made + usize::from(is_machine_line(line))));
    made > 0 && made * 2 >= all
}

/// It begins with a time, and has what no person writes beside one.
fn is_machine_line(line: &str) -> bool {
    let head = line.get(..HEAD).unwrap_or(line).as_bytes();
    has_clock(head)
        && (is_leveled(line)
            || has_process(line)
            || has_fraction(head)
            || has_request(line)
            || has_pair(line))
}

fn has_clock(head: &[u8]) -> bool {
    let clock = |six: &[u8]| six[2] == b':' && [0, 1, 3, 4].iter().all(|at| six[*at].is_ascii_digit());
    head.windows(5).any(clock)
}

/// `10:00:01.250` or `10:00:01,250`.
fn has_fraction(head: &[u8]) -> bool {
    let is_fraction = |part: &[u8]| {
        part[0] == b':'
            && matches!(part[3], b'.' | b',')
            && [1, 2, 4, 5, 6].iter().all(|at| part[*at].is_ascii_digit())
    };
    head.windows(7).any(is_fraction)
}

fn is_leveled(line: &str) -> bool {
    let bracketed = |word: &str| {
        LEVELS.iter().any(|level| word.trim_matches(['[', ']', '<', '>']).eq_ignore_ascii_case(level))
    };
    line.split_whitespace().take(6).any(|word| {
        let word = word.trim_end_matches(':');
        LEVELS.contains(&word) || word.starts_with(['[', '<']) && bracketed(word)
    })
}

/// `sshd[4211]:`
fn has_process(line: &str) -> bool {
    let is_process = |word: &str| {
        let Some((name, rest)) = word.split_once('[') else { return false };
        let number = rest.trim_end_matches(':').strip_suffix(']');
        !name.is_empty()
            && number
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    line.split_whitespace().take(6).any(is_process)
}

fn has_request(line: &str) -> bool {
    ["\"GET /", "\"POST /", "\"PUT /", "\"HEAD /", "\"DELETE /"].iter().any(|request| line.contains(request))
}

/// `status=502`
fn has_pair(line: &str) -> bool {
    let is_pair =
        |word: &str| word.split_once('=').is_some_and(|(key, value)| !key.is_empty() && !value.is_empty());
    line.split_whitespace().filter(|word| is_pair(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_programs_are_told_from_those_of_people() {
        for log in [
            "2024-03-05T10:00:01Z ERROR queue full\n2024-03-05T10:00:02Z INFO retry\n",
            "Mar  5 10:00:01 quay sshd[4211]: Accepted key\n",
            "10.0.0.9 - - [05/Mar/2024:10:00:01 +0000] \"GET /tickets HTTP/1.1\" 502 0\n",
            "[2024-03-05 10:00:01,250] connection reset\n\tat pool.take\n",
            "2024-03-05 10:00 level=error host=quay full\n",
            "2024/03/05 10:00:01 [error] 31#31: upstream timed out\n",
        ] {
            assert!(is_machine_log(log), "{log}");
        }
        for text in [
            "10:00 The queue is full.\n10:05 Somebody looks.\n",
            "[10:00:01] joost: I see an ERROR in the till, a=b?\n[10:00:09] mirte: on it\n"
                .replace("ERROR", "error")
                .as_str(),
            "Ferry stuck\n\nOn 5 March 2024 at 10:00 a rope got into the screw.\n\n2024-03-05T10:00:01Z ERROR no thrust\n",
            "",
        ] {
            assert!(!is_machine_log(text), "{text}");
        }
    }
}
