//! Files change, and the preview with them.

use crate::server::{Server, postmortem};

#[test]
fn a_new_document_is_there_at_once() {
    let server = Server::start(&[("content/one.md", &postmortem("One", "The first."))], &["--watch"]);
    server.write("content/two.md", &postmortem("Two", "The second."));
    server.wait_for("/incidents.json", |_, body| body.contains("\"two\""));
}
