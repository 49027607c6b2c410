//! Every format of reports, held against those who read it.

mod command;

use std::path::Path;
use std::process::Output;

use jsonschema::Validator;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::Value;

use command::{VALID, directory, invalid, status, stderr, stdout, validate, validate_stdin};

const FORMATS: [&str; 5] = ["human", "json", "sarif", "github", "junit"];

/// Files with names that mean something in URIs, in XML, in commands, and on terminals.
const ODD: [&str; 4] = [
    "a b%20é#?&<'\">]]>.json",
    "c,d:e::error::%0A.json",
    "##[error]東京.json",
    "\u{1b}[2J\u{202e}\t%.ndjson",
];

/// SARIF's own schema.
fn sarif_schema() -> Validator {
    let mut schema: Value = serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).unwrap();
    // This one has a bracket too many to be a regular expression; no log here says its language.
    for place in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][place]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap()
}

/// A log that follows its schema.
fn sarif(output: &Output, schema: &Validator) -> Value {
    let log: Value = serde_json::from_str(stdout(output)).unwrap();
    let errors: Vec<_> = schema
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

/// An element's name, its attributes, and the text up to the next one.
type Element = (String, Vec<(String, String)>, String);

/// The elements of well-formed XML.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut elements: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return elements,
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    (key, unescape(&attribute.value).unwrap().into_owned())
                });
                elements.push((name, attributes.collect(), String::new()));
            }
            Event::Text(text) => {
                if let Some((.., behind)) = elements.last_mut() {
                    *behind += &text;
                }
            }
            Event::GeneralRef(reference) => {
                let (.., behind) = elements.last_mut().unwrap();
                *behind += &unescape(&format!("&{};", &*reference)).unwrap();
            }
            _ => {}
        }
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    &attributes.iter().find(|(key, _)| key == name).unwrap().1
}

/// Tests, failures and errors of each suite, after those of all.
fn suites(xml: &str) -> Vec<(String, [usize; 3])> {
    let counts = |attributes: &[(String, String)]| {
        ["tests", "failures", "errors"].map(|name| attribute(attributes, name).parse().unwrap())
    };
    let elements = elements(xml);
    let suites = elements.iter().filter(|(name, ..)| name.starts_with("testsuite"));
    let suites = suites
        .map(|(_, attributes, _)| (attribute(attributes, "name").to_owned(), counts(attributes)));
    let suites: Vec<_> = suites.collect();
    // What is said is what is there.
    let count = |what: &str| elements.iter().filter(|(name, ..)| name == what).count();
    assert_eq!(suites[0].1, ["testcase", "failure", "error"].map(count));
    for at in 0..3 {
        let sum: usize = suites[1..].iter().map(|(_, counts)| counts[at]).sum();
        assert_eq!(suites[0].1[at], sum);
    }
    suites
}

#[test]
fn every_format_ends_with_the_same_exit_status() {
    let files = [("valid.json", VALID), ("invalid.json", &invalid())];
    let directory = directory("statuses", &files);
    for format in FORMATS {
        for (paths, expected) in [
            (&["valid.json"][..], 0),
            (&["valid.json", "invalid.json"], 1),
            (&["valid.json", "gone.json"], 3),
            (&["invalid.json", "gone.json"], 3),
            (&["-", "-"], 2),
        ] {
            let output = validate(&directory, &[&["--format", format], paths].concat());
            assert_eq!(status(&output), expected, "{format} {paths:?}");
        }
    }
}

#[test]
fn sarif_follows_its_own_schema() {
    let schema = sarif_schema();
    let records = [VALID.to_owned(), invalid(), "{".to_owned()].join("\n");
    let spread = invalid().replace("\"325\"", "[\n1\n]").replace("\"id\"", "\"\", \"id\"");
    let files = [
        ("a b.json", VALID),
        ("b/é.json", &invalid()),
        ("c.ndjson", &records),
        ("d.json", &spread),
    ];
    let directory = directory("sarif", &files);
    let args = ["--format", "sarif", "a b.json", "./b", "c.ndjson", "d.json", "gone.json"];
    let log = sarif(&validate(&directory, &args), &schema);
    let run_of = &log["runs"][0];
    assert_eq!(run_of["columnKind"], "unicodeCodePoints");
    assert_eq!(run_of["tool"]["driver"]["rules"].as_array().unwrap().len(), 17);

    let places: Vec<_> = results(&log)
        .iter()
        .map(|result| {
            let rule = result["ruleIndex"].as_u64().unwrap().to_string();
            let rule = run_of.pointer(&format!("/tool/driver/rules/{rule}/id")).unwrap();
            assert_eq!(*rule, result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            let region = ["startLine", "startColumn", "endLine", "endColumn"]
                .map(|name| place["region"][name].as_u64().unwrap());
            let bytes = ["byteOffset", "byteLength"].map(|name| place["region"][name].as_u64());
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            (uri, result["ruleId"].as_str().unwrap(), region, bytes)
        })
        .collect();
    let expected = [
        ("b/%C3%A9.json", "type", [1, 151, 1, 156], [Some(150), Some(5)]),
        ("c.ndjson", "type", [2, 151, 2, 156], [None; 2]),
        ("c.ndjson", "json", [3, 2, 3, 2], [None; 2]),
    ];
    assert_eq!(places[..3], expected);
    let invocation = &run_of["invocations"][0];
    assert_eq!(
        (&invocation["executionSuccessful"], &invocation["exitCode"]),
        (&false.into(), &3.into())
    );
    let unread = &invocation["toolExecutionNotifications"][0]["locations"][0];
    assert_eq!(unread["physicalLocation"]["artifactLocation"]["uri"], "gone.json");
}

#[test]
fn sarif_is_whole_without_results_and_without_files() {
    let schema = sarif_schema();
    for body in [VALID, &invalid(), "", "\0"] {
        let log = sarif(&validate_stdin(body.as_bytes(), &["--format", "sarif"]), &schema);
        assert_eq!(results(&log).len(), usize::from(body != VALID));
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], true);
        assert_eq!(invocation["exitCode"], u64::from(body != VALID));
    }
    let directory = directory("sarif-none", &[]);
    let log = sarif(&validate(&directory, &["--format", "sarif", "."]), &schema);
    assert_eq!(results(&log).len(), 0);
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let schema = sarif_schema();
    let fingerprints = |body: &str| -> Vec<Value> {
        let log = sarif(&validate_stdin(body.as_bytes(), &["--format", "sarif"]), &schema);
        results(&log).iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let two = invalid().replace("\"evt_01\"", "1");
    assert_eq!(fingerprints(&two), fingerprints(&two.replace(',', ",\n\n ")));
    assert_ne!(fingerprints(&two)[0], fingerprints(&two)[1]);
}

/// Lines of workflow commands, and those between `::group::` and `::endgroup::` that are none.
fn commands(output: &Output) -> (Vec<&str>, Vec<&str>) {
    let lines = stdout(output).lines();
    let (commands, log): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("::"));
    let is_annotation = |line: &&str| !line.starts_with("::group") && *line != "::endgroup::";
    (commands.into_iter().filter(is_annotation).collect(), log)
}

#[test]
fn github_gets_ten_annotations_a_level_and_a_log_of_the_rest() {
    let notice = VALID.replace("\"data\"", "\"extra\": 1, \"data\"");
    for (errors, notices) in [(0, 0), (9, 1), (10, 10), (11, 9), (1, 12), (30, 30)] {
        let mut files: Vec<_> =
            (0..errors).map(|at| (format!("{at}-error.json"), invalid())).collect();
        files.extend((0..notices).map(|at| (format!("{at}-notice.json"), notice.clone())));
        let files: Vec<_> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
        let directory = directory("github", &files);
        let output = validate(&directory, &["--format", "github", "."]);
        let (commands, log) = commands(&output);
        for (count, level) in [(errors, "error"), (notices, "notice")] {
            let of_level = |line: &&&str| line.starts_with(&format!("::{level} "));
            let annotations: Vec<_> = commands.iter().filter(of_level).collect();
            assert_eq!(annotations.len(), count.min(10), "{errors} {notices} {level}");
            let logged = log.iter().filter(|line| line.starts_with(level)).count();
            assert_eq!(logged, if count > 10 { count - 9 } else { 0 });
            if count > 10 {
                let code = if level == "error" { "type" } else { "undocumented" };
                let rest = count - 9;
                let sum = format!("{rest} {code} in {rest} files; the step's log has them all");
                let last = format!("::{level} title={rest} more {level}s::{sum}");
                assert_eq!(**annotations[9], last);
            }
        }
        let groups = usize::from(errors.max(notices) > 10);
        assert_eq!(stdout(&output).matches("::group::").count(), groups);
        assert_eq!(stdout(&output).matches("::endgroup::\n").count(), groups);
        assert!(log.last().unwrap().contains("payload"), "the totals: {log:?}");
    }
}

#[test]
fn github_is_told_the_place() {
    let spread = invalid().replace("\"325\"", "[\n1\n]");
    let files = [("a.json", &*invalid()), ("b.json", &spread)];
    let directory = directory("github-places", &files);
    let output = validate(&directory, &["--format", "github", "./a.json", "b.json", "gone.json"]);
    let title = "title=type /data/duration_seconds::expected a number, found";
    let expected = [
        format!("::error file=a.json,line=1,endLine=1,col=151,endColumn=155,{title} a string"),
        format!("::error file=b.json,line=1,endLine=3,{title} an array"),
    ]
    .map(|command| command + " at /data/duration_seconds");
    let (commands, _) = commands(&output);
    assert_eq!(commands[..2], expected);
    let unread =
        "::error file=gone.json,title=unreadable::this could not be read, or not to its end";
    assert_eq!(commands[2], unread);
    let output = validate_stdin(invalid().as_bytes(), &["--format", "github"]);
    let expected = format!("::error {title} a string at /data/duration_seconds\n");
    assert!(stdout(&output).starts_with(&expected), "{}", stdout(&output));
}

#[test]
fn junit_counts_what_is_there() {
    let records = [VALID.to_owned(), invalid(), "{".to_owned()].join("\n");
    let notice = VALID.replace("\"data\"", "\"extra\": 1, \"data\"");
    let two = invalid().replace("\"evt_01\"", "1");
    let files = [("a.json", VALID), ("b.ndjson", &records), ("c.json", &notice), ("d.json", &two)];
    let directory = directory("junit", &files);
    let args = ["--format", "junit", "a.json", "gone.json", "b.ndjson", "c.json", "d.json"];
    let output = validate(&directory, &args);
    let expected = [
        ("offhook", [7, 3, 1]),
        ("a.json", [1, 0, 0]),
        ("b.ndjson", [3, 2, 0]),
        ("c.json", [1, 0, 0]),
        ("d.json", [1, 1, 0]),
        ("gone.json", [1, 0, 1]),
    ];
    let expected = expected.map(|(name, counts)| (name.to_owned(), counts));
    assert_eq!(suites(stdout(&output)), expected);

    let elements = elements(stdout(&output));
    let names = elements.iter().filter(|(name, ..)| name == "testcase");
    let names: Vec<_> = names.map(|(_, attributes, _)| attribute(attributes, "name")).collect();
    let event = "recording.available";
    let records = [format!("record 1: {event}"), format!("record 2: {event}")];
    assert_eq!(names, [event, &records[0], &records[1], "record 3", event, event, "reading"]);
    let last = |what: &str| elements.iter().rfind(|(name, ..)| name == what).unwrap();
    let (_, attributes, text) = last("failure");
    assert_eq!(attribute(attributes, "type"), "type");
    let summary = "expected a string, found a number; and 1 more violation";
    assert_eq!(attribute(attributes, "message"), summary);
    let lines = "1:7: expected a string, found a number at /id [type]\n\
        1:144: expected a number, found a string at /data/duration_seconds [type]";
    assert_eq!(text.trim(), lines);
    assert!(
        last("system-out").2.contains("undocumented property \"extra\" at /extra [undocumented]")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn odd_names_of_files_and_members_stay_names() {
    let odd = invalid().replace("\"data\"", "\"</x>]]>&##[a\\n::b](c)\\u0007\": 1, \"data\"");
    let files: Vec<_> = ODD.iter().map(|name| (*name, &*odd)).collect();
    let directory = directory("odd", &files);
    let told = |format| {
        validate(&directory, &[&["--format", format][..], &ODD, &["gone\u{7}.json"]].concat())
    };
    for format in FORMATS {
        let output = told(format);
        assert_eq!(status(&output), 3, "{format}: {}", stderr(&output));
        let text = stdout(&output);
        assert!(!text.contains(|char: char| char.is_control() && char != '\n'), "{format}: {text}");
        assert!(format == "json" || !text.contains('\u{202e}'), "{format}: {text}");
    }
    let log = sarif(&told("sarif"), &sarif_schema());
    let place = |result: &Value| result["locations"][0]["physicalLocation"].clone();
    let uris: Vec<_> = results(&log)
        .iter()
        .map(|result| place(result)["artifactLocation"]["uri"].clone())
        .collect();
    assert_eq!(uris[0], "a%20b%2520%C3%A9%23%3F%26%3C%27%22%3E%5D%5D%3E.json");
    assert_eq!(uris[2], "c%2Cd%3Ae%3A%3Aerror%3A%3A%250A.json");

    let output = told("github");
    let (commands, log) = commands(&output);
    assert_eq!(commands.len(), 9, "{commands:#?}");
    assert!(commands[2].starts_with("::error file=c%2Cd%3Ae%3A%3Aerror%3A%3A%250A.json,line=1,"));
    assert!(log.iter().all(|line| !line.contains("##[")), "{log:?}");

    let names: Vec<_> = suites(stdout(&told("junit"))).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[1..4], [ODD[0], ODD[1], "#\\u0023[error]東京.json"]);
}

#[test]
fn no_format_shows_values_unless_asked_for() {
    let body = VALID.replace("325", "\"secret\"").replace("\"data\"", "\"x\": \"+49\", \"data\"");
    for format in FORMATS {
        let output = validate_stdin(body.as_bytes(), &["--format", format]);
        let told = stdout(&output);
        assert!(!told.contains("+49"), "{format}: {told}");
        // What is no number is no duration of anybody's: people see it, as they see its name.
        assert!(format == "human" || !told.contains("secret"), "{format}: {told}");
        let output = validate_stdin(body.as_bytes(), &["--format", format, "--show-values"]);
        let told = stdout(&output);
        assert!(told.contains("secret"), "{format}: {told}");
    }
}

#[test]
fn every_format_is_told_by_help() {
    let output = validate(Path::new("."), &["--help"]);
    for format in FORMATS {
        assert!(stdout(&output).contains(&format!("- {format}: ")), "{}", stdout(&output));
    }
}
