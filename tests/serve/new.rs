//! A postmortem is begun, and the preview shows it.

use crate::server::{Server, postmortem, site, write};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn new(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook"))
        .arg("new")
        .args(arguments)
        .arg(root)
        .output()
        .expect("casebook runs")
}

#[test]
fn what_is_new_is_dated_named_and_shown() {
    let server = Server::start(&[("content/one.md", &postmortem("One", "The first."))], &["--watch"]);
    let arguments = [
        "Checkout: \"slow\" {{ date }}",
        "--date",
        "2024-05-31",
        "--cause",
        "capacity",
        "--severity",
        "sev2",
        "--service",
        "checkout",
    ];
    let output = new(server.root.path(), &arguments);
    let path = server.root.path().join("content/2024/2024-05-31-checkout-slow-date.md");
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{}\n", path.display()));
    let text = fs::read_to_string(&path).expect("written");
    assert!(
        text.starts_with("---\ntitle: \"Checkout: \\\"slow\\\" {{ date }}\"\ndate: 2024-05-31\n"),
        "{text}"
    );
    let page = server.wait_for("/incidents/2024-05-31-checkout-slow-date.html", |status, _| status == 200);
    assert!(page.contains("Checkout: &quot;slow&quot;") || page.contains("Checkout: \"slow\""), "{page}");
    server.wait_for("/causes/capacity.html", |_, body| body.contains("2024-05-31-checkout-slow-date.html"));
}

#[test]
fn what_is_there_is_never_overwritten() {
    let root = site(&[("content/2024/2024-05-31-mail.md", "mine")]);
    let output = new(root.path(), &["Mail", "--date", "2024-05-31"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is there already"));
    assert_eq!(
        fs::read_to_string(root.path().join("content/2024/2024-05-31-mail.md")).expect("still there"),
        "mine"
    );
}

#[test]
fn a_site_has_its_own_skeleton() {
    let root = site(&[("content/one.md", &postmortem("One", "The first."))]);
    write(
        root.path(),
        "archetypes/postmortem.md",
        "---\ntitle: {{ title }}\nseverity: {{ severity }}\n---\nWritten by hand.\n",
    );
    let output = new(root.path(), &["日本", "--date", "2024-05-31"]);
    let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    assert!(path.ends_with("2024-05-31-ri-ben.md"), "{path}");
    assert_eq!(
        fs::read_to_string(path).expect("written"),
        "---\ntitle: \"日本\"\nseverity:\n---\nWritten by hand.\n"
    );
}

#[test]
fn without_a_date_it_is_today() {
    let root = site(&[("content/one.md", &postmortem("One", "The first."))]);
    let output = new(root.path(), &["Mail"]);
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    // Midnight may pass between the two.
    let near = [today, today.yesterday().expect("a day")];
    let path = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(near.iter().any(|date| path.contains(&format!("/{}/{date}-mail.md", date.year()))), "{path}");
}
