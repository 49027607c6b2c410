//! The contract of `offhook validate`, held against the command itself.

mod command;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use command::{
    VALID, directory, invalid, lines, offhook, run, status, stderr, stdout, validate,
    validate_stdin,
};

/// Source, record and validity of each report.
fn verdicts(output: &Output) -> Vec<(String, Option<u64>, bool)> {
    let reports = lines(output).into_iter();
    let verdict = |report: Value| {
        let source = report["source"].as_str().unwrap().to_owned();
        (source, report["record"].as_u64(), report["valid"].as_bool().unwrap())
    };
    reports.map(verdict).collect()
}

#[test]
fn the_members_of_a_json_report_stand_in_the_contract_s_order() {
    let output = validate_stdin(invalid().as_bytes(), &["--format", "json"]);
    let expected = concat!(
        r#"{"source":"-","record":null,"vendor":"dialstack","event":"recording.available","#,
        r#""valid":false,"violations":[{"code":"type","pointer":"/data/duration_seconds","#,
        r#""offset":150,"length":5,"line":1,"column":151,"#,
        r#""message":"expected a number, found a string","expected":{"text":"a number","types":["number"]},"found":"a string","#,
        r#""schema":"dialstack/shared/call.json#/$defs/duration_seconds/type","#,
        r#""help":null}],"notices":[],"document":"2026-11-21"}"#,
        "\n"
    );
    assert_eq!(stdout(&output), expected);
    assert_eq!((status(&output), stderr(&output)), (1, ""));
}

#[test]
fn the_documents_examples_are_valid() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let vendors = ["daily/examples", "dialstack/examples", "voiceblender/examples"];
    let output = validate(&schemas, &vendors);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
}

#[test]
fn exit_status_0_if_all_is_valid() {
    let directory = directory("valid", &[("a.json", VALID), ("b.json", VALID)]);
    let output = validate(&directory, &["a.json", "b.json"]);
    assert_eq!((status(&output), stderr(&output)), (0, ""));
    assert_eq!(stdout(&output), "2 payloads: 2 valid\n");
}

#[test]
fn exit_status_1_if_there_is_a_violation() {
    let directory = directory("invalid", &[("a.json", &invalid()), ("b.json", VALID)]);
    let output = validate(&directory, &["a.json", "b.json"]);
    assert_eq!(status(&output), 1);
    let summary = "\n\n2 payloads: 1 valid, 1 invalid; 1 violation (1 type)\n";
    assert!(stdout(&output).ends_with(summary), "{}", stdout(&output));
}

#[test]
fn exit_status_2_for_wrong_usage() {
    for args in
        [&["--format", "xml"][..], &["--vendor", "nobody"], &["--nothing-such"], &["-", "-"]]
    {
        let output = validate(Path::new("."), args);
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{args:?}");
        assert!(stderr(&output).starts_with("error: "), "{}", stderr(&output));
    }
}

#[test]
fn an_unknown_vendor_is_answered_with_those_there_are() {
    let output = validate(Path::new("."), &["--vendor", "dialstak"]);
    let known = r#"expected a vendor among "daily", "dialstack", "voiceblender", found "dialstak""#;
    assert!(stderr(&output).contains(known), "{}", stderr(&output));
    assert!(stderr(&output).contains("did you mean 'dialstack'?"), "{}", stderr(&output));
}

#[test]
fn exit_status_3_if_something_cannot_be_read_and_the_rest_is_checked() {
    let directory = directory("unreadable", &[("a.json", &invalid()), ("b.json", VALID)]);
    for missing in ["none.json", "none.ndjson", "none"] {
        let args = ["--format", "json", "a.json", missing, "b.json"];
        let output = validate(&directory, &args);
        assert_eq!(status(&output), 3);
        let expected = [("a.json".to_owned(), None, false), ("b.json".to_owned(), None, true)];
        assert_eq!(verdicts(&output), expected);
        let complaint = format!("error: cannot read {missing}: ");
        assert!(stderr(&output).starts_with(&complaint), "{}", stderr(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn exit_status_3_if_the_report_cannot_be_written() {
    for format in ["human", "json", "sarif", "github", "junit"] {
        let mut child = offhook(Path::new("."), &["validate", "--format", format]);
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = child.stdout(full).output().unwrap();
        assert_eq!(status(&output), 3, "{format}");
        let complaint = "error: cannot write to standard output: ";
        assert!(stderr(&output).starts_with(complaint), "{}", stderr(&output));
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let many = format!("{}\n", invalid()).repeat(2000);
    let directory = directory("pipe", &[("many.ndjson", &many)]);
    for format in ["human", "json", "sarif", "github", "junit"] {
        let mut child =
            offhook(&directory, &["validate", "--format", format, "many.ndjson"]).spawn().unwrap();
        let mut some = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut some).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!((status(&output), stderr(&output)), (3, ""));
    }
}

#[test]
fn standard_input_is_one_payload() {
    for args in [&["--format", "json"][..], &["--format", "json", "-"]] {
        let output = validate_stdin(VALID.as_bytes(), args);
        assert_eq!(verdicts(&output), [("-".to_owned(), None, true)]);
        let output = validate_stdin(format!("{VALID}\n{VALID}\n").as_bytes(), args);
        assert_eq!(verdicts(&output), [("-".to_owned(), None, false)]);
    }
    let output = validate_stdin(b"", &["--format", "json"]);
    assert_eq!(lines(&output)[0]["violations"][0]["code"], "json");
}

#[test]
fn a_directory_is_its_json_files_in_the_order_of_their_names() {
    let names =
        ["b/c.json", "b.json", "a.json", "b/a.json", "b/d/x.json", "B.json", ".hidden.json"];
    let mut files: Vec<_> = names.map(|name| (name, VALID)).to_vec();
    files.extend(["a.txt", "b.ndjson", "json", "c.json.bak"].map(|name| (name, "no JSON")));
    let directory = directory("tree", &files);
    fs::create_dir(directory.join("d.json")).unwrap(); // A directory, whatever its name says.
    let output = validate(&directory, &["--format", "json", "."]);
    let sources: Vec<_> = verdicts(&output).into_iter().map(|(source, ..)| source).collect();
    let expected = [
        "./.hidden.json",
        "./B.json",
        "./a.json",
        "./b/a.json",
        "./b/c.json",
        "./b/d/x.json",
        "./b.json",
    ];
    assert_eq!(sources, expected);
    assert_eq!(status(&output), 0);
}

#[cfg(unix)]
#[test]
fn links_to_directories_lead_nowhere() {
    let directory = directory("links", &[("a/x.json", VALID)]);
    std::os::unix::fs::symlink(".", directory.join("a/again")).unwrap();
    std::os::unix::fs::symlink("..", directory.join("a/up.json")).unwrap();
    std::os::unix::fs::symlink("x.json", directory.join("a/y.json")).unwrap();
    let output = validate(&directory, &["--format", "json", "a"]);
    let expected = ["a/x.json", "a/y.json"].map(|source| (source.to_owned(), None, true));
    assert_eq!((verdicts(&output), status(&output)), (expected.to_vec(), 0));
}

#[test]
fn an_empty_directory_is_no_secret() {
    let directory = directory("empty", &[("a.txt", "")]);
    let output = validate(&directory, &["."]);
    assert_eq!((status(&output), stdout(&output)), (0, "0 payloads\n"));
    assert_eq!(
        stderr(&output),
        "note: there was nothing to check; a directory stands for its *.json files\n"
    );
}

#[test]
fn inputs_are_reported_in_their_order() {
    let records = format!("{}\n{}", VALID, invalid());
    let directory =
        directory("order", &[("z.json", VALID), ("a.jsonl", &records), ("d/x.json", VALID)]);
    let output = validate(&directory, &["--format", "json", "z.json", "a.jsonl", "d", "z.json"]);
    let expected = [
        ("z.json".to_owned(), None, true),
        ("a.jsonl".to_owned(), Some(1), true),
        ("a.jsonl".to_owned(), Some(2), false),
        ("d/x.json".to_owned(), None, true),
        ("z.json".to_owned(), None, true),
    ];
    assert_eq!(verdicts(&output), expected);
}

#[test]
fn each_line_of_a_file_of_many_is_a_payload() {
    let invalid = invalid();
    let all = ["", VALID, " \t\r", &invalid, "{\r", &format!("{invalid}\r"), &invalid];
    for (name, end) in [("records.ndjson", ""), ("records.jsonl", "\n")] {
        let directory = directory(name, &[(name, &(all.join("\n") + end))]);
        let output = validate(&directory, &["--format", "json", name]);
        let source = || name.to_owned();
        let expected = [
            (source(), Some(2), true),
            (source(), Some(4), false),
            (source(), Some(5), false),
            (source(), Some(6), false),
            (source(), Some(7), false),
        ];
        assert_eq!((verdicts(&output), status(&output)), (expected.to_vec(), 1));
        for report in &lines(&output)[1..] {
            let violation = &report["violations"][0];
            assert_eq!(violation["line"], report["record"]);
            let at = if violation["code"] == "json" { [1, 2] } else { [150, 151] };
            assert_eq!(json!([violation["offset"], violation["column"]]), json!(at));
        }
    }
}

#[test]
fn people_see_records_by_their_line() {
    let records = format!("{}\n\n{}\r\n", VALID, invalid());
    let directory = directory("people", &[("calls.ndjson", &records)]);
    let output = validate(&directory, &["calls.ndjson"]);
    assert!(stdout(&output).contains("--> calls.ndjson:3:151\n"), "{}", stdout(&output));
    assert!(stdout(&output).contains("\n3 | "), "{}", stdout(&output));
    let output = validate_stdin(invalid().as_bytes(), &[]);
    assert!(stdout(&output).contains("--> <stdin>:1:151\n"), "{}", stdout(&output));
}

#[test]
fn the_vendor_is_told_by_the_event_or_by_the_caller() {
    let output = validate_stdin(VALID.as_bytes(), &["--format", "json"]);
    assert_eq!(lines(&output)[0]["vendor"], "dialstack");
    assert_eq!(lines(&output)[0]["event"], "recording.available");

    let output = validate_stdin(VALID.as_bytes(), &["--format", "json", "--vendor", "daily"]);
    let report = &lines(&output)[0];
    assert_eq!(json!([report["vendor"], report["event"]]), json!(["daily", null]));
    assert_eq!((status(&output), &report["valid"]), (1, &json!(false)));

    let unknown = VALID.replace("recording.available", "recording.gone");
    let output = validate_stdin(unknown.as_bytes(), &["--format", "json"]);
    let report = &lines(&output)[0];
    assert_eq!(json!([report["vendor"], report["event"]]), json!([null, null]));
    assert_eq!(report["violations"][0]["code"], "unknown_event");
    assert_eq!(report["violations"][0]["pointer"], "/type");
}

#[test]
fn strict_turns_notices_into_violations() {
    let payload = VALID.replace("\"data\"", "\"extra\": 1, \"data\"");
    let output = validate_stdin(payload.as_bytes(), &["--format", "json"]);
    let report = &lines(&output)[0];
    assert_eq!(report["notices"][0]["code"], "undocumented");
    assert_eq!((status(&output), &report["violations"]), (0, &json!([])));
    for vendor in [&[][..], &["--vendor", "dialstack"]] {
        let args = [&["--format", "json", "--strict"], vendor].concat();
        let output = validate_stdin(payload.as_bytes(), &args);
        let report = &lines(&output)[0];
        assert_eq!(report["violations"][0]["code"], "undocumented");
        assert_eq!((status(&output), &report["notices"]), (1, &json!([])));
    }
}

#[test]
fn values_are_shown_only_if_asked_for() {
    let payload =
        VALID.replace("325", "\"secret\"").replace("\"data\"", "\"x\": \"+49\", \"data\"");
    let output = validate_stdin(payload.as_bytes(), &["--format", "json"]);
    assert!(!stdout(&output).contains("secret") && !stdout(&output).contains("+49"));
    assert!(!stdout(&output).contains("\"value\""));

    let output = validate_stdin(payload.as_bytes(), &["--format", "json", "--show-values"]);
    let violation = &lines(&output)[0]["violations"][0];
    assert_eq!(violation["value"], "\"secret\"");
    assert!(stdout(&output).contains(r#""help":null,"value":"\"secret\""}"#));

    let output = validate_stdin(payload.as_bytes(), &[]);
    assert!(stdout(&output).contains(r#""x": "***""#), "{}", stdout(&output));
    let hint = "note: what may be personal is masked; --show-values shows it\n";
    assert_eq!(stderr(&output), hint);

    let output = validate_stdin(payload.as_bytes(), &["--show-values"]);
    assert!(stdout(&output).contains(r#""x": "+49""#), "{}", stdout(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn any_bytes_get_a_report() {
    let deep = "[".repeat(100_000);
    let bytes: Vec<u8> = (0..=255).cycle().take(2000).collect();
    let bodies =
        [&b"\xff\xfe{\0}\0"[..], b"", b"\0", b"\"\xc3", b"\r\r\r{", deep.as_bytes(), &bytes];
    let directory = directory("any-bytes", &[]);
    for (number, body) in bodies.iter().enumerate() {
        fs::write(directory.join(format!("{number}.json")), body).unwrap();
    }
    for vendor in [&[][..], &["--vendor", "voiceblender"]] {
        let output = validate(&directory, &[&["--format", "json", "."], vendor].concat());
        assert_eq!((status(&output), stderr(&output)), (1, ""));
        assert!(verdicts(&output).iter().map(|(.., valid)| !valid).eq(bodies.map(|_| true)));
        // Each by itself: of several with the same faults not all are drawn.
        for number in 0..bodies.len() {
            let file = format!("{number}.json");
            let output = validate(&directory, &[&["--show-values", &file], vendor].concat());
            assert_eq!((status(&output), stderr(&output)), (1, ""));
            let told = stdout(&output);
            assert!(told.contains(&format!("--> {file}:")), "{told}");
            assert!(told.contains("\n1 payload: 1 invalid; "), "{told}");
        }
    }
}

#[test]
fn no_colour_where_no_terminal_is() {
    let output = validate_stdin(invalid().as_bytes(), &[]);
    assert!(!stdout(&output).contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn schemas_that_have_no_end_are_refused() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let manifest =
        r#"{"title":"A","document":{"name":"A","read":"2026-01-01"},"discriminator":null}"#;
    let files = [("acme/vendor.json", manifest), ("acme/thing.json", "{}")];
    let pipe = |path: &Path| {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let no_file = "found neither a file nor a folder";
    let no_end = "found a link to one that was already read";
    for (place, want) in
        [("acme/pipe.json", no_file), ("acme/examples/thing.json", no_file), ("acme/below", no_end)]
    {
        let directory = directory("endless-schemas", &files);
        let path = directory.join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if want == no_file {
            pipe(&path);
        } else {
            symlink(directory.join("acme"), &path).unwrap();
        }
        let output = run(&directory, &["explain", "--schema", "acme", "thing"]);
        assert_eq!(status(&output), 2, "{}", stderr(&output));
        assert!(stderr(&output).contains(&format!("{place}: expected")), "{}", stderr(&output));
        assert!(stderr(&output).contains(want), "{}", stderr(&output));
    }
}
