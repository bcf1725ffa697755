//! What stands in the place of an action and is none: a prompt that nobody answered, a place for one, news to come,
//! and that there is nothing to do.

/// Whether words in the place of an action are none.
pub(super) fn is(words: &str) -> bool {
    is_prompt(words) || is_none(words) || is_of_news(words)
}

/// What a template or an assignment asks for, left standing.
fn is_prompt(words: &str) -> bool {
    #[rustfmt::skip]
    const PROMPTS: &[&str] = &[
        "what are ", "what is ", "what was ", "what can ", "how was ", "how did ", "when was ", "which ", "who ",
        "explain in detail", "a list of tasks", "list of tasks", "list any", "list the",
    ];
    let lower = words.to_lowercase();
    PROMPTS.iter().any(|prompt| lower.starts_with(prompt))
        || lower.starts_with(['…'])
        || lower.starts_with("...")
        || is_asking(&lower)
        || is_unnamed(&lower)
}

/// `Describe the action here`, `Beschreiben Sie hier die Maßnahme`: an instruction that points at its own line.
fn is_asking(lower: &str) -> bool {
    #[rustfmt::skip]
    const ASKING: &[&str] = &[
        "describe", "explain", "insert", "enter", "write", "add", "list", "specify", "fill", "beschreiben", "beschreibe", "describa", "escriba",
        "décrivez", "décrire", "ajoutez", "descreva", "descrivi", "beschrijf", "опишите",
    ];
    #[rustfmt::skip]
    const HERE: &[&str] = &[
        "here", "action", "actions", "task", "tasks", "item", "items", "hier", "maßnahme", "aquí", "acción", "ici", "aqui", "ação", "qui", "azione",
        "actie", "здесь", "действие",
    ];
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let asks = words.next().is_some_and(|first| ASKING.contains(&first));
    let rest: Vec<&str> = words.collect();
    asks && rest.len() <= 8 && rest.last().is_some_and(|last| HERE.contains(last))
        || asks
            && rest
                .iter()
                .take(2)
                .any(|word| matches!(*word, "here" | "hier" | "aquí" | "ici" | "aqui" | "здесь"))
}

/// `Action item 2`, `Task 1: ...`: a place for an action.
fn is_unnamed(lower: &str) -> bool {
    #[rustfmt::skip]
    const PLACES: &[&str] =
        &["action", "actions", "item", "task", "todo", "step", "next", "follow", "up", "another", "an", "example", "more"];
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| PLACES.contains(&word))
}

/// `We will publish a full review next week.`: a promise of news, and of no change.
fn is_of_news(words: &str) -> bool {
    #[rustfmt::skip]
    const SAYING: &[&str] = &["publish", "published", "share", "shared", "post", "posted", "release", "released", "send", "sent"];
    #[rustfmt::skip]
    const NEWS: &[&str] = &[
        "review", "postmortem", "report", "analysis", "update", "updates", "rca", "details", "findings", "information", "explanation", "mortem",
    ];
    let lower = words.to_lowercase();
    let Some(rest) =
        ["we will ", "we'll ", "we’ll ", "a ", "an "].iter().find_map(|lead| lower.strip_prefix(lead))
    else {
        return false;
    };
    let words: Vec<&str> =
        rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(8).collect();
    words.iter().any(|word| SAYING.contains(word))
        && words
            .iter()
            .take_while(|word| !matches!(**word, "when" | "if" | "after" | "to" | "for" | "about" | "on"))
            .any(|word| NEWS.contains(word))
}

/// `No fixes were necessary.`, `None required at this time`: that there is nothing to do.
fn is_none(words: &str) -> bool {
    const NEEDED: &[&str] = &["needed", "necessary", "required", "planned", "at this time", "to report"];
    let lower = words.to_lowercase();
    let denied = ["no ", "none ", "nothing "].iter().any(|no| lower.starts_with(no))
        && !lower.starts_with("no longer");
    denied && lower.split_whitespace().count() <= 10 && NEEDED.iter().any(|needed| lower.contains(needed))
}
