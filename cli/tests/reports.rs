//! Reports for people, whole: `reports/<case>.txt` is what the command says of the payload beside it.
//!
//! `UPDATE=1 cargo test -p offhook-cli` rewrites them; review the difference.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use similar::TextDiff;

/// A payload whose report is being made.
struct Case {
    payload: PathBuf,
    running: Child,
}

#[test]
fn reports_are_as_they_were() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let cases: Vec<Case> = payloads(&directory).map(|payload| start(&directory, payload)).collect();
    assert!(!cases.is_empty());
    let update = env::var_os("UPDATE").is_some();
    let mut differences = String::new();
    for case in cases {
        let golden = case.payload.with_extension("txt");
        let report = report(case.running);
        if update {
            fs::write(&golden, report).unwrap();
            continue;
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != report {
            let name = golden.file_name().unwrap().to_string_lossy();
            let diff = TextDiff::from_lines(&wanted, &report);
            differences += &diff.unified_diff().header(&name, "the command's report").to_string();
        }
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts this:\n{differences}");
}

fn payloads(directory: &Path) -> impl Iterator<Item = PathBuf> {
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| {
        path.extension().is_some_and(|extension| extension == "json" || extension == "ndjson")
    })
}

fn start(directory: &Path, payload: PathBuf) -> Case {
    let running = Command::new(env!("CARGO_BIN_EXE_offhook"))
        .arg("validate")
        .arg(payload.file_name().unwrap())
        .current_dir(directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    Case { payload, running }
}

/// All that the command says, and how it ends.
fn report(running: Child) -> String {
    let output = running.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    format!("{told}{said}exit status {}\n", output.status.code().unwrap())
}
