//! The command itself, as tests run it.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::Value;

/// A payload on one line.
pub(crate) const VALID: &str = r#"{"id":"evt_01","type":"recording.available","created_at":"2026-01-15T14:35:35Z","account_id":"acct_01","data":{"call_id":"call_01","duration_seconds":325}}"#;

/// One with a wrong type.
pub(crate) fn invalid() -> String {
    VALID.replace("325", "\"325\"")
}

pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

/// A new directory with texts in it.
pub(crate) fn directory(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    directory_of_bytes(name, &files)
}

/// A new directory with files in it.
pub(crate) fn directory_of_bytes(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    for (name, content) in files {
        let file = directory.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    directory
}

pub(crate) fn offhook(directory: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offhook"));
    command.args(args).current_dir(directory);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run(directory: &Path, args: &[&str]) -> Output {
    offhook(directory, args).output().unwrap()
}

pub(crate) fn run_with(stdin: &[u8], args: &[&str]) -> Output {
    let mut child = offhook(Path::new("."), args).stdin(Stdio::piped()).spawn().unwrap();
    // Who refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

/// What `offhook validate` says of files.
pub(crate) fn validate(directory: &Path, args: &[&str]) -> Output {
    run(directory, &[&["validate"], args].concat())
}

/// What `offhook validate` says of its standard input.
pub(crate) fn validate_stdin(stdin: &[u8], args: &[&str]) -> Output {
    run_with(stdin, &[&["validate"], args].concat())
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The JSON objects that stand one on a line.
pub(crate) fn lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
