//! The words by which a sentence names a root cause, and those by which it tells something else.

use crate::infer::context::votes::Vote;

/// What the phrases of other languages weigh: those that name a cause, and those that join one to its effect.
pub const LOCAL: &[(&str, i32)] = &[("cause", 10), ("because", 7)];

/// Words that name a cause, and what they weigh.
pub const NAMING: &[(&str, i32)] = &[
    ("root cause", 12),
    ("caused by", 10),
    ("cause of the", 8),
    ("due to", 8),
    ("because", 7),
    ("stemmed from", 10),
    ("resulted from", 10),
    ("as a result of", 7),
    ("result of", 5),
    ("originated", 8),
    ("culprit", 8),
    ("traced to", 9),
    ("traced back", 9),
    ("turned out that", 8),
    ("turned out to be", 8),
    ("turns out", 7),
    ("the problem was that", 7),
    ("the issue was that", 7),
    ("the reason was", 8),
    ("the cause was", 10),
    ("the reason for", 5),
    ("was triggered by", 8),
    ("led to", 4),
    ("leading to", 4),
    ("resulting in", 4),
    ("causing", 4),
    ("which caused", 6),
    ("caused", 5),
    ("misconfigur*", 5),
    ("memory leak", 4),
    ("bug", 3),
    ("bugs", 3),
    ("buggy", 3),
    ("bugfix*", 3),
    ("expired", 4),
    ("mistakenly", 5),
    ("accidentally", 5),
    ("inadvertently", 5),
    ("failed", 2),
    ("filled up", 5),
    ("ran out of", 5),
    ("overload*", 3),
    ("exhaust*", 4),
    ("couldn't", 2),
    ("incorrect", 4),
    ("wrong", 3),
    ("discontinued", 4),
    ("reason", 3),
    ("relied on", 4),
    ("reliance on", 4),
    ("was not", 1),
    ("were not", 1),
    ("did need", 2),
    ("did not have", 3),
    ("didn't have", 3),
    ("starv*", 3),
    ("determined that", 4),
    ("ran low", 4),
    ("never enabled", 4),
    ("not enabled", 3),
    ("forgot*", 4),
    ("had an extended outage", 6),
    ("outage of our", 5),
];

/// Words of a sentence that tells something else.
pub const OTHER: &[(&str, i32)] = &[
    ("resolved", -8),
    ("was fixed", -8),
    ("fixed by", -8),
    ("rolled back", -5),
    ("to prevent", -10),
    ("to resolve", -9),
    ("to fix", -7),
    ("restarted", -4),
    ("initially", -8),
    ("assum*", -8),
    ("suspect*", -6),
    ("hypothes*", -8),
    ("ruled out", -10),
    ("apolog*", -15),
    ("sorry", -12),
    ("we will", -8),
    ("lesson*", -8),
    ("not due to", -12),
    ("not caused", -12),
    ("not the cause", -12),
    ("unrelated", -8),
    ("mislead*", -10),
    ("monitoring alert", -5),
    ("was restored", -8),
    ("delay in ~ respon*", -14),
    ("delay* response", -12),
    ("slack", -3),
    ("timeline", -4),
    ("mitigat*", -5),
    ("detected", -4),
    ("outage caused", -10),
    ("outages caused", -10),
    ("brace yourselves", -12),
    ("picture this", -12),
    ("see below", -20),
    ("see above", -20),
    ("described below", -12),
    ("described above", -12),
    ("listed below", -20),
    ("as follows", -10),
    ("no packages", -12),
    ("no action is", -12),
    ("repair*", -6),
    ("not established", -30),
    ("not yet established", -30),
    ("not yet known", -30),
    ("is unknown", -30),
    ("was unknown", -30),
    ("remains unknown", -30),
    ("still unknown", -30),
    ("tbd", -30),
    ("to be determined", -30),
    ("unknown cause", -12),
    ("is unclear", -30),
    ("was unclear", -30),
    ("remains unclear", -30),
    ("undetermined", -30),
    ("could not be determined", -30),
    ("not been determined", -30),
    ("not been identified", -30),
    ("still investigating", -30),
    ("under investigation", -30),
    ("do not know why", -30),
    ("don't know why", -30),
];

/// The row of [`VOTES`] for words of a fault.
pub const FAULT: usize = 0;

/// The row for words of what users saw, which count only where no cause is named beside them.
pub const SYMPTOM: usize = 1;

/// What speaks against a sentence as the root cause, and in [`FAULT`] for it. A row counts once.
#[rustfmt::skip]
pub const VOTES: &[Vote] = &[
    Vote { weight: 5, phrases: &[
        "misconfigur*", "bug", "bugs", "buggy", "leak*", "expired", "expiration", "crash*", "exhaust*", "overload*", "overwhelm*", "missing",
        "incorrect*", "wrong*", "mistak*", "accident*", "inadvertent*", "typo", "misspel*", "broke", "broken", "faulty", "corrupt*",
        "race condition", "deadlock*", "incompatib*", "ran out", "filled up", "exceed*", "regression", "not properly", "improper*",
        "vulnerab*", "exploit*", "compromis*", "lack of", "insufficient", "inefficien*", "defect*", "saturat*", "meltdown",
        "malfunction*", "flaw*", "failure", "failed", "fail", "conflict*", "power outage", "too many", "too much", "too low", "too high",
        "too small", "too large",
    ] },
    // What users saw.
    Vote { weight: -8, phrases: &[
        "unreachable", "unavailable", "was down", "were down", "went down", "been down", "was offline", "were offline", "went offline",
        "stayed offline", "inaccessible", "not accessible", "not available", "unable to access", "unable to log", "could not log",
        "could not access", "could not reach", "stopped processing", "stopped responding", "stopped working", "stopped accepting",
        "stopped serving", "stopped answering", "stopped sending", "stopped receiving",
    ] },
    // What is to be done, or should have been.
    Vote { weight: -6, phrases: &[
        "will", "should", "need to", "needs to", "must", "plan to", "in future", "in the future", "recommend*", "to prevent", "to ensure",
        "to protect", "to avoid", "would have", "we want",
    ] },
    // What readers are told to do.
    Vote { weight: -6, phrases: &["you", "your", "please", "if we"] },
    Vote { weight: -3, phrases: &["may", "might", "can", "likely"] },
    // How it was noticed.
    Vote { weight: -4, phrases: &["alert*", "pager*", "notified", "detected", "notice*", "complain*", "support", "ticket*", "monitoring"] },
    // Who noticed it, and what was done then.
    Vote { weight: -8, phrases: &[
        "we noticed", "we were alerted", "we detected", "we received", "alerted us", "became aware", "were notified", "was notified",
        "were paged", "was paged", "we declared", "declared an incident", "incident was declared", "first report*", "users report*",
        "customers report*", "was reported",
    ] },
    // What made it last, not what made it happen.
    Vote { weight: -10, phrases: &[
        "delayed", "delaying", "unacknowledged", "no one ~ awake", "no one ~ available", "nobody ~ awake", "nobody ~ available", "on call", "awake", "took longer", "took a while", "took some time", "longer than",
        "slowed us", "exacerbat*", "made it worse", "made things worse", "made matters worse", "worsen*", "more difficult", "harder",
    ] },
    // What is said of the report itself.
    Vote { weight: -12, phrases: &[
        "this document", "this report", "this page", "this post", "this article", "this repository", "postmortem", "post mortem",
        "root cause analysis", "5 whys", "five whys", "what made",
    ] },
    // What is not known yet.
    Vote { weight: -12, phrases: &[
        "we are aware", "we are continuing", "we are working", "we are investigating", "we are currently", "we are still", "continuing",
        "are investigating", "currently investigating", "look* for", "find the", "finding the", "search*", "hasn t been", "doesn t mean",
        "not been", "figure out", "out of the question",
    ] },
    // Steps of the search.
    Vote { weight: -8, phrases: &[
        "tried", "i ran", "we ran", "i checked", "we checked", "checked the", "checked whether", "checked if",
        "i opened", "i looked", "we looked", "after debugging", "dug in",
    ] },
    // What a thing is for.
    Vote { weight: -6, phrases: &[
        "is responsible for", "are responsible for", "allows", "is used to", "is used for", "are used to", "normally", "usually", "typically",
        "in general",
    ] },
];
