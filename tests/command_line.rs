//! What the command line says of itself to shells and to `man`.

mod workspace;

use workspace::{Workspace, tree};

fn printed(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.casebook(arguments).output().expect("casebook runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The commands that the help names.
fn commands(workspace: &Workspace) -> Vec<String> {
    let help = printed(workspace, &["--help"]);
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let names = list.lines().take_while(|line| !line.is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_shell_completes_every_command() {
    let workspace = Workspace::new();
    let commands = commands(&workspace);
    assert!(commands.len() > 8, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&workspace, &["completions", shell]);
        let missing: Vec<_> = commands.iter().filter(|name| !script.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "{shell}: {missing:?}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let workspace = Workspace::new();
    assert!(printed(&workspace, &["man"]).contains(".TH casebook 1"));
    assert_eq!(printed(&workspace, &["man", "a/man1"]), "a/man1\n");
    let pages = tree(&workspace.path("a/man1"));
    for name in commands(&workspace).iter().filter(|name| *name != "help") {
        let page = pages.get(&format!("casebook-{name}.1")).unwrap_or_else(|| panic!("no page of {name}"));
        assert!(String::from_utf8_lossy(page).contains(".SH OPTIONS"), "{name}");
    }
    workspace.write("file", "");
    let refused = workspace.casebook(["man", "file"]).output().expect("casebook runs");
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));
}
