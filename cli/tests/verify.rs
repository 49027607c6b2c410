//! The contract of `offhook sign` and `offhook verify`, held against the command itself.

mod command;

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use command::{VALID, directory_of_bytes, offhook, run_with, status, stderr, stdout};

const SECRET: &str = "ds_not_to_be_shown";

/// A vendor or scheme, a secret of it, and a payload.
const SENDERS: [(&str, &str, &str); 4] = [
    ("daily", "TWZLUTlyOEdLWXFyVHdqVVBEOElMUFpJbzJMYUxhU3c=", "{}"),
    ("dialstack", SECRET, VALID),
    ("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "{}"),
    ("voiceblender", "vb_not_to_be_shown", "{}"),
];

/// What the command says, with a secret in the variable that it asks.
fn offhook_with(directory: &Path, secret: &str, args: &[&str]) -> Output {
    offhook(directory, args).env("OFFHOOK_SECRET", secret).output().unwrap()
}

/// The headers that `offhook sign` makes for a payload in a file.
fn sign(directory: &Path, secret: &str, args: &[&str]) -> String {
    let output = offhook_with(directory, secret, &[&["sign"], args].concat());
    assert_eq!((status(&output), stderr(&output)), (0, ""));
    stdout(&output).to_owned()
}

/// What `offhook verify --format json` says, and its exit status.
fn verify(directory: &Path, secret: &str, args: &[&str]) -> (i32, Value) {
    let args = [&["verify", "--format", "json"], args].concat();
    let output = offhook_with(directory, secret, &args);
    let verdict = serde_json::from_slice(&output.stdout);
    (status(&output), verdict.unwrap_or_else(|_| panic!("{}", stderr(&output))))
}

/// A folder with a signed delivery in `headers`, `body` and `capture`.
fn delivery(name: &str) -> (PathBuf, String) {
    let directory = directory_of_bytes(name, &[("body", VALID.as_bytes())]);
    let headers = sign(&directory, SECRET, &["--at", "1768487736", "body"]);
    std::fs::write(directory.join("headers"), &headers).unwrap();
    std::fs::write(directory.join("capture"), capture(&headers, VALID.as_bytes())).unwrap();
    (directory, headers)
}

fn capture(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST / HTTP/1.1\r\n{}\r\n", headers.replace('\n', "\r\n"));
    [head.as_bytes(), body].concat()
}

const AT: [&str; 2] = ["--now", "1768487740"];

#[test]
fn what_is_signed_now_is_genuine_now() {
    for (scheme, secret, payload) in SENDERS {
        let directory =
            directory_of_bytes(&format!("sign-{scheme}"), &[("body", payload.as_bytes())]);
        let headers = sign(&directory, secret, &["--scheme", scheme, "body"]);
        std::fs::write(directory.join("headers"), headers).unwrap();
        let (status, verdict) = verify(&directory, secret, &["--headers", "headers", "body"]);
        assert_eq!((status, &verdict["genuine"]), (0, &true.into()), "{verdict}");
        assert_eq!(
            (&verdict["scheme"], &verdict["secret"]),
            (&scheme.into(), &"OFFHOOK_SECRET".into())
        );
        assert_eq!(verdict["signed_at"].is_null(), scheme == "voiceblender");
    }
}

#[test]
fn one_bit_is_enough_to_be_refused() {
    let (directory, headers) = delivery("bits");
    let refused = |capture: &[u8]| {
        std::fs::write(directory.join("flipped"), capture).unwrap();
        verify(&directory, SECRET, &[&AT[..], &["--capture", "flipped"]].concat())
    };
    assert_eq!(refused(&capture(&headers, VALID.as_bytes())).0, 0);
    for at in [0, VALID.len() / 2, VALID.len() - 1] {
        let mut body = VALID.as_bytes().to_vec();
        body[at] ^= 1;
        let (status, verdict) = refused(&capture(&headers, &body));
        assert_eq!((status, &verdict["error"]), (1, &"no_match".into()), "{verdict}");
    }
    let time = headers.replace("t=1768487736", "t=1768487737");
    let signature = headers.trim_end();
    let last = if signature.ends_with('0') { "1" } else { "0" };
    let signature = format!("{}{last}\n", &signature[..signature.len() - 1]);
    for headers in [time, signature] {
        let (status, verdict) = refused(&capture(&headers, VALID.as_bytes()));
        assert_eq!((status, &verdict["error"]), (1, &"no_match".into()), "{verdict}");
    }
    for (own, spoilt) in [("v1=", "v2="), ("v1=", "v1=G"), ("t=", "t=+"), ("t=", "T=")] {
        let (status, verdict) = refused(&capture(&headers.replace(own, spoilt), VALID.as_bytes()));
        assert_eq!((status, &verdict["error"]), (1, &"malformed".into()), "{verdict}");
        assert_eq!(verdict["header"], "X-DialStack-Signature");
    }
}

#[test]
fn every_way_to_keep_a_delivery_is_read() {
    let (directory, headers) = delivery("kept");
    let crlf = headers.replace('\n', "\r\n");
    let chunked = {
        let (first, second) = VALID.split_at(20);
        let head = format!("{headers}Transfer-Encoding: chunked\n");
        let body = format!("14\r\n{first}\r\n{:X}\r\n{second}\r\n0\r\n\r\n", second.len());
        capture(&head, body.as_bytes())
    };
    let length = format!("{headers}Content-Length: {}\n", VALID.len());
    let captures: [(&str, Vec<u8>); 6] = [
        ("as it came", capture(&headers, VALID.as_bytes())),
        ("LF alone", format!("POST /x?y HTTP/1.0\n{headers}\n{VALID}").into()),
        ("a byte order mark", [b"\xef\xbb\xbf", &*capture(&headers, VALID.as_bytes())].concat()),
        ("chunks", chunked),
        ("a length", capture(&length, VALID.as_bytes())),
        ("a length and a line break", capture(&length, format!("{VALID}\n").as_bytes())),
    ];
    for (what, bytes) in captures {
        std::fs::write(directory.join("kept"), bytes).unwrap();
        let args = [&AT[..], &["--capture", "kept"]].concat();
        assert_eq!(verify(&directory, SECRET, &args).0, 0, "{what}");
    }
    for (what, text) in [
        ("CRLF", crlf.clone()),
        ("no line break at the end", headers.trim_end().to_owned()),
        ("what curl writes", format!("HTTP/1.1 200 OK\r\n{crlf}\r\n")),
        ("a request's first line", format!("POST / HTTP/2\n{headers}\nbody")),
        ("others beside them", format!("{headers}X: \u{e9}\nX: 2\nY:\n")),
    ] {
        std::fs::write(directory.join("kept"), text).unwrap();
        let args = [&AT[..], &["--headers", "kept", "body"]].concat();
        assert_eq!(verify(&directory, SECRET, &args).0, 0, "{what}");
    }
}

#[test]
fn hostile_input_is_answered() {
    let (directory, headers) = delivery("hostile");
    let header = headers.lines().last().unwrap();
    let many = "X: y\n".repeat(50_000);
    let folded = headers.replace(": t=", ":\n t=");
    for (what, kept, wanted) in [
        ("twice", format!("{headers}{header}\n").into_bytes(), 1),
        ("folded", folded.into_bytes(), 3),
        ("many", many.into_bytes(), 3),
        ("no end", vec![b'a'; 1 << 20], 3),
        ("no bytes", Vec::new(), 1),
        ("NUL", b"X: \0\n".to_vec(), 3),
        ("no text", (0..=255).cycle().take(4096).collect(), 3),
        ("UTF-16", "\u{feff}X: y\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), 3),
    ] {
        std::fs::write(directory.join("kept"), kept).unwrap();
        let args = [&["verify"], &AT[..], &["--headers", "kept", "body"]].concat();
        let output = offhook_with(&directory, SECRET, &args);
        assert_eq!(status(&output), wanted, "{what}: {}{}", stdout(&output), stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{what}: {}", stderr(&output));
    }
    for (what, body, wanted) in [
        ("no bytes", &b""[..], "The body is empty."),
        ("a mark", b"\xef\xbb\xbf{}", "byte order mark"),
        ("gzip", b"\x1f\x8b\x08\x00", "compressed with gzip"),
        ("NUL", b"{\"a\":\"\0\"}", "byte for byte"),
        ("no text", b"\xff\xfe\x00\x1b[31m", "byte for byte"),
    ] {
        std::fs::write(directory.join("body"), body).unwrap();
        let args = [&["verify"], &AT[..], &["--headers", "headers", "body"]].concat();
        let output = offhook_with(&directory, SECRET, &args);
        assert_eq!((status(&output), stderr(&output)), (1, ""), "{what}");
        assert!(stdout(&output).contains(wanted), "{what}: {}", stdout(&output));
        // Such a body is signed like any other.
        let headers =
            sign(&directory, SECRET, &["--vendor", "dialstack", "--at", "1768487736", "body"]);
        std::fs::write(directory.join("own"), headers).unwrap();
        let args = [&AT[..], &["--headers", "own", "body"]].concat();
        assert_eq!(verify(&directory, SECRET, &args).0, 0, "{what}");
    }
    // No header can be smuggled in by a payload.
    let smuggler = br#"{"account_id":"a\r\nX-Evil: 1"}"#;
    std::fs::write(directory.join("body"), smuggler).unwrap();
    let headers = sign(&directory, SECRET, &["--vendor", "dialstack", "body"]);
    assert!(!headers.contains("Evil") && !headers.contains("Account"), "{headers}");
}

#[test]
fn secrets_come_from_variables_and_files() {
    let (directory, _) = delivery("secrets");
    let write = |name: &str, text: &str| std::fs::write(directory.join(name), text).unwrap();
    write("plain", SECRET);
    write("lf", &format!("{SECRET}\n"));
    write("crlf", &format!("{SECRET}\r\n"));
    write("two", &format!("{SECRET}\n\n"));
    write("empty", "\n");
    std::fs::write(directory.join("no-text"), b"\xff\xfe").unwrap();
    let verify = |args: &[&str]| {
        let args = [&["verify"], &AT[..], &["--capture", "capture"], args].concat();
        let mut command = offhook(&directory, &args);
        command.env("KEY", SECRET).env("OTHER", "other").env_remove("OFFHOOK_SECRET");
        command.output().unwrap()
    };
    for (args, place) in [
        (&["--secret-file", "plain"][..], "plain"),
        (&["--secret-file", "lf"], "lf"),
        (&["--secret-file", "crlf"], "crlf"),
        (&["--secret-env", "KEY"], "KEY"),
        (&["--secret-file", "lf", "--secret-env", "OTHER"], "lf"),
        (&["--secret-env", "OTHER", "--secret-env", "KEY"], "KEY"),
    ] {
        let output = verify(args);
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{args:?}");
        assert!(
            stdout(&output).ends_with(&format!("secret from {place}\n")),
            "{}",
            stdout(&output)
        );
    }
    assert_eq!(status(&verify(&["--secret-file", "two"])), 1);
    for (args, wanted, message) in [
        (&[][..], 2, "set OFFHOOK_SECRET"),
        (&["--secret-file", "empty"], 2, "blank"),
        (&["--secret-file", "no-text"], 2, "UTF-8"),
        (&["--secret-file", "."], 3, "the file that --secret-file names"),
        (&["--secret-env", "KEY", "--secret-env", SECRET], 2, "--secret-env (number 2)"),
        (&["--secret-env", "a=b"], 2, "--secret-env"),
        (&["--secret-env", ""], 2, "--secret-env"),
    ] {
        let output = verify(args);
        assert_eq!((status(&output), stdout(&output)), (wanted, ""), "{args:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn no_secret_no_signature_and_no_value_is_shown() {
    let (directory, headers) = delivery("quiet");
    let signature = headers.trim_end().rsplit("v1=").next().unwrap();
    std::fs::write(directory.join("other"), VALID.replace("call_01", "call_02")).unwrap();
    let without: String = headers.lines().filter(|line| !line.contains("Signature")).collect();
    std::fs::write(directory.join("unsigned"), without).unwrap();
    for args in [
        &["--headers", "headers", "body"][..],
        &["--headers", "headers", "other"],
        &["--headers", "headers", "--any-time", "body"],
        &["--headers", "headers", "--vendor", "daily", "body"],
        &["--headers", "unsigned", "body"],
        &["--capture", "capture", "--now", "1768487736"],
        &["--capture", "body"],
        &["--headers", "body", "headers"],
        &["--secret-env", SECRET, "--capture", "capture"],
        &["--secret-file", SECRET, "--capture", "capture"],
    ] {
        for format in ["human", "json"] {
            let args = [&["verify", "--format", format], args].concat();
            let output = offhook_with(&directory, SECRET, &args);
            let all = format!("{}{}", stdout(&output), stderr(&output));
            for secret in [SECRET, signature, "call_01", "call_02", "acct_01", "evt_01"] {
                assert!(!all.contains(secret), "{args:?} shows {secret}: {all}");
            }
        }
    }
}

#[test]
fn a_scheme_is_told_by_vendor_by_schemas_and_by_headers() {
    let (directory, headers) = delivery("schemes");
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let own = vendors.join("dialstack").display().to_string();
    let all = vendors.display().to_string();
    for args in [
        &[][..],
        &["--vendor", "dialstack"],
        &["--scheme", "dialstack"],
        &["--schema", &own],
        &["--schema", &all],
    ] {
        let args = [&AT[..], &["--capture", "capture"], args].concat();
        assert_eq!(verify(&directory, SECRET, &args).1["scheme"], "dialstack", "{args:?}");
    }
    let both = format!("{headers}X-Signature-256: sha256=00\n");
    std::fs::write(directory.join("headers"), both).unwrap();
    let args = ["verify", "--headers", "headers", "body"];
    let output = offhook_with(&directory, SECRET, &args);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("headers of dialstack and voiceblender: say --scheme"));
    let args = [&AT[..], &["--vendor", "dialstack", "--headers", "headers", "body"]].concat();
    assert_eq!(verify(&directory, SECRET, &args).0, 0);
    // Schemas of a vendor that does not sign.
    let acme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/acme-1").display().to_string();
    for args in [
        &["verify", "--schema", &acme, "--capture", "capture"][..],
        &["sign", "--schema", &acme, "body"],
    ] {
        let output = offhook_with(&directory, SECRET, args);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains("names no scheme: say --scheme"), "{}", stderr(&output));
        let args = [args, &["--scheme", "dialstack"]].concat();
        assert_ne!(status(&offhook_with(&directory, SECRET, &args)), 2, "{args:?}");
    }
}

#[test]
fn standard_input_is_a_body_a_capture_or_headers() {
    let (directory, headers) = delivery("stdin");
    let folder = |name: &str| directory.join(name).display().to_string();
    let (secret, headers_file, body) = (folder("secret"), folder("headers"), folder("body"));
    std::fs::write(&secret, SECRET).unwrap();
    let verify = |stdin: &[u8], args: &[&str]| {
        let common = ["verify", "--secret-file", &secret];
        status(&run_with(stdin, &[&common, &AT[..], args].concat()))
    };
    assert_eq!(verify(VALID.as_bytes(), &["--headers", &headers_file]), 0);
    assert_eq!(verify(VALID.as_bytes(), &["--headers", &headers_file, "-"]), 0);
    assert_eq!(verify(headers.as_bytes(), &["--headers", "-", &body]), 0);
    assert_eq!(verify(&capture(&headers, VALID.as_bytes()), &["--capture", "-"]), 0);
    assert_eq!(verify(b"", &["--headers", "-"]), 2);
    let signed =
        run_with(VALID.as_bytes(), &["sign", "--secret-file", &secret, "--at", "1768487736"]);
    assert_eq!(stdout(&signed), headers);
}
