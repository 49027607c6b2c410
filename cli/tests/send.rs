//! The contract of `offhook send`, held against the command itself and a receiver on this machine.

mod command;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use offhook_receiver::signature::{Scheme, Verifier};

use command::{VALID, directory, offhook, status, stderr, stdout};

const SECRET: &str = "ds_not_to_be_shown";

/// A delivery as it came.
#[derive(Clone, Debug)]
struct Delivery {
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Delivery {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let headers = lines[1..].iter().map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut delivery = Self { line: lines[0].clone(), headers, body: Vec::new() };
        let length: u64 = delivery.header("content-length").unwrap().parse().unwrap();
        reader.take(length).read_to_end(&mut delivery.body).ok()?;
        Some(delivery)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut own = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        own.next().map(|(_, value)| value.as_str())
    }

    fn is_genuine(&self, scheme: Scheme) -> bool {
        let verifier = Verifier::new(scheme, [SECRET]).unwrap();
        let headers = self.headers.iter().map(|(name, value)| (name, value));
        verifier.verify(headers, &self.body).is_ok()
    }
}

/// What a receiver does with a delivery.
#[derive(Clone)]
enum Reply {
    /// Answers with these bytes, and closes the connection.
    With(String),
    /// Closes the connection.
    Nothing,
    /// Waits until the sender gives up.
    Never,
    /// Writes these bytes again and again, until the sender has enough.
    Endless(&'static str, &'static [u8]),
}

fn answer(status: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::With(format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}"))
}

/// A receiver that replies to its first deliveries one by one, and to all others as to the last.
struct Receiver {
    url: String,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
}

impl Receiver {
    fn new(replies: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook?from=offhook", listener.local_addr().unwrap());
        let deliveries = Arc::new(Mutex::new(Vec::<Delivery>::new()));
        let (seen, replies) = (Arc::clone(&deliveries), replies.to_vec());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(delivery) = Delivery::read(&stream) else { continue };
                let count = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(delivery);
                    seen.len()
                };
                match &replies[count.min(replies.len()) - 1] {
                    // Who has sent may not wait for the answer.
                    Reply::With(bytes) => drop(stream.write_all(bytes.as_bytes())),
                    Reply::Nothing => {}
                    Reply::Never => drop(stream.read(&mut [0])),
                    Reply::Endless(start, more) => {
                        let _ = stream.write_all(start.as_bytes());
                        while stream.write_all(more).is_ok() {}
                    }
                }
            }
        });
        Self { url, deliveries }
    }

    fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.lock().unwrap().clone()
    }

    /// Waits until so many deliveries were read, but not for ever: who gives up is sooner done than
    /// who reads.
    fn wait_for(&self, count: usize) {
        for _ in 0..1000 {
            if self.deliveries.lock().unwrap().len() >= count {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn command(&self, directory: &Path, args: &[&str]) -> Command {
        let mut command = offhook(directory, &[&["send", "--fast", &self.url], args].concat());
        command.env("OFFHOOK_SECRET", SECRET);
        command
    }

    fn send(&self, directory: &Path, args: &[&str]) -> Output {
        self.command(directory, args).output().unwrap()
    }
}

fn one(name: &str) -> std::path::PathBuf {
    directory(name, &[("call.json", VALID)])
}

/// What is printed, with every `after 12 ms` made `after …`.
fn told(output: &Output) -> Vec<String> {
    let line = |line: &str| {
        let Some((before, after)) = line.split_once(" after ") else { return line.to_owned() };
        let rest = after.find('s').map_or("", |end| &after[end + 1..]);
        format!("{before} after …{rest}")
    };
    stdout(output).lines().map(line).collect()
}

#[test]
fn a_payload_arrives_as_its_vendor_would_send_it() {
    let receiver = Receiver::new(&[answer("204 No Content", "")]);
    let text = format!(" {VALID}\r\n");
    let directory = directory("send-one", &[("call.json", &text)]);
    let output = receiver.send(&directory, &["call.json"]);
    let wanted = [
        "call.json: recording.available, attempt 1 of 5: 204 No Content after …",
        "1 payload: 1 acknowledged",
    ];
    assert_eq!((status(&output), stderr(&output)), (0, ""));
    assert_eq!(told(&output), wanted);
    let [delivery] = &receiver.deliveries()[..] else { panic!("want one delivery") };
    assert_eq!(delivery.line, "POST /hook?from=offhook HTTP/1.1");
    assert_eq!(delivery.body, text.as_bytes());
    assert_eq!(delivery.header("Content-Type"), Some("application/json"));
    assert_eq!(delivery.header("User-Agent"), Some("DialStack-Webhook/1.0"));
    assert_eq!(delivery.header("X-DialStack-Account-Id"), Some("acct_01"));
    assert!(delivery.is_genuine(Scheme::DialStack));
    let mut names: Vec<_> =
        delivery.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    let wanted = [
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-dialstack-account-id",
        "x-dialstack-signature",
    ];
    assert_eq!(names, wanted);
}

#[test]
fn what_is_not_acknowledged_is_sent_again_and_signed_anew() {
    let refusal = answer("500 Internal Server Error", "not now");
    let receiver = Receiver::new(&[refusal.clone(), refusal, answer("200 OK", "thanks")]);
    let output = receiver.send(&one("again"), &["call.json"]);
    assert_eq!((status(&output), stderr(&output)), (0, ""));
    let wanted = [
        "call.json: recording.available, attempt 1 of 5: 500 Internal Server Error after …; again in 600 ms",
        "    not now",
        "call.json: recording.available, attempt 2 of 5: 500 Internal Server Error after …; again in 600 ms",
        "call.json: recording.available, attempt 3 of 5: 200 OK after …",
        "1 payload: 1 acknowledged",
    ];
    assert_eq!(told(&output), wanted);
    let deliveries = receiver.deliveries();
    assert_eq!(deliveries.len(), 3);
    assert!(deliveries.iter().all(|delivery| delivery.is_genuine(Scheme::DialStack)));
    // There were two waits between them, of more than a second in all.
    let [first, .., last] = &deliveries[..] else { panic!("want several deliveries") };
    let signature = "X-DialStack-Signature";
    assert_ne!(first.header(signature), last.header(signature));
}

#[test]
fn each_vendor_has_attempts_of_its_own() {
    let directory = directory("attempts", &[("any.json", "{\"account_id\":\"a\"}")]);
    for (scheme, secret, attempts) in [
        ("dialstack", SECRET, 5),
        ("voiceblender", SECRET, 3),
        ("daily", "a2V5", 1),
        ("standard-webhooks", "whsec_a2V5", 1),
    ] {
        let receiver = Receiver::new(&[answer("503 Service Unavailable", "")]);
        let args = ["--scheme", scheme, "any.json"];
        let output = receiver.command(&directory, &args).env("OFFHOOK_SECRET", secret).output();
        assert_eq!(status(&output.unwrap()), 1);
        let deliveries = receiver.deliveries();
        assert_eq!(deliveries.len(), attempts, "{scheme}");
        let account = deliveries[0].header("X-DialStack-Account-Id");
        assert_eq!(account.is_some(), scheme == "dialstack");
    }
    let receiver = Receiver::new(&[answer("503 Service Unavailable", "")]);
    let args = ["--scheme", "voiceblender", "--attempts", "4", "any.json"];
    assert_eq!(status(&receiver.send(&directory, &args)), 1);
    assert_eq!(receiver.deliveries().len(), 4);
    // An attempt is another delivery of the same message.
    let receiver = Receiver::new(&[answer("503 Service Unavailable", "")]);
    let args = ["--scheme", "standard-webhooks", "--attempts", "2", "any.json", "any.json"];
    receiver.command(&directory, &args).env("OFFHOOK_SECRET", "a2V5").output().unwrap();
    let deliveries = receiver.deliveries();
    let ids: Vec<_> = deliveries.iter().map(|delivery| delivery.header("webhook-id")).collect();
    assert!(ids[0] == ids[1] && ids[2] == ids[3] && ids[1] != ids[2], "{ids:?}");
}

#[test]
fn an_answer_is_told_readably_and_within_bounds() {
    let report = r#"{"violations":[{"code":"type","pointer":"/data/a","offset":1,"length":1,"line":4,"column":11,"message":"expected a number, found a string"}],"notices":[]}"#;
    let noise = format!("\x1b[31m{}", "x".repeat(100_000));
    for (body, wanted) in [
        (
            report.to_owned(),
            "    4:11 /data/a: expected a number, found a string [type]".to_owned(),
        ),
        (noise, format!("    \\u001b[31m{}…", "x".repeat(195))),
    ] {
        let receiver = Receiver::new(&[answer("422 Unprocessable Content", &body)]);
        let output = receiver.send(&one("readable"), &["--attempts", "1", "call.json"]);
        assert_eq!((status(&output), stderr(&output)), (1, ""));
        let told = told(&output);
        assert_eq!((told.len(), &told[1]), (3, &wanted));
        assert_eq!(told[2], "1 payload: 1 refused");
    }
}

#[test]
fn what_was_sent_is_genuine_as_captured() {
    let receiver = Receiver::new(&[answer("200 OK", "")]);
    let directory = one("captured");
    assert_eq!(status(&receiver.send(&directory, &["call.json"])), 0);
    let Delivery { line, headers, body } = receiver.deliveries().remove(0);
    let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let head = format!("{line}\r\n{}\r\n", headers.collect::<Vec<_>>().concat());
    std::fs::write(directory.join("capture"), [head.as_bytes(), &body].concat()).unwrap();
    let mut verify = offhook(&directory, &["verify", "--capture", "capture"]);
    let output = verify.env("OFFHOOK_SECRET", SECRET).output().unwrap();
    assert_eq!((status(&output), stderr(&output)), (0, ""));
    assert!(stdout(&output).starts_with("genuine: signed "), "{}", stdout(&output));
}

#[test]
fn redirects_are_told_and_not_followed() {
    for code in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        let elsewhere = Receiver::new(&[answer("200 OK", "")]);
        let redirect =
            format!("HTTP/1.1 {code}\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", elsewhere.url);
        let receiver = Receiver::new(&[Reply::With(redirect)]);
        let output = receiver.send(&one("redirect"), &["--attempts", "1", "call.json"]);
        assert_eq!((status(&output), stderr(&output)), (1, ""));
        let wanted = format!(
            "call.json: recording.available, attempt 1 of 1: {code} after …; redirects are not followed"
        );
        assert_eq!(told(&output)[0], wanted);
        assert_eq!((receiver.deliveries().len(), elsewhere.deliveries().len()), (1, 0));
    }
}

#[test]
fn no_answer_is_no_acknowledgement() {
    // Nothing listens there.
    let closed = Receiver { url: "http://127.0.0.1:1".to_owned(), deliveries: Arc::default() };
    for (receiver, attempts) in [
        (closed, 0),
        (Receiver::new(&[Reply::Nothing]), 2),
        (Receiver::new(&[Reply::Never]), 2),
        (Receiver::new(&[Reply::With("no HTTP\r\n\r\n".to_owned())]), 2),
        (Receiver::new(&[Reply::Endless("HTTP/1.1 200 OK\r\n", b"X: y\r\n")]), 2),
    ] {
        let output =
            receiver.send(&one("silent"), &["--attempts", "2", "--timeout", "1", "call.json"]);
        assert_eq!((status(&output), stderr(&output)), (3, ""), "{}", stdout(&output));
        let told = told(&output);
        assert!(told[1].contains("attempt 2 of 2: no answer"), "{told:?}");
        assert_eq!(told[2], "1 payload: 1 unanswered");
        receiver.wait_for(attempts);
        assert_eq!(receiver.deliveries().len(), attempts);
    }
}

#[test]
fn an_answer_without_end_is_cut_off() {
    for (start, more, wanted) in [
        ("HTTP/1.1 200 OK\r\n\r\n", &b"thanks"[..], 0),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", b"", 0),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", b"no\n", 1),
        ("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n\n\r\n", 1),
    ] {
        let reply = if more.is_empty() {
            Reply::With(start.to_owned())
        } else {
            Reply::Endless(start, more)
        };
        let receiver = Receiver::new(&[reply]);
        let output = receiver.send(&one("endless"), &["--attempts", "1", "call.json"]);
        assert_eq!((status(&output), stderr(&output)), (wanted, ""), "{}", stdout(&output));
        assert!(stdout(&output).len() < 1000, "{}", stdout(&output));
    }
}

#[test]
fn many_payloads_are_sent_one_after_the_other() {
    let refused = VALID.replace("evt_01", "evt_02");
    let lines = format!("{VALID}\n\n{refused}\n");
    let files = [("a.ndjson", lines.as_str()), ("b.json", VALID), ("c.json", "{\"type\":\"fax\"}")];
    let directory = directory("many", &files);
    let receiver =
        Receiver::new(&[answer("200 OK", ""), answer("410 Gone", ""), answer("200 OK", "")]);
    let args = ["--attempts", "1", "a.ndjson", "none.json", "b.json", "c.json"];
    let output = receiver.send(&directory, &args);
    assert_eq!(status(&output), 2);
    let wanted = [
        "a.ndjson:1: recording.available, attempt 1 of 1: 200 OK after …",
        "a.ndjson:3: recording.available, attempt 1 of 1: 410 Gone after …",
        "b.json: recording.available, attempt 1 of 1: 200 OK after …",
        "5 payloads: 2 acknowledged, 1 refused, 2 not sent",
    ];
    assert_eq!(told(&output), wanted);
    let errors: Vec<&str> = stderr(&output).lines().collect();
    assert!(errors[0].starts_with("error: cannot read none.json: "), "{errors:?}");
    assert_eq!(
        errors[1],
        "error: cannot sign c.json: cannot tell who sends it: say --vendor or --scheme"
    );
    let deliveries = receiver.deliveries();
    let bodies: Vec<&[u8]> = deliveries.iter().map(|delivery| &*delivery.body).collect();
    assert_eq!(bodies, [VALID, &refused, VALID].map(str::as_bytes));
    assert_eq!(status(&receiver.send(&directory, &["none.json"])), 3);
    assert_eq!(status(&receiver.send(&directory, &["b.json"])), 0);
}

#[test]
fn samples_can_be_sent_from_standard_input() {
    let receiver = Receiver::new(&[answer("200 OK", "")]);
    for (sample, args, count) in [(&[][..], &["-"][..], 1), (&["-n", "3"], &["--lines"], 3)] {
        let samples =
            offhook(Path::new("."), &[&["sample", "dialstack", "call.end"], sample].concat());
        let mut samples = { samples }.spawn().unwrap();
        let sent =
            receiver.command(Path::new("."), args).stdin(samples.stdout.take().unwrap()).output();
        assert!(samples.wait().unwrap().success());
        let sent = sent.unwrap();
        assert_eq!((status(&sent), stderr(&sent)), (0, ""));
        assert_eq!(told(&sent).len(), count + 1);
    }
    assert!(receiver.deliveries().iter().all(|delivery| delivery.is_genuine(Scheme::DialStack)));
}

#[test]
fn nothing_is_sent_on_wrong_usage() {
    let directory = one("usage");
    for (args, message) in [
        (&["ftp://127.0.0.1", "call.json"][..], "want an address such as"),
        (&["127.0.0.1:80", "call.json"], "want an address such as"),
        (&["http://", "call.json"], "want an address such as"),
        (&["http://127.0.0.1", "--attempts", "0"], "want a number from 1 on"),
        (&["http://127.0.0.1", "--timeout", "x"], "want a number from 1 on"),
        (&["http://127.0.0.1", "-", "-"], "only once"),
        (&["http://127.0.0.1", "--vendor", "daily", "call.json"], "base64"),
        (&["http://127.0.0.1", "--secret-env", SECRET], "does not belong"),
    ] {
        let args = [&["send"], args].concat();
        let output = offhook(&directory, &args).env("OFFHOOK_SECRET", SECRET).output().unwrap();
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{args:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert!(!stderr(&output).contains(SECRET), "{}", stderr(&output));
    }
}

#[test]
fn a_proxy_of_the_environment_is_not_used() {
    let receiver = Receiver::new(&[answer("200 OK", "")]);
    let mut command = receiver.command(&one("proxy"), &["call.json"]);
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(variable, "http://127.0.0.1:1");
    }
    assert_eq!(status(&command.output().unwrap()), 0);
}

#[test]
fn no_secret_no_signature_and_no_value_is_shown() {
    let receiver = Receiver::new(&[answer("400 Bad Request", "no"), Reply::Nothing]);
    let output = receiver.send(&one("quiet-send"), &["--attempts", "2", "call.json"]);
    let all = format!("{}{}", stdout(&output), stderr(&output));
    for shown in [SECRET, "v1=", "call_01", "acct_01", "evt_01"] {
        assert!(!all.contains(shown), "{all}");
    }
}

#[cfg(unix)]
#[test]
fn what_was_sent_so_far_is_told_when_interrupted() {
    let receiver = Receiver::new(&[answer("200 OK", ""), Reply::Never]);
    let mut child = receiver.command(&one("stopped"), &["call.json", "call.json"]).spawn().unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    told.read_line(&mut first).unwrap();
    assert!(first.contains("200 OK"), "{first}");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let rest: Vec<String> = told.lines().map(Result::unwrap).collect();
    let output = child.wait_with_output().unwrap();
    assert_eq!((status(&output), rest), (130, vec!["1 payload: 1 acknowledged".to_owned()]));
    assert_eq!(stderr(&output), "note: interrupted; this is what was sent so far\n");
}
