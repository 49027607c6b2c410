//! What shells and `man` are given, as far as it can be told without them.

mod command;

use std::path::Path;

use command::{directory, run, status, stderr, stdout};

#[test]
fn shells_complete_vendors_events_and_codes() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = run(Path::new("."), &["completions", shell]);
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{shell}");
        assert!(stdout(&output).contains("show-values"), "{shell}");
    }
    for shell in ["bash", "zsh"] {
        let output = run(Path::new("."), &["completions", shell]);
        for word in ["dialstack", "call.end", "unknown_event", "standard-webhooks"] {
            assert!(stdout(&output).contains(word), "{shell} does not complete {word}");
        }
    }
}

#[test]
fn every_command_has_a_page_with_its_examples_line_by_line() {
    let directory = directory("man", &[("x", "")]);
    let output = run(&directory, &["man", "pages"]);
    assert_eq!((status(&output), stderr(&output)), (0, ""));
    for (page, example) in [
        ("offhook", "offhook explain dialstack call.end"),
        ("offhook-validate", "offhook validate call.json"),
        ("offhook-sign", "offhook sign call.json > headers"),
        ("offhook-send", "offhook send http://localhost:8080/webhooks call.json"),
        ("offhook-verify", "request.http"),
        ("offhook-gen", "modules of the vendors in schemas/"),
        ("offhook-new", "offhook new acme call.parked"),
        ("offhook-tidy", "offhook tidy"),
        ("offhook-schema-diff", "offhook schema diff dialstack schemas/dialstack"),
    ] {
        let text = std::fs::read_to_string(directory.join(format!("pages/{page}.1"))).unwrap();
        let (_, examples) = text.split_once(".SH EXAMPLES\n.nf\n").unwrap();
        assert!(examples.split_once("\n.fi\n").unwrap().0.contains(example), "{page}");
        assert!(!text.contains("EXTRA"), "{page}");
    }
    let whole = run(&directory, &["man"]);
    assert!(stdout(&whole).contains("offhook explain dialstack call.end"));
}
