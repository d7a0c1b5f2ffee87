//! The tour leaves nothing behind, whether it went well or not.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod common;

use std::process::{Command, Output};

use common::Folder;

/// The tour, with a folder of its own for what it makes, after these shell commands.
fn tour(before: &str) -> (Output, usize) {
    let folder = Folder::new();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{before} exec \"$0\" tour --json"), env!("CARGO_BIN_EXE_pilot")]);
    let output = command.env("TMPDIR", folder.path()).output().unwrap();
    (output, std::fs::read_dir(folder.path()).unwrap().count())
}

#[test]
fn when_all_went_well() {
    let (output, left) = tour("");
    assert_eq!((output.status.code(), left), (Some(0), 0), "{output:?}");
}

#[test]
fn when_it_could_not_go_on() {
    // The certificates fit into the files that may be written, the vault does not.
    let (output, left) = tour("trap '' XFSZ; ulimit -f 16;");
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(said.contains("WC-6014"), "{output:?}");
    assert_eq!((output.status.code(), left), (Some(1), 0), "{output:?}");
}
