//! What the preview of an edition tells its author, whose screen others may see: nothing that was removed.

use crate::server::{Server, postmortem};

const SETTINGS: &str = "[editions.public]\ndefault = \"public\"\n";

#[test]
fn errors_quote_nothing_that_is_not_in_the_edition() {
    let files = [("site.toml", SETTINGS), ("content/one.md", &postmortem("One", "The first."))];
    let server = Server::start(&files, &["--watch", "--edition", "public"]);
    let mut events = server.listen("/incidents/one.html");
    let unclosed = "The first.\n\n<!-- internal -->\n\nZephyrine swore.\n";
    server.write(
        "content/kestrelby.md",
        "---\ntitle: Kestrelby\nvisibility: quux\ndate: [broken\n---\n\nKestrelby.\n",
    );
    server.write("content/one.md", &postmortem("One", unclosed));
    let mut told = String::new();
    while !told.contains("this mark is not closed") {
        told += &events.next().to_string();
    }
    let page = server.wait_for("/incidents/one.html", |status, _| status == 200);
    for word in ["zephyrine", "kestrelby", "quux"] {
        assert!(!told.to_lowercase().contains(word), "{told}");
        assert!(!page.to_lowercase().contains(word), "{page}");
    }
}
