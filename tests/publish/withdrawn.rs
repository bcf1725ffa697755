//! What an edition published and is internal by now.

use super::{Workspace, tree};

const PAGE: &str = "---\ntitle: Zephyrine winch jammed\ndate: 2031-04-02\n---\n\n# Winch\n\nThe Kestrelby cable broke at 09:00 UTC.\n";

#[test]
fn what_was_published_and_is_internal_now_is_gone_and_this_is_told() {
    let workspace = Workspace::new();
    workspace.write("site.toml", "[editions.public]\ndefault = \"public\"\n");
    workspace.write("content/lock.md", "# Lock\n\nDate: 3 May 2031\n\nThe gate jammed at 10:00 UTC.\n");
    workspace.write("content/zephyrine.md", PAGE);
    workspace.build();
    let named = |word: &str| -> Vec<String> {
        let has = |(path, bytes): &(String, Vec<u8>)| {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            text.contains(word) || path.contains(word)
        };
        tree(&workspace.path("public")).into_iter().filter(has).map(|(path, _)| path).collect()
    };
    assert!(!named("zephyrine").is_empty() && !named("kestrelby").is_empty());

    workspace.write("content/zephyrine.md", PAGE.replace("---\n\n#", "visibility: internal\n---\n\n#"));
    let output = workspace.casebook(["build"]).output().expect("casebook runs");
    let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success(), "{told:?}");
    assert_eq!([named("zephyrine"), named("kestrelby")], [Vec::<String>::new(), Vec::new()]);
    assert!(told[0].contains("1 left out: 1 internal document"), "{told:?}");
    assert!(!told.concat().to_lowercase().contains("zephyrine"), "{told:?}");
}
