//! Payloads made to take long or much memory, through the command: each is answered, at sizes at which
//! anything quadratic would hang, and the answer is no longer than it should be.

mod command;

use command::{directory, lines, run, status, stdout, validate};

const FORMATS: [&str; 5] = ["human", "json", "sarif", "github", "junit"];

/// A valid `leg.ringing` with `more` in it, such as `,"x":1`.
fn ringing(more: &str) -> String {
    format!(r#"{{"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"{more}}}"#)
}

/// So many members that nobody documents.
fn strangers(number: usize) -> String {
    (0..number).map(|i| format!(",\"x{i:x}\":1")).collect::<Vec<_>>().concat()
}

/// How much is written of a payload in each format; it is invalid, or not.
fn answered(name: &str, payload: &str, wanted: i32, most: usize) {
    let directory = directory(&format!("hostile-{name}"), &[("payload.json", payload)]);
    for format in FORMATS {
        for more in [&[][..], &["--show-values"]] {
            let args = [&["--vendor", "voiceblender", "--format", format, "payload.json"], more];
            let output = validate(&directory, &args.concat());
            assert_eq!(status(&output), wanted, "{name}, {format}");
            let written = output.stdout.len();
            assert!(written > 100 && written < most, "{name}, {format}: {written} bytes");
        }
    }
    assert!(status(&run(&directory, &["drift", "payload.json"])) <= 1, "{name}");
}

#[test]
fn very_many_faults() {
    answered("numbers", &ringing(&format!(",\"x\":[{}1]", "1e400,".repeat(200_000))), 1, 2_000_000);
    answered("strangers", &ringing(&strangers(100_000)), 0, 2_000_000);
    answered("duplicates", &ringing(&",\"a\":1".repeat(100_000)), 1, 2_000_000);
    let lines = strangers(50_000).replace(':', ":\n").replace(',', "\n,");
    answered("lines", &ringing(&lines), 0, 2_000_000);
}

#[test]
fn what_is_left_out_is_counted_in_every_format() {
    let directory = directory("hostile-omitted", &[("payload.json", &ringing(&strangers(1_500)))]);
    for format in FORMATS {
        let output = validate(&directory, &["--format", format, "payload.json"]);
        let said = match format {
            "json" => "\"omitted\":500",
            "sarif" => "500 more violations and notices are left out",
            _ => "500 more left out",
        };
        assert!(stdout(&output).contains(said), "{format}: {}", stdout(&output));
    }
    let output = validate(&directory, &["--format", "json", "payload.json"]);
    let line = &lines(&output)[0];
    assert_eq!(line["notices"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(line["valid"], true);
}

#[test]
fn a_very_long_name() {
    let name = "q".repeat(2_000_000);
    // In the formats for programs it is there in full, a few times.
    answered("name", &ringing(&format!(",\"{name}\":1")), 0, 10 * name.len());
    let around = format!(",\"{}\":[{}1]", "q".repeat(100_000), "1e400,".repeat(50_000));
    answered("around", &ringing(&around), 1, 20 << 20);
    let picture =
        directory("hostile-picture", &[("payload.json", &ringing(&format!(",\"{name}\":1")))]);
    let output = validate(&picture, &["payload.json"]);
    assert!(output.stdout.len() < 10_000, "{} bytes", output.stdout.len());
}

#[test]
fn a_very_long_value() {
    let value = "q".repeat(2_000_000);
    answered("value", &ringing(&format!(",\"leg_id\":[\"{value}\"]")), 1, 500_000);
    answered("unclosed", &format!("{{\"leg_id\":\"{value}"), 1, 500_000);
    answered("elements", &ringing(&format!(",\"x\":[{}1]", "1,".repeat(1_000_000))), 0, 500_000);
}

#[test]
fn very_deep_values() {
    answered("brackets", &"[".repeat(1_000_000), 1, 10_000);
    let deep = "[".repeat(120) + &"]".repeat(120);
    answered("deep", &ringing(&format!(",\"x\":[{}0]", (deep + ",").repeat(5_000))), 0, 10_000);
}

#[test]
fn lines_of_all_kinds() {
    let valid = ringing("");
    let many = [
        valid.as_str(),
        &" ".repeat(1 << 20),
        "\u{0}",
        "\u{feff}{}",
        "\"\\ud800\"",
        "{} {}",
        &"[".repeat(1 << 20),
        &ringing(&format!(",\"leg_id\":\"{}\"", "a".repeat(17 << 20))),
        &valid,
    ];
    for end in ["\n", "\r\n"] {
        for last in ["", end] {
            let text = many.join(end) + last;
            let directory = directory("hostile-lines", &[("many.ndjson", &text)]);
            let output = validate(&directory, &["--format", "json", "many.ndjson"]);
            assert_eq!(status(&output), 1);
            let verdicts: Vec<_> = lines(&output)
                .iter()
                .map(|line| (line["record"].as_u64().unwrap(), line["valid"] == true))
                .collect();
            let wanted = [1, 3, 4, 5, 6, 7, 8, 9].map(|record| (record, [1, 9].contains(&record)));
            assert_eq!(verdicts, wanted, "{end:?}");
        }
    }
}

#[test]
fn a_hundred_thousand_lines_of_nothing_much() {
    for line in ["", "x", "{}"] {
        let text = (line.to_owned() + "\n").repeat(100_000);
        let directory = directory("hostile-nothing", &[("many.ndjson", &text)]);
        let output = validate(&directory, &["--format", "json", "many.ndjson"]);
        assert_eq!(lines(&output).len(), if line.is_empty() { 0 } else { 100_000 });
    }
}
