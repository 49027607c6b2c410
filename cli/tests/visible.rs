//! Nothing that comes from an input is shown raw: one hostile text goes through every door, and every
//! command, format and stream is looked at.

// Only here can a file be called anything.
#![cfg(target_os = "linux")]

mod command;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread;

use offhook_runtime::text::is_invisible;
use serde_json::{Value, json};

use command::{VALID, directory, offhook, run, status, stdout};

/// Commands to terminals and to runners of workflows, ends of lines, and characters that nobody sees.
const HOSTILE: &str = "::error::a\n::error::b\nforged: c##[stop-commands]\u{1b}[31m\u{7}\r\t\u{85}\u{9b}\
    \u{ad}\u{34f}\u{61c}\u{115f}\u{180b}\u{200b}\u{200d}\u{2028}\u{202e}\u{2060}\u{2066}\u{3164}\
    \u{fe0f}\u{feff}\u{ffa0}\u{e0001}\u{e0100}";

/// The same where a NUL can stand, which cannot be in names of files, arguments and the environment.
fn hostile() -> String {
    format!("{HOSTILE}\0")
}

const FORMATS: [&str; 5] = ["human", "json", "sarif", "github", "junit"];

/// Asserts that nothing in an output commands anything or begins a line that it should not begin.
fn inspect(args: &[&str], output: &Output) {
    let github = args.contains(&"github");
    for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        for line in text.split('\n') {
            let about = || format!("{stream} of {args:?} has {line:?}");
            assert!(!line.contains(is_invisible), "{}", about());
            assert!(!line.contains("##["), "{}", about());
            let start = line.trim_start();
            // Descriptions are filled anew, so that any word may begin a line.
            let filled = args.contains(&"explain");
            assert!(filled || !start.starts_with("forged"), "{}", about());
            let ours = ["::error file=", "::error title=", "::notice file=", "::notice title="];
            let ours = ours.iter().any(|ours| line.starts_with(ours))
                || ["::group::offhook: what has no annotation", "::endgroup::"].contains(&line);
            assert!(
                !start.starts_with("::") || github && stream == "stdout" && ours,
                "{}",
                about()
            );
        }
    }
    assert!(output.status.code().is_some(), "{args:?} ended by a signal");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{args:?}");
}

/// Runs a command and looks at what it says.
fn inspected(directory: &Path, args: &[&str]) -> Output {
    let output = offhook(directory, args).env("OFFHOOK_SECRET", "whsec_YWJjZA==").output().unwrap();
    inspect(args, &output);
    output
}

/// The same, where something must be said.
fn said(directory: &Path, args: &[&str]) -> Output {
    let output = inspected(directory, args);
    assert!(!output.stdout.is_empty() || !output.stderr.is_empty(), "{args:?}");
    output
}

/// The JSON texts of an output.
fn texts(output: &Output) -> Vec<Value> {
    let texts = serde_json::Deserializer::from_str(stdout(output)).into_iter();
    texts.collect::<Result<_, _>>().unwrap()
}

/// Whether a text is somewhere in a value, as a string or a name, or as a part of one.
fn has(value: &Value, text: &str) -> bool {
    match value {
        Value::String(string) => string.contains(text),
        Value::Array(elements) => elements.iter().any(|value| has(value, text)),
        Value::Object(members) => {
            members.iter().any(|(name, value)| name.contains(text) || has(value, text))
        }
        _ => false,
    }
}

/// A vendor with the hostile text wherever a schema can have it, as an event's name too.
fn vendor(directory: &Path, folder: &str, signature: &Value, maximum: u32) -> PathBuf {
    let all = hostile();
    let home = directory.join(folder).join(HOSTILE);
    fs::create_dir_all(home.join("examples")).unwrap();
    let pattern = format!("^{}x?$", all.replace('[', "\\["));
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": all,
        "description": all,
        "type": "object",
        "properties": {
            "type": {"type": "string", "const": HOSTILE, "description": all, "x-source": "table"},
            &*all: {
                "type": "string", "enum": [all, "b"], "description": all, "x-source": "table",
                "x-enum-descriptions": {&*all: all, "b": all},
            },
            "p": {"type": "string", "pattern": pattern, "description": all, "x-source": "table"},
            "n": {"type": "integer", "maximum": maximum, "description": all, "x-source": "table"},
            "c": {"const": all, "description": all, "x-source": "table"},
        },
        "required": ["type", all],
        "if": {"properties": {"n": {"const": 1}}, "required": ["n"]},
        "then": {"required": [format!("then {all}")]},
    });
    let manifest = json!({
        "title": all, "document": {"name": all, "read": "2026-01-15"}, "discriminator": "/type",
        "id": null, "envelope": null, "order": "document", "signature": signature,
    });
    fs::write(home.join("vendor.json"), manifest.to_string()).unwrap();
    fs::write(home.join(format!("{HOSTILE}.json")), schema.to_string()).unwrap();
    let example = json!({"type": HOSTILE, &*all: all, "p": format!("{all}x")}).to_string();
    fs::write(home.join("examples").join(format!("{HOSTILE}.json")), example).unwrap();
    home
}

/// Payloads with the text in every place, one a line.
fn payloads() -> String {
    let all = hostile();
    let unescaped = HOSTILE.replace(char::is_control, "");
    let payloads = [
        json!({"type": HOSTILE, &*all: all, "p": format!("{all}x")}),
        json!({"type": HOSTILE, &*all: format!("{all}!"), "p": all, "c": "c", "n": "n"}),
        json!({"type": HOSTILE, &*all: 1, "p": "", "more": {&*all: {&*all: [all]}}}),
        json!({"type": HOSTILE, "n": 1, format!("{all}x"): all}),
        json!({"type": format!("unknown {all}"), "more": all}),
        json!({"type": all}),
        json!({"type": {&*all: all}}),
        json!(all),
    ];
    let mut lines: Vec<String> = payloads.iter().map(Value::to_string).collect();
    lines.push(format!("{{\"a\":1,\"a\":\"\t{unescaped}\",\"{unescaped}\":,"));
    lines.push(VALID.replace("evt_01", &unescaped).replace("325", &format!("\"{unescaped}\"")));
    lines.push(VALID.replace("call_id", &unescaped));
    lines.push(VALID.replace("recording.available", &unescaped));
    lines.push(HOSTILE.replace('\n', ""));
    lines.join("\n") + "\n"
}

fn prepared(name: &str) -> PathBuf {
    let directory = directory(name, &[("many.ndjson", &payloads())]);
    vendor(&directory, "schemas", &Value::Null, 3);
    for (number, line) in payloads().lines().enumerate() {
        let name = format!("{number}{HOSTILE}.json");
        fs::create_dir_all(directory.join("single")).unwrap();
        fs::write(directory.join("single").join(name), line).unwrap();
    }
    directory
}

#[test]
fn validate_in_every_format() {
    let directory = prepared("visible-validate");
    let missing = format!("missing{HOSTILE}.json");
    for format in FORMATS {
        for options in [
            &["--schema", "schemas"][..],
            &["--schema", "schemas", "--strict", "--show-values"],
            &["--vendor", "dialstack", "--show-values"],
            &[],
        ] {
            for paths in [&["many.ndjson"][..], &["single"], &["many.ndjson", &missing]] {
                let args = [&["validate", "--format", format], options, paths].concat();
                let output = said(&directory, &args);
                assert_eq!(status(&output), if paths.len() > 1 { 3 } else { 1 }, "{args:?}");
            }
        }
    }
    let args = ["validate", "--format", "json", "--schema", "schemas", "many.ndjson"];
    let reports = texts(&said(&directory, &args));
    assert_eq!(reports[0]["event"], HOSTILE);
    assert_eq!(reports[0]["vendor"], HOSTILE);
    assert_eq!(reports[0]["valid"], true, "{}", reports[0]);
    let pointer = format!("/{}", hostile());
    assert!(reports[1..4].iter().all(|report| report["violations"][0]["pointer"] == pointer));
    let args = ["validate", "--format", "sarif", "--schema", "schemas", "many.ndjson"];
    let log = &texts(&said(&directory, &args))[0];
    let place = &log["runs"][0]["results"][0]["locations"][0]["logicalLocations"][0];
    assert_eq!(place["fullyQualifiedName"], pointer);
    let args = ["validate", "--format", "json", "single"];
    let reports = texts(&said(&directory, &args));
    assert_eq!(reports[0]["source"], format!("single/0{HOSTILE}.json"));
}

#[test]
fn drift_and_merge_in_every_format() {
    let directory = prepared("visible-drift");
    for schemas in [&["--schema", "schemas"][..], &[]] {
        for format in ["human", "json", "html"] {
            for path in ["many.ndjson", "single"] {
                said(&directory, &[&["drift", "--format", format, path], schemas].concat());
            }
        }
        inspected(&directory, &[&["drift", "--suggest", "more", "many.ndjson"], schemas].concat());
        let args = [&["drift", "--format", "json", "many.ndjson"], schemas].concat();
        let output = said(&directory, &args);
        assert!(has(&texts(&output)[0], &hostile()));
        fs::write(directory.join("drift"), &output.stdout).unwrap();
        let args =
            [&["validate", "--summary", "sum", "--shard", "1/2", "single"], schemas].concat();
        said(&directory, &args);
        let summary = fs::read_to_string(directory.join("sum")).unwrap();
        assert!(!summary.replace('\n', "").contains(is_invisible) && !summary.contains("##["));
        for format in ["human", "json", "html"] {
            let merge = [&["merge", "--format", format], schemas].concat();
            for files in
                [&["drift"][..], &["drift", "drift"], &["sum"], &["sum", "sum"], &["sum", "drift"]]
            {
                said(&directory, &[&merge, files].concat());
            }
        }
        let args = [&["merge", "--format", "json", "drift"], schemas].concat();
        assert_eq!(texts(&said(&directory, &args)), texts(&output));
    }
    let sum: Value = serde_json::from_slice(&fs::read(directory.join("sum")).unwrap()).unwrap();
    let drift: Value = serde_json::from_slice(&fs::read(directory.join("drift")).unwrap()).unwrap();
    let broken = format!("broken{HOSTILE}");
    for (member, value) in [
        ("kind", json!(hostile())),
        ("shards", json!([hostile()])),
        ("violations", json!({hostile(): 1})),
        ("events", json!({hostile(): {hostile(): {"valid": 1, "invalid": hostile()}}})),
        ("totals", json!({hostile(): hostile(), "violations": {hostile(): 1}})),
        ("complete", json!(hostile())),
    ] {
        for mut summary in [sum.clone(), drift.clone()] {
            summary[member] = value.clone();
            fs::write(directory.join(&broken), summary.to_string()).unwrap();
            inspected(&directory, &["merge", &broken]);
        }
    }
    fs::write(directory.join(&broken), hostile()).unwrap();
    assert_eq!(status(&said(&directory, &["merge", &broken])), 2);
}

#[test]
fn schemas_and_what_is_made_of_them() {
    let directory = prepared("visible-schemas");
    let new = vendor(&directory, "new", &Value::Null, 5);
    let all = hostile();
    let pointer = format!("/{HOSTILE}");
    for args in [
        &["events", "--schema", "schemas"][..],
        &["explain", "--schema", "schemas", HOSTILE],
        &["explain", "--schema", "schemas", HOSTILE, HOSTILE],
        &["explain", "--schema", "schemas", HOSTILE, HOSTILE, "/p"],
        &["explain", "--schema", "schemas", HOSTILE, HOSTILE, "/n"],
        &["explain", "--schema", "schemas", HOSTILE, HOSTILE, &pointer],
        &["explain", "--schema", "schemas", HOSTILE, "more"],
        &["explain", "--schema", "schemas", HOSTILE, HOSTILE, "/p", HOSTILE],
        &["explain", "--schema", "schemas", "--schema", "new", HOSTILE, HOSTILE],
        &["sample", "--schema", "schemas", HOSTILE],
        &["sample", "--schema", "schemas", HOSTILE, "more"],
        &["sample", "--schema", "schemas", HOSTILE, HOSTILE],
        &["sample", "--schema", "schemas", HOSTILE, HOSTILE, "--break", "/nowhere"],
        &["sample", "--schema", "schemas", HOSTILE, HOSTILE, "--break", "union"],
        &["sample", "--schema", "schemas", HOSTILE, HOSTILE, "--break", "enum", "--seed", "1"],
        &["sample", "--schema", "schemas", HOSTILE, HOSTILE, "--break", &pointer],
        &["sample", "--schema", "schemas", "more"],
        &["schema", "diff", "schemas", "new"],
    ] {
        said(&directory, args);
    }
    let events = texts(&said(&directory, &["events", "--format", "json", "--schema", "schemas"]));
    assert_eq!(events[0]["event"], HOSTILE);
    assert_eq!([&events[0]["title"], &events[0]["description"]], [&json!(all); 2]);
    let args = ["sample", "--schema", "schemas", HOSTILE, HOSTILE, "-n", "20", "--seed", "1"];
    let output = said(&directory, &args);
    fs::write(directory.join("samples.ndjson"), &output.stdout).unwrap();
    let samples = texts(&output);
    assert!(samples.iter().all(|it| it["type"] == HOSTILE), "{samples:?}");
    assert!(samples.iter().any(|it| it[&all] == all), "{samples:?}");
    let args = ["validate", "--schema", "schemas", "samples.ndjson"];
    assert_eq!(status(&said(&directory, &args)), 0);
    fs::remove_file(new.join(format!("{HOSTILE}.json"))).unwrap();
    fs::write(new.join(format!("{HOSTILE}2.json")), json!({"title": all}).to_string()).unwrap();
    for format in ["human", "json"] {
        let args = ["schema", "diff", "--format", format, "schemas", "new"];
        let output = said(&directory, &args);
        assert!(format == "human" || has(&json!(texts(&output)), HOSTILE));
    }
}

#[test]
fn schemas_that_do_not_load() {
    let all = hostile();
    let schemas = [
        json!({"pattern": format!("({all}"), "type": "string"}),
        json!({"$ref": all}),
        json!({"$ref": format!("{HOSTILE}.json#/{HOSTILE}")}),
        json!({"type": all}),
        json!({"$id": all, "$anchor": all}),
        json!({"properties": {&*all: {"type": all}}, "required": all}),
        json!({"format": all, &*all: all}),
        json!(all),
    ];
    let texts = schemas.iter().map(Value::to_string);
    for (number, text) in texts.chain([all.clone(), format!("{{\"a\": {all}")]).enumerate() {
        let directory = directory(&format!("visible-broken-{number}"), &[("a.json", VALID)]);
        let home = vendor(&directory, "schemas", &json!(all), 3);
        fs::write(home.join(format!("{HOSTILE}.json")), &text).unwrap();
        let file = format!("file{HOSTILE}");
        fs::write(directory.join(&file), &text).unwrap();
        let bundle =
            json!({"vendor": all, "schemas": {&*all: 1, &*format!("{all}.json"): schemas[0]}});
        let bundled = format!("bundle{HOSTILE}");
        fs::write(directory.join(&bundled), bundle.to_string()).unwrap();
        let missing = format!("missing{HOSTILE}");
        for schema in ["schemas", &file, &bundled, &missing] {
            for args in [
                &["validate", "a.json"][..],
                &["drift", "a.json"],
                &["events"],
                &["explain", HOSTILE, HOSTILE],
                &["sample", HOSTILE, HOSTILE],
                &["sign", "a.json"],
                &["send", "http://127.0.0.1:1", "a.json"],
                &["verify", "--headers", "a.json", "--body", "a.json"],
            ] {
                inspected(&directory, &[args, &["--schema", schema]].concat());
            }
            for args in [&["gen", "--out", "out"][..], &["tidy"], &["new", "acme", "ping"]] {
                inspected(&directory, &[args, &["--schemas", schema]].concat());
            }
            inspected(&directory, &["schema", "diff", schema, &missing]);
        }
    }
}

#[test]
fn sign_and_verify() {
    let directory = prepared("visible-verify");
    let all = hostile();
    let one_line = HOSTILE.replace(['\n', '\r'], "");
    let headers = [
        all.clone(),
        one_line.clone(),
        format!("{one_line}: x"),
        format!("X-Test: {one_line}"),
        format!("X-DialStack-Signature: {one_line}"),
        format!("X-DialStack-Signature: t=1,v1={one_line}"),
        format!(
            "webhook-id: {one_line}\nwebhook-timestamp: {one_line}\nwebhook-signature: v1,{one_line}"
        ),
        format!("webhook-id: {one_line}\nwebhook-timestamp: 1\nwebhook-signature: v1,YWJj"),
        format!("X-Webhook-Signature: {one_line}\nX-Webhook-Timestamp: {one_line}"),
    ];
    let name = format!("headers{HOSTILE}");
    for headers in &headers {
        fs::write(directory.join(&name), headers).unwrap();
        for start in ["POST / HTTP/1.1", &one_line, &format!("POST /{one_line} HTTP/1.1"), &all] {
            let capture = format!("{start}\r\n{headers}\r\n\r\n{all}");
            fs::write(directory.join(format!("capture{name}")), capture).unwrap();
            for format in ["human", "json"] {
                let capture = format!("capture{name}");
                said(&directory, &["verify", "--format", format, "--capture", &capture]);
            }
        }
        for format in ["human", "json"] {
            for scheme in ["dialstack", "daily", "standard-webhooks", "voiceblender"] {
                let args = ["verify", "--format", format, "--scheme", scheme, "--headers", &name];
                said(&directory, &[&args[..], &["--body", "many.ndjson"]].concat());
            }
        }
    }
    let home = vendor(&directory, "signed", &json!("dialstack"), 3);
    let payload = json!({"type": HOSTILE, "account_id": all}).to_string();
    fs::write(directory.join(&name), payload).unwrap();
    let signed = ["sign", "--schema", "signed", &name];
    assert_eq!(status(&said(&directory, &signed)), 0, "{}", home.display());
    for id in ["a##[b", "::error::", HOSTILE] {
        let args = ["sign", "--scheme", "standard-webhooks", "--id", id, &name];
        assert_eq!(status(&said(&directory, &args)), 2);
    }
    let variable = format!("SECRET{HOSTILE}");
    for (args, secret) in [
        (&["sign", "--scheme", "standard-webhooks"][..], HOSTILE),
        (&["sign", "--secret-env", &variable], HOSTILE),
        (&["sign", "--scheme", "standard-webhooks", "--secret-env", &variable], HOSTILE),
        (&["sign", "--secret-file", &variable], HOSTILE),
        (&["sign", "--scheme", "standard-webhooks", "--secret-file", "many.ndjson"], HOSTILE),
        (&["sign", "--scheme", "standard-webhooks", "--id", HOSTILE], "whsec_YWJj"),
        (&["sign", "--schema", "schemas"], "whsec_YWJj"),
        (&["sign"], "whsec_YWJj"),
        (
            &["verify", "--scheme", "standard-webhooks", "--headers", "many.ndjson", "--body"],
            HOSTILE,
        ),
    ] {
        let args = [args, &[&*name]].concat();
        let mut command = offhook(&directory, &args);
        let output = command.env("OFFHOOK_SECRET", secret).env(&variable, HOSTILE).output();
        inspect(&args, &output.unwrap());
    }
}

#[test]
fn what_a_receiver_answers() {
    let directory = prepared("visible-send");
    vendor(&directory, "signed", &json!("dialstack"), 3);
    let all = hostile();
    let one_line = HOSTILE.replace(['\n', '\r'], "");
    let report = json!({"violations": [
        {"code": all, "pointer": all, "line": 1, "column": 2, "message": all},
        {"code": all, "pointer": all, "line": 1, "column": 2, "message": all},
    ]});
    let long = json!({&*all: [all, all, {&*all: all}], "more": "x".repeat(300)});
    let bodies = [all.clone(), format!("\n\n  {all}\n{all}"), report.to_string(), long.to_string()];
    let mut answers = vec![
        all.clone(),
        format!("HTTP/1.1 {all}\r\n\r\n"),
        format!("{one_line}\r\n\r\n"),
        format!("HTTP/1.1 500 {one_line}\r\nContent-Length: 0\r\n\r\n"),
        format!("HTTP/1.1 500 Oh\r\n{one_line}: x\r\nContent-Length: 0\r\n\r\n"),
        format!("HTTP/1.1 302 Found\r\nLocation: {one_line}\r\nContent-Length: {one_line}\r\n\r\n"),
        format!("HTTP/1.1 400 No\r\nTransfer-Encoding: {one_line}\r\n\r\n{all}"),
    ];
    answers.extend(bodies.iter().map(|body| {
        let length = body.len();
        format!("HTTP/1.1 422 No\r\nX-Test: {one_line}\r\nContent-Length: {length}\r\n\r\n{body}")
    }));
    let payload = json!({"type": HOSTILE, &*all: all}).to_string();
    let name = format!("payload{HOSTILE}.json");
    fs::write(directory.join(&name), payload).unwrap();
    for answer in answers {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let mut length = 0;
            let mut line = String::new();
            while reader.read_line(&mut line).unwrap() > 2 {
                let header = line.to_ascii_lowercase();
                if let Some(value) = header.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            reader.take(length).read_to_end(&mut Vec::new()).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        let args = ["send", "--attempts", "1", "--timeout", "5", "--schema", "signed", &url, &name];
        let output = said(&directory, &args);
        server.join().unwrap();
        assert_ne!(status(&output), 0);
    }
    for url in ["http://127.0.0.1:1", HOSTILE, &format!("http://{HOSTILE}/")] {
        said(&directory, &["send", "--attempts", "1", url, &name]);
        said(&directory, &["send", "--attempts", "1", "--schema", "schemas", url, "many.ndjson"]);
    }
}

#[test]
fn arguments() {
    let directory = directory("visible-arguments", &[]);
    let option = format!("--{HOSTILE}");
    let assigned = format!("--format={HOSTILE}");
    for args in [
        &[HOSTILE][..],
        &["schema", HOSTILE],
        &["help", HOSTILE],
        &["completions", HOSTILE],
        &["explain", HOSTILE],
        &["explain", &format!("/{HOSTILE}")],
        &["explain", "dialstack", HOSTILE],
        &["explain", "dialstack", "call.end", HOSTILE],
        &["explain", "dialstack", "call.end", "/id", HOSTILE],
        &["sample", HOSTILE],
        &["sample", "dialstack", HOSTILE],
        &["sample", "dialstack", "call.end", "--break", HOSTILE],
        &["sample", "dialstack", "call.end", "--break", &format!("/{HOSTILE}")],
        &["sample", "dialstack", "call.end", "--seed", HOSTILE],
        &["sample", "dialstack", "call.end", "-n", HOSTILE],
        &["validate", "--vendor", HOSTILE],
        &["validate", "--shard", HOSTILE],
        &["validate", "--jobs", HOSTILE],
        &["validate", "--summary", &format!("{HOSTILE}/sum")],
        &["validate", HOSTILE],
        &["drift", HOSTILE],
        &["drift", "--suggest", &format!("/dev/null/{HOSTILE}")],
        &["merge", HOSTILE],
        &["sign", "--scheme", HOSTILE],
        &["sign", HOSTILE],
        &["sign", "--id", HOSTILE],
        &["sign", "--at", HOSTILE],
        &["send", HOSTILE],
        &["verify", "--scheme", HOSTILE],
        &["verify", "--capture", HOSTILE],
        &["verify", "--headers", HOSTILE, "--body", HOSTILE],
        &["verify", "--now", HOSTILE],
        &["schema", "diff", HOSTILE, HOSTILE],
        &["schema", "diff", "--for", HOSTILE, "dialstack", "daily"],
        &["man", &format!("/dev/null/{HOSTILE}")],
        &["gen", "--schemas", HOSTILE, "--out", HOSTILE],
        &["new", HOSTILE, "ping", "--schemas", HOSTILE],
        &["new", "acme", HOSTILE, "--schemas", HOSTILE],
        &["new", "acme", "ping", "--schemas", HOSTILE],
        &["tidy", "--schemas", HOSTILE],
        &["gen", "--schemas", HOSTILE, "--out", HOSTILE],
        &["gen", "--schemas", HOSTILE, "--out", HOSTILE, "--check"],
        &["gen", "--schemas", HOSTILE, "--out", &format!("more{HOSTILE}"), "--check"],
        &["gen", "--schemas", HOSTILE, "--out", &format!("/dev/null/{HOSTILE}")],
    ] {
        inspected(&directory, args);
    }
    for command in [
        "validate",
        "merge",
        "drift",
        "events",
        "explain",
        "sample",
        "sign",
        "send",
        "verify",
        "schema",
        "new",
        "gen",
        "tidy",
        "completions",
        "man",
    ] {
        assert_eq!(status(&said(&directory, &[command, &option])), 2, "{command}");
        assert_eq!(status(&said(&directory, &[command, &assigned])), 2, "{command}");
        assert_eq!(status(&said(&directory, &[command, "--format", HOSTILE])), 2, "{command}");
        assert_eq!(status(&run(&directory, &[command, "--help"])), 0, "{command}");
    }
    assert_eq!(status(&said(&directory, &[HOSTILE])), 2);
}
