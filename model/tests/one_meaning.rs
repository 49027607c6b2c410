//! `docs/architecture.md` names the one function that answers each question. This finds a second.
//!
//! Without the repository around it, as in a published crate, the test is skipped.

use std::fs;
use std::path::{Path, PathBuf};

use offhook_model::{Draft, keyword};
use regex::Regex;

/// The packages that are published, and `xtask`.
const PACKAGES: [&str; 8] =
    ["runtime", "model", "validator", "receiver", "codegen", "generated", "cli", "xtask"];

/// What only the one implementation has, as a pattern, and the files that may have it.
const SIGNS: [(&str, &str, &[&str]); 9] = [
    ("escapes of JSON Pointers", r#""~[01]""#, &["model/src/location.rs"]),
    ("percent-encoding of references", r"b'%', \[", &["model/src/location.rs"]),
    ("URIs of drafts", r"//json-schema\.org/draft", &["model/src/draft.rs"]),
    ("equality of rounded numbers", r"as_f64\(\) == \w+\.as_f64\(\)", &[]),
    ("exact numbers", r"matches!\(byte, b'e' \| b'E'\)", &["runtime/src/value/decimal.rs"]),
    ("characters that are not shown", r"'\\u\{202e\}'", &["runtime/src/text.rs"]),
    ("names of signature schemes", r#""standard-webhooks""#, &["model/src/manifest/scheme.rs"]),
    ("the name of the manifest", r#""vendor\.json""#, &["model/src/manifest.rs"]),
    ("a layout of JSON", r"fn pretty\b", &["model/src/json/pretty.rs"]),
];

/// The files that may list so many keywords, or the types: as a table, and in words.
const TABLES: [&str; 3] = ["model/src/keyword.rs", "model/src/message.rs", "model/src/type_set.rs"];

/// A list of more keywords than this is a second table.
const MAX_KEYWORDS: usize = 10;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

fn is_repository() -> bool {
    let is_there = root().join("docs/architecture.md").is_file();
    if !is_there {
        eprintln!("skipped: there is no docs/architecture.md beside this crate");
    }
    is_there
}

/// The sources of the packages, without their tests: paths from the root, and texts.
fn sources() -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> =
        PACKAGES.iter().map(|package| root().join(package).join("src")).collect();
    let mut sources = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a package has sources") {
            let path = entry.expect("a folder can be listed").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let tests = ["tests", "tests.rs"];
            if tests.contains(&&*name) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source is text");
                let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                let path = path.strip_prefix(root()).expect("a path below the root");
                sources.push((path.to_string_lossy().replace('\\', "/"), code(&text)));
            }
        }
    }
    assert!(sources.len() > 200, "found {} sources", sources.len());
    sources.sort();
    sources
}

/// A source's lines without comments.
fn code(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_row_names_a_function_that_is_there() {
    if !is_repository() {
        return;
    }
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("a page");
    let row = Regex::new(r"(?m)^\| .+\? \| `(\S+)`: `(\w+)` \|$").expect("a pattern");
    let rows: Vec<_> = row.captures_iter(&page).map(|row| row.extract().1).collect();
    assert!(rows.len() >= 15, "found {} rows", rows.len());
    for [file, symbol] in rows {
        let text = fs::read_to_string(root().join(file)).expect(file);
        let defines = Regex::new(&format!(r"\b(fn|struct|enum) {symbol}\b")).expect("a pattern");
        assert!(defines.is_match(&text), "{file} defines no {symbol}");
    }
}

#[test]
fn every_question_has_one_answer() {
    if !is_repository() {
        return;
    }
    let sources = sources();
    for (what, sign, allowed) in SIGNS {
        let sign = Regex::new(sign).expect("a pattern");
        let found = sources.iter().filter(|(_, code)| sign.is_match(code));
        let found: Vec<&str> = found.map(|(path, _)| path.as_str()).collect();
        assert_eq!(found, allowed, "{what}");
    }
}

#[test]
fn there_is_one_table_of_keywords_and_one_of_types() {
    if !is_repository() {
        return;
    }
    let keywords: Vec<&str> = Draft::ALL.iter().flat_map(|draft| keyword::names(*draft)).collect();
    let list = Regex::new(r#""[$\w-]+"(?:\s*[,|]\s*"[$\w-]+")+"#).expect("a pattern");
    let name = Regex::new(r#""([$\w-]+)""#).expect("a pattern");
    let types = ["array", "boolean", "integer", "null", "number", "object", "string"];
    for (path, code) in sources() {
        if TABLES.contains(&&*path) {
            continue;
        }
        for list in list.find_iter(&code) {
            let names = name.captures_iter(list.as_str()).map(|name| name.extract::<1>().1[0]);
            let known = names.filter(|name| keywords.contains(name)).count();
            assert!(known <= MAX_KEYWORDS, "{path} lists {known} keywords: {}", list.as_str());
        }
        let lines: Vec<&str> = code.lines().collect();
        for window in lines.windows(types.len() + 2) {
            let window = window.join("\n");
            let listed = types.iter().filter(|name| window.contains(&format!("\"{name}\"")));
            assert!(listed.count() < types.len(), "{path} lists the types:\n{window}");
        }
    }
}
