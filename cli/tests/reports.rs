//! Reports, whole: `reports/<case>.txt` is what the command tells people of the payload beside it, and
//! `reports/formats` has what the other formats say of all of these payloads.
//!
//! `UPDATE=1 cargo test -p offhook-cli` rewrites them; review the difference.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use similar::TextDiff;

/// A report that is being made.
struct Case {
    golden: PathBuf,
    running: Child,
}

#[test]
fn reports_are_as_they_were() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let payloads = payloads(&directory);
    assert!(!payloads.is_empty());
    let for_people = payloads.iter().map(|payload| {
        let name = payload.file_name().unwrap();
        Case { golden: payload.with_extension("txt"), running: start(&directory, "human", [name]) }
    });
    let names = || payloads.iter().map(|payload| payload.file_name().unwrap());
    let for_others = ["json", "sarif", "github", "junit"].map(|format| {
        let golden = directory.join("formats").join(format).with_extension("txt");
        Case { golden, running: start(&directory, format, names()) }
    });
    // They are all started before the first one is waited for.
    let cases: Vec<_> = for_people.chain(for_others).collect();
    let update = env::var_os("UPDATE").is_some();
    let mut differences = String::new();
    for case in cases {
        let report = report(case.running);
        if update {
            fs::write(&case.golden, report).unwrap();
            continue;
        }
        let wanted = fs::read_to_string(&case.golden).unwrap_or_default();
        if wanted != report {
            let name = case.golden.file_name().unwrap().to_string_lossy();
            let diff = TextDiff::from_lines(&wanted, &report);
            differences += &diff.unified_diff().header(&name, "the command's report").to_string();
        }
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts this:\n{differences}");
}

/// The payloads in the order of their names.
fn payloads(directory: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let is_payload = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "json" || extension == "ndjson")
    };
    let mut payloads: Vec<_> = files.filter(is_payload).collect();
    payloads.sort();
    payloads
}

fn start<'a>(
    directory: &Path,
    format: &str,
    payloads: impl IntoIterator<Item = &'a OsStr>,
) -> Child {
    Command::new(env!("CARGO_BIN_EXE_offhook"))
        .args(["validate", "--format", format])
        .args(payloads)
        .current_dir(directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// All that the command says, and how it ends.
fn report(running: Child) -> String {
    let output = running.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let told = told.replace(concat!('"', env!("CARGO_PKG_VERSION"), '"'), "\"VERSION\"");
    let said = String::from_utf8(output.stderr).unwrap();
    format!("{told}{said}exit status {}\n", output.status.code().unwrap())
}
