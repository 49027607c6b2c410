//! `offhook drift --suggest`: what it writes, and what it must not touch.

mod command;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use command::{directory, run, status, stderr, stdout};
use serde_json::{Value, json};

const MANIFEST: &str = r#"{"title":"Acme","document":{"name":"A","read":"2026-01-01"},"discriminator":"/type","order":"document"}"#;

const KNOWN: &str = r#"{"type":"call.end","n":1}"#;
const MORE: &str = r#"{"type":"call.end","n":1,"codec":"opus"}"#;

/// The schema of an event, on one line.
fn schema(event: &str) -> String {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "T",
        "description": "d",
        "type": "object",
        "properties": {
            "type": { "type": "string", "const": event },
            "n": { "type": "integer" },
        },
        "required": ["type", "n"],
    })
    .to_string()
}

/// A vendor with one event, and `payloads`, a line each.
fn acme(name: &str, payloads: &[&str]) -> PathBuf {
    let files = [
        ("acme/vendor.json", MANIFEST),
        ("acme/call.end.json", &schema("call.end")),
        ("calls.ndjson", &(payloads.join("\n") + "\n")),
    ];
    directory(&format!("suggest-{name}"), &files)
}

/// The same, with schemas as the command lays them out.
fn laid_out(name: &str, payloads: &[&str]) -> PathBuf {
    let directory = acme(name, payloads);
    fs::write(directory.join("known.ndjson"), KNOWN).unwrap();
    let output =
        run(&directory, &["drift", "--schema", "acme", "--suggest", "laid", "known.ndjson"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    fs::remove_dir_all(directory.join("acme")).unwrap();
    fs::rename(directory.join("laid/acme"), directory.join("acme")).unwrap();
    fs::remove_dir(directory.join("laid")).unwrap();
    directory
}

/// Every file below a folder, with its bytes; links are not followed.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let (path, kind) = entry.map(|it| (it.path(), it.file_type().unwrap())).unwrap();
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                files.insert(path.clone(), fs::read(path).unwrap());
            }
        }
    }
    files
}

fn suggest(directory: &Path, folder: &str) -> std::process::Output {
    run(directory, &["drift", "--schema", "acme", "--suggest", folder, "calls.ndjson"])
}

fn is_quiet(directory: &Path, schemas: &str) {
    let output = run(directory, &["drift", "--schema", schemas, "calls.ndjson"]);
    assert_eq!((status(&output), stderr(&output)), (0, ""), "{}", stdout(&output));
}

/// Writes nothing, with status 3 and a message.
fn assert_refused(directory: &Path, folder: &str, message: &str) {
    let before = tree(directory);
    let output = suggest(directory, folder);
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert_eq!(stderr(&output), format!("error: cannot write {message}; choose an empty folder\n"));
    assert!(tree(directory) == before, "{message}");
}

#[test]
fn names_that_would_not_load_as_their_event_are_left_out() {
    let long = "x".repeat(127) + "…";
    let bad = [
        "",
        "vendor",
        "Vendor",
        "call.end.schema",
        "Call.End",
        "a/b",
        "shared/x",
        "../x",
        ".x",
        "x.",
        "con",
        "NUL.x",
        "com1.call",
        "größe",
        "\u{1b}]0;x\u{7}",
        &long,
    ];
    let good = ["shared", "examples", "con2.x", "call.end.new", "schema", "x"];
    let payloads: Vec<String> =
        bad.iter().chain(&good).map(|name| json!({ "type": name, "z": 1 }).to_string()).collect();
    let payloads: Vec<&str> = payloads.iter().map(String::as_str).collect();
    let directory = acme("names", &payloads);
    let output = suggest(&directory, "more");
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(stderr(&output).starts_with("note: 6 additions in more,"), "{}", stderr(&output));
    let left = stderr(&output).lines().filter(|line| line.contains("can make this quiet: acme "));
    assert_eq!(left.count(), bad.len(), "{}", stderr(&output));
    assert!(!stderr(&output).contains(['\u{1b}', '\u{7}']), "{}", stderr(&output));
    let reason = "acme vendor: its file would take the place of vendor.json, the manifest";
    assert!(stderr(&output).contains(reason), "{}", stderr(&output));

    let files = fs::read_dir(directory.join("more/acme")).unwrap();
    assert_eq!(files.count(), 2 + good.len());
    let manifest: Value =
        serde_json::from_slice(&fs::read(directory.join("more/acme/vendor.json")).unwrap())
            .unwrap();
    assert_eq!(manifest, serde_json::from_str::<Value>(MANIFEST).unwrap());
    for name in good.iter().chain(&["call.end"]) {
        let payload = json!({ "type": name, "n": 1, "z": 1 }).to_string();
        fs::write(directory.join("one.json"), payload).unwrap();
        let output = run(&directory, &["validate", "--schema", "more", "one.json"]);
        assert_eq!(status(&output), 0, "{name}: {}", stdout(&output));
    }
}

#[test]
fn schemas_are_extended_where_they_are() {
    let directory = laid_out("in-place", &[MORE, r#"{"type":"call.parked","slot":7}"#]);
    // Not laid out as the command does; nothing is added to it.
    let manifest = directory.join("acme/vendor.json");
    fs::write(&manifest, MANIFEST).unwrap();
    fs::write(directory.join("acme/notes.txt"), "by hand").unwrap();
    let before = tree(&directory);
    let output = suggest(&directory, ".");
    assert_eq!((status(&output), stderr(&output).lines().count()), (1, 1), "{}", stderr(&output));
    let changed: Vec<PathBuf> = tree(&directory)
        .into_iter()
        .filter(|(path, bytes)| before.get(path) != Some(bytes))
        .map(|it| it.0)
        .collect();
    let expected = ["acme/call.end.json", "acme/call.parked.json"];
    assert_eq!(changed, expected.map(|path| directory.join(path)));
    is_quiet(&directory, "acme");
    // Once more, there is nothing to do.
    let before = tree(&directory);
    assert_eq!(status(&suggest(&directory, ".")), 0);
    assert!(tree(&directory) == before);
}

#[test]
fn a_common_layout_stays() {
    let directory = acme("layouts", &[MORE]);
    let path = directory.join("acme/call.end.json");
    let json: Value = serde_json::from_str(&schema("call.end")).unwrap();
    let two = format!("{json:#}\n");
    for text in [two.clone(), two.replace("  ", "    "), two.replace("  ", "\t")] {
        fs::write(&path, &text).unwrap();
        let output = suggest(&directory, ".");
        assert_eq!(status(&output), 1, "{}", stderr(&output));
        let new = fs::read_to_string(&path).unwrap();
        assert!(text.lines().all(|line| new.contains(line.trim_end_matches(','))), "{new}");
        assert!(new.contains("observed"), "{new}");
    }
    is_quiet(&directory, "acme");
}

#[test]
fn a_suggestion_grows_and_never_shrinks() {
    let directory = acme("growing", &[MORE]);
    assert_eq!(status(&suggest(&directory, "more")), 1);
    // More traffic, with values of another type.
    let null = r#"{"type":"call.end","n":1.5,"codec":null}"#;
    let calls = directory.join("calls.ndjson");
    fs::write(&calls, [MORE, null].join("\n")).unwrap();
    assert_eq!(status(&suggest(&directory, "more")), 1);
    is_quiet(&directory, "more");
    // Less traffic would take away what was suggested before.
    fs::write(&calls, KNOWN).unwrap();
    let file = "more/acme/call.end.json";
    assert_refused(
        &directory,
        "more",
        &format!("{file}: this file has something that the suggestion lacks"),
    );
}

#[test]
fn what_somebody_wrote_is_not_overwritten() {
    let file = "more/acme/call.end.json";
    let manifest = "more/acme/vendor.json";
    let laid = |text: &str| text.replace("\"description\": \"d\"", "\"description\": \"By hand.\"");
    let lacks = "this file has something that the suggestion lacks";
    let other = "expected a file of JSON to extend, found other text";
    let directory = laid_out("by-hand", &[MORE]);
    let own = fs::read_to_string(directory.join("acme/call.end.json")).unwrap();
    let own_manifest = fs::read_to_string(directory.join("acme/vendor.json")).unwrap();
    let layout = "this file's formatting would be lost";
    for (path, text, why) in [
        (file, laid(&own), lacks),
        (file, own.replace("\n  \"required\"", "\n\n  \"required\""), layout),
        (file, own.replace('\n', "\r\n"), layout),
        (file, own.replace("\"integer\"", "\"string\""), lacks),
        (file, String::new(), other),
        (file, "{".to_owned(), other),
        (file, "null".to_owned(), lacks),
        (
            manifest,
            own_manifest.replace("Acme", "Other"),
            "this manifest differs from the vendor's",
        ),
        (manifest, String::new(), other),
    ] {
        let _ = fs::remove_dir_all(directory.join("more"));
        fs::create_dir_all(directory.join("more/acme")).unwrap();
        fs::write(directory.join(path), text).unwrap();
        assert_refused(&directory, "more", &format!("{path}: {why}"));
    }
    let bytes: &[u8] = b"\xff";
    fs::write(directory.join(file), bytes).unwrap();
    fs::remove_file(directory.join(manifest)).unwrap();
    assert_refused(&directory, "more", &format!("{file}: {other}"));
    fs::remove_file(directory.join(file)).unwrap();
    fs::create_dir(directory.join(file)).unwrap();
    assert_refused(&directory, "more", &format!("{file}: expected a file, found something else"));
}

#[test]
fn a_name_in_another_case_is_in_the_way() {
    let directory = acme("case", &[MORE]);
    fs::create_dir_all(directory.join("more/acme")).unwrap();
    fs::write(directory.join("more/acme/Call.End.json"), "{}").unwrap();
    let output = suggest(&directory, "more");
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert_eq!(fs::read_dir(directory.join("more/acme")).unwrap().count(), 1);
}

#[test]
fn temporary_files_of_a_killed_run_are_removed() {
    let directory = acme("leftovers", &[MORE]);
    fs::create_dir_all(directory.join("more/acme")).unwrap();
    fs::write(directory.join("more/acme/.offhook-drift-aB3dE6.tmp"), "{").unwrap();
    fs::write(directory.join("more/acme/.offhook-drift"), "by hand").unwrap();
    assert_eq!(status(&suggest(&directory, "more")), 1);
    assert_eq!(fs::read_dir(directory.join("more/acme")).unwrap().count(), 3);
    is_quiet(&directory, "more");
}

#[test]
fn what_would_not_load_is_not_written() {
    let directory = acme("not-loading", &[MORE, r#"{"type":"call.parked","slot":7}"#]);
    fs::create_dir_all(directory.join("more/acme/calls")).unwrap();
    fs::write(directory.join("more/acme/calls/broken.json"), "{").unwrap();
    let before = tree(&directory);
    let output = suggest(&directory, "more");
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    let want = "error: cannot write more/acme: with the additions, this does not load: ";
    assert!(stderr(&output).starts_with(want), "{}", stderr(&output));
    assert!(stderr(&output).contains("more/acme/calls/broken.json#: "), "{}", stderr(&output));
    assert!(tree(&directory) == before);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;

    for (link, target, expected) in [
        ("more/acme", "../elsewhere", "a folder, found a link"),
        ("more/acme", "../nowhere", "a folder, found a link"),
        ("more/acme/call.end.json", "../../elsewhere/call.end.json", "a file, found a link"),
        ("more/acme/call.end.json", "nowhere", "a file, found a link"),
        ("more/acme/vendor.json", "../../elsewhere/vendor.json", "a file, found a link"),
    ] {
        let directory = laid_out("links", &[MORE]);
        fs::create_dir(directory.join("elsewhere")).unwrap();
        for file in ["call.end.json", "vendor.json"] {
            fs::copy(directory.join("acme").join(file), directory.join("elsewhere").join(file))
                .unwrap();
        }
        let link = Path::new(link);
        fs::create_dir_all(directory.join(link).parent().unwrap()).unwrap();
        symlink(target, directory.join(link)).unwrap();
        assert_refused(&directory, "more", &format!("{}: expected {expected}", link.display()));
    }
    // The folder that is named may be one.
    let directory = acme("linked", &[MORE]);
    fs::create_dir(directory.join("real")).unwrap();
    symlink("real", directory.join("more")).unwrap();
    assert_eq!(status(&suggest(&directory, "more")), 1);
    is_quiet(&directory, "real");
}

#[test]
fn a_schema_cannot_lead_out_of_the_folder() {
    for (vendor, file) in [("../acme", "call.end.json"), ("acme", "../../call.end.json")] {
        let mut schema_text: Value = serde_json::from_str(MANIFEST).unwrap();
        schema_text["vendor"] = json!(vendor);
        schema_text["schemas"] =
            json!({ file: serde_json::from_str::<Value>(&schema("call.end")).unwrap() });
        let directory = acme("out", &[MORE]);
        fs::write(directory.join("schema.json"), schema_text.to_string()).unwrap();
        let before = tree(&directory);
        let output = run(
            &directory,
            &["drift", "--schema", "schema.json", "--suggest", "a/b", "calls.ndjson"],
        );
        assert_ne!(status(&output), 1, "{}", stderr(&output));
        assert!(tree(&directory) == before, "{vendor} {file}");
    }
}

#[test]
fn a_schema_cannot_choose_other_files() {
    let event: Value = serde_json::from_str(&schema("call.end")).unwrap();
    for (vendor, file) in
        [("acme", "hooks/post-commit"), (".git", "call.end.json"), ("acme", ".x/call.end.json")]
    {
        let mut schema_text: Value = serde_json::from_str(MANIFEST).unwrap();
        schema_text["vendor"] = json!(vendor);
        schema_text["schemas"] = json!({ "call.end.json": event, file: { "type": "object" } });
        let directory = acme("other-files", &[MORE]);
        fs::write(directory.join("schema.json"), schema_text.to_string()).unwrap();
        let before = tree(&directory);
        let arguments = ["drift", "--schema", "schema.json", "--suggest", "more", "calls.ndjson"];
        let output = run(&directory, &arguments);
        assert_eq!(status(&output), 3, "{vendor} {file}: {}", stderr(&output));
        assert!(tree(&directory) == before, "{vendor} {file}");
    }
    // One that is called like the manifest does not take its place.
    let mut schema_text: Value = serde_json::from_str(MANIFEST).unwrap();
    schema_text["vendor"] = json!("acme");
    schema_text["schemas"] = json!({ "call.end.json": event, "vendor.json": { "type": "object" } });
    let directory = acme("manifest", &[MORE]);
    fs::write(directory.join("schema.json"), schema_text.to_string()).unwrap();
    let arguments = ["drift", "--schema", "schema.json", "--suggest", "more", "calls.ndjson"];
    let output = run(&directory, &arguments);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let manifest = fs::read(directory.join("more/acme/vendor.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest, serde_json::from_str::<Value>(MANIFEST).unwrap());
}

#[test]
fn the_folder_holds_one_folder_for_each_vendor() {
    let directory = acme("vendors", &[MORE]);
    let before = tree(&directory);
    let output = suggest(&directory, "acme");
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("found one of them"), "{}", stderr(&output));
    assert!(tree(&directory) == before);

    let other = directory.join("other/acme");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("vendor.json"), MANIFEST).unwrap();
    fs::write(other.join("mail.json"), schema("mail")).unwrap();
    let before = tree(&directory);
    let output = run(
        &directory,
        &[
            "drift",
            "--schema",
            "acme",
            "--schema",
            "other/acme",
            "--suggest",
            "more",
            "calls.ndjson",
        ],
    );
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("acme: two vendors have this name"), "{}", stderr(&output));
    assert!(tree(&directory) == before);
}

#[test]
fn what_was_suggested_can_grow() {
    let odd = r###"{"type":"call.end","n":1,"z\u200bz":1,"##[x":1}"###;
    let directory = acme("grows", &[odd]);
    assert_eq!(status(&suggest(&directory, "more")), 1);
    fs::write(directory.join("calls.ndjson"), format!("{odd}\n{MORE}\n")).unwrap();
    let output = suggest(&directory, "more");
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    fs::write(directory.join("calls.ndjson"), MORE).unwrap();
    is_quiet(&directory, "more");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = laid_out("permissions", &[MORE]);
    let file = directory.join("acme/call.end.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(status(&suggest(&directory, ".")), 1);
    assert!(fs::read_to_string(&file).unwrap().contains("codec"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_member_that_is_called_star_is_no_element() {
    let stars = r#"{"type":"call.end","n":1,"m":{"*":1,"a":[{"*":null},{"*":"x"}]},"*":[2]}"#;
    let parked = r#"{"type":"call.parked","n":1,"*":{"*":1}}"#;
    let directory = acme("stars", &[stars, parked]);
    let output = suggest(&directory, "more");
    assert_eq!((status(&output), stderr(&output).lines().count()), (1, 1), "{}", stderr(&output));
    is_quiet(&directory, "more");
    let payload = stars.replace("\"x\"", "7");
    fs::write(directory.join("one.json"), payload).unwrap();
    let output = run(&directory, &["validate", "--schema", "more", "one.json"]);
    assert_eq!(status(&output), 1, "{}", stdout(&output));
    // What was seen is added up alike.
    let output =
        run(&directory, &["drift", "--schema", "acme", "--format", "json", "calls.ndjson"]);
    assert!(stdout(&output).contains("\"/m/a/*/~2\""), "{}", stdout(&output));
}

#[test]
fn nothing_from_traffic_commands_the_terminal() {
    let escapes = [
        r#"{"type":"\u001b]0;pwned\u0007x"}"#,
        r#"{"type":"call.end","n":1,"k\u001b[31m":1,"k\u001b[31m":2}"#,
    ];
    let directory = acme("escapes", &escapes);
    let output = suggest(&directory, "more");
    let raw = |char: char| char.is_control() && char != '\n';
    assert!(!stderr(&output).contains(raw), "{:?}", stderr(&output));
    assert!(stderr(&output).contains(r"acme \u001b]0;pwned\u0007x: its name has characters"));
    assert!(stderr(&output).contains(r"/k\u001b[31m [duplicate_key]"), "{}", stderr(&output));
}
