//! `offhook gen`, `offhook new` and `offhook tidy`, as somebody runs them who has no clone.

mod command;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use command::{directory, offhook, run, status, stderr, stdout};

/// The vendor and the events that most tests have.
fn begun(name: &str) -> PathBuf {
    let directory = directory(name, &[]);
    for event in ["call.end", "call.start"] {
        let new = run(&directory, &["new", "acme", event]);
        assert_eq!((status(&new), stderr(&new)), (0, ""));
    }
    directory
}

/// Every file below a folder, with its text.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let (mut open, mut texts) = (vec![folder.to_owned()], BTreeMap::new());
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                texts.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    texts
}

#[test]
fn from_a_first_event_to_modules_that_go_stale() {
    let directory = directory("generate-first", &[]);
    let new = run(&directory, &["new", "acme", "call.end"]);
    assert_eq!((status(&new), stderr(&new)), (0, ""));
    let expected = "\
schemas/acme/vendor.json
schemas/acme/call.end.json
next: replace every TODO, and write the event's members
      put the document's example at schemas/acme/examples/call.end.json
      run `offhook gen --out DIR`, and `offhook tidy` for what is missing
";
    assert_eq!(stdout(&new), expected);

    let arguments = ["gen", "--out", "src/hooks"];
    let check = [&arguments[..], &["--check"]].concat();
    let missing = run(&directory, &check);
    assert_eq!(status(&missing), 1, "{missing:?}");
    assert!(!directory.join("src").exists());
    let written = run(&directory, &arguments);
    assert_eq!((status(&written), stderr(&written)), (0, ""));
    assert!(stdout(&written).starts_with("acme: 1 event, 1 type, "), "{written:?}");
    let fresh = run(&directory, &check);
    assert_eq!((status(&fresh), stderr(&fresh)), (0, ""));

    let kept = texts(&directory.join("src/hooks"));
    assert!(kept[Path::new("mod.rs")].contains("pub mod acme;"));
    for (path, text) in &kept {
        let mut named = text.split("offhook_").skip(1);
        assert!(named.all(|rest| rest.starts_with("runtime::")), "{}", path.display());
    }
    let module = directory.join("src/hooks/acme/call_end.rs");
    fs::write(&module, kept[Path::new("acme/call_end.rs")].replace("pub struct", "struct"))
        .unwrap();
    fs::write(directory.join("src/hooks/acme/gone.rs"), &kept[Path::new("acme.rs")]).unwrap();
    fs::write(directory.join("src/hooks/own.rs"), "//! Written by hand.\n").unwrap();
    let stale = run(&directory, &check);
    assert_eq!(status(&stale), 1);
    assert!(stdout(&stale).contains("\n-struct CallEnd"), "{stale:?}");
    assert!(stdout(&stale).contains("\n+pub struct CallEnd"), "{stale:?}");
    let expected = "\
stale: src/hooks/acme/call_end.rs
no longer made by any schema: src/hooks/acme/gone.rs
src/hooks is not what schemas makes; run `offhook gen --out src/hooks`
";
    assert_eq!(stderr(&stale), expected);
    let written = run(&directory, &arguments);
    assert!(stdout(&written).ends_with("removed src/hooks/acme/gone.rs\n"), "{written:?}");
    let mut again = texts(&directory.join("src/hooks"));
    assert!(again.remove(Path::new("own.rs")).is_some());
    assert_eq!(again, kept);
}

/// `cargo xtask gen --check` holds the same folder to be fresh.
#[test]
fn the_modules_of_this_repository_are_made_byte_for_byte() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let directory = directory("generate-repository", &[]);
    let schemas = root.join("schemas");
    let written = run(&directory, &["gen", "--schemas", schemas.to_str().unwrap(), "--out", "out"]);
    assert_eq!((status(&written), stderr(&written)), (0, ""));
    let mut made = texts(&directory.join("out"));
    assert!(made.remove(Path::new("mod.rs")).is_some());
    assert!(made.len() > 60, "{} files", made.len());
    for (path, text) in made {
        let kept = fs::read_to_string(root.join("generated/src").join(&path)).unwrap_or_default();
        assert!(text == kept, "{}", path.display());
    }
}

#[test]
fn tidy_lists_what_is_left_and_counts_it() {
    let directory = begun("generate-tidy");
    let tidy = run(&directory, &["tidy"]);
    assert_eq!((status(&tidy), stderr(&tidy)), (1, "schemas: 7 places to tidy\n"));
    let first = "schemas/acme/call.end.json#: expected examples/call.end.json or ";
    assert!(stdout(&tidy).starts_with(first), "{tidy:?}");
    assert_eq!(stdout(&tidy).lines().count(), 7);
    let schemas = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let tidy = run(&directory, &["tidy", "--schemas", schemas]);
    assert_eq!((status(&tidy), stderr(&tidy)), (0, ""));
    assert_eq!(stdout(&tidy), format!("{schemas}: nothing to tidy\n"));
}

#[test]
fn the_status_tells_usage_and_schemas_from_files() {
    let directory = begun("generate-status");
    fs::create_dir_all(directory.join("broken/acme")).unwrap();
    fs::write(directory.join("broken/acme/vendor.json"), "{").unwrap();
    fs::create_dir_all(directory.join("taken/acme/call_end.rs")).unwrap();
    fs::create_dir_all(directory.join("own/acme")).unwrap();
    fs::write(directory.join("own/acme/call_end.rs"), "//! Written by hand.\n").unwrap();
    fs::write(directory.join("file"), "").unwrap();
    for (arguments, code, expected) in [
        ("gen", 2, "--out <DIR>"),
        ("gen --out out --schemas none", 2, "error: cannot load the schemas: none: "),
        ("gen --out out --schemas broken", 2, "error: cannot load the schemas: broken/acme/vendor"),
        ("gen --out taken", 3, "error: taken/acme/call_end.rs: expected a generated file, found a"),
        ("gen --out taken --check", 3, "error: taken/acme/call_end.rs: "),
        ("gen --out own", 3, "error: own/acme/call_end.rs: expected a generated file to replace"),
        ("gen --out file", 3, "error: file: expected a folder, found a file"),
        ("tidy --schemas broken", 2, "error: cannot load the schemas: broken/acme/vendor.json#"),
        ("new acme call.end", 2, "call.end.json: this event already has a schema"),
        ("new acme a/b", 2, "error: expected a name of letters, digits, "),
        ("new ../acme a", 2, "error: expected a name of letters, digits, "),
        ("new acme a --schemas broken", 2, "error: cannot load the schemas: broken/acme/vendor"),
        ("new acme a --schemas file", 3, "error: cannot write file/acme"),
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let before = texts(&directory);
        let outcome = run(&directory, &arguments);
        assert_eq!(status(&outcome), code, "{arguments:?}: {outcome:?}");
        assert!(stderr(&outcome).contains(expected), "{arguments:?}: {outcome:?}");
        assert_eq!(texts(&directory), before, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_refused() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let directory = begun("generate-links");
    fs::create_dir(directory.join("elsewhere")).unwrap();
    fs::create_dir(directory.join("out")).unwrap();
    symlink("../elsewhere", directory.join("out/acme")).unwrap();
    symlink("../elsewhere", directory.join("schemas/linked")).unwrap();
    let pipe = directory.join("schemas/acme/pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (arguments, code, expected) in [
        ("new linked ping", 2, "schemas/linked: expected a folder, found a symbolic link"),
        ("new acme pipe", 2, "schemas/acme/pipe.json: expected a file or nothing, found"),
        ("new acme ping", 2, "schemas/acme/pipe.json: expected a file of JSON, found"),
        ("gen --out out", 2, "schemas/acme/pipe.json: expected a file of JSON, found"),
        ("tidy", 2, "schemas/acme/pipe.json: expected a file of JSON, found"),
    ] {
        let outcome = run(&directory, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(status(&outcome), code, "{arguments}: {outcome:?}");
        assert!(stderr(&outcome).contains(expected), "{arguments}: {outcome:?}");
    }
    fs::remove_file(pipe).unwrap();
    fs::remove_file(directory.join("schemas/linked")).unwrap();
    assert!(!directory.join("schemas/acme/ping.json").exists());
    let outcome = run(&directory, &["gen", "--out", "out"]);
    assert_eq!(status(&outcome), 3);
    assert!(stderr(&outcome).starts_with("error: out/acme: expected a folder, found a symbolic"));
    assert!(fs::read_dir(directory.join("elsewhere")).unwrap().next().is_none());
}

/// As with `| head -1`.
#[test]
fn a_closed_standard_output_does_not_stop_the_work() {
    let directory = begun("generate-closed");
    for arguments in ["gen --out out", "gen --out other --check", "tidy", "new acme call.held"] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let mut child = offhook(&directory, &arguments).stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let outcome = child.wait_with_output().unwrap();
        assert_eq!(status(&outcome), 3, "{arguments:?}: {outcome:?}");
        assert!(!stderr(&outcome).contains("panicked"), "{outcome:?}");
    }
    assert!(directory.join("out/acme/call_end.rs").exists());
    assert!(directory.join("schemas/acme/call.held.json").exists());
}
