//! The receiver of the example under load from a second process: what is genuine is handled once,
//! what is forged is refused, memory stays flat, and the server still answers.
//!
//! The long run: `OFFHOOK_DELIVERIES=50000 cargo test -p offhook-load-test --release --test load --
//! --nocapture`.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use offhook_load_test::Kind;

/// How many deliveries are sent, unless the environment says otherwise.
const DELIVERIES: usize = 3_000;

/// How much more memory the receiver may have at the end than after a quarter. Its ids grow, by
/// some 100 bytes each, and a hundred bodies of a megabyte may have come at once.
const GROWTH: usize = 64 << 20;

const SECRETS: [(&str, &str); 3] = [
    ("DAILY_SECRET", "b2ZmaG9vayBkYWlseQ=="),
    ("DIALSTACK_SECRET", "b2ZmaG9vayBkaWFsc3RhY2s="),
    ("VOICEBLENDER_SECRET", "offhook-voiceblender"),
];

/// A process that does not outlive the test, however that ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The receiver's process, and what it prints.
struct Receiver {
    process: Process,
    address: String,
    /// The vendor and id of each event that it handled.
    handled: JoinHandle<Vec<String>>,
    /// How many rejections of each status it logged.
    rejected: JoinHandle<BTreeMap<String, usize>>,
}

impl Receiver {
    fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_receive_axum"))
            .arg("127.0.0.1:0")
            .envs(SECRETS)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the receiver can be started");
        let mut out = lines(process.stdout.take());
        let first = out.next().expect("the receiver says where it listens");
        let address = first.strip_prefix("listening on ").expect("an address").to_owned();
        let err = lines(process.stderr.take());
        let handled = thread::spawn(move || out.map(|line| words(&line, 2)).collect());
        let rejected = thread::spawn(move || {
            let mut statuses = BTreeMap::new();
            for line in err {
                let status = line.split(' ').nth(1).unwrap_or_default().to_owned();
                *statuses.entry(status).or_default() += 1;
            }
            statuses
        });
        Self { process: Process(process), address, handled, rejected }
    }

    /// Its memory in bytes; none where that cannot be told.
    fn memory(&self) -> Option<usize> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? << 10)
    }

    /// Sends deliveries from a second process; `each` is called with each line it prints.
    fn send(&self, count: usize, seed: u64, mut each: impl FnMut(&str)) {
        let mut sender = Command::new(env!("CARGO_BIN_EXE_sender"))
            .args([&self.address, &count.to_string(), &seed.to_string()])
            .envs(SECRETS)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sender can be started");
        let out = lines(sender.stdout.take());
        let mut sender = Process(sender);
        out.for_each(|line| each(&line));
        assert!(sender.0.wait().expect("the sender ends").success());
    }

    /// Tells it to stop, as a supervisor does: the events it handled, and its rejections.
    fn stop(mut self) -> (Vec<String>, BTreeMap<String, usize>) {
        let pid = self.process.0.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().expect("there is `kill`");
        assert!(told.success());
        let status = self.process.0.wait().expect("the receiver ends");
        assert!(status.success(), "{status}");
        (self.handled.join().unwrap(), self.rejected.join().unwrap())
    }
}

fn lines(from: Option<impl Read>) -> impl Iterator<Item = String> {
    BufReader::new(from.expect("it is a pipe")).lines().map_while(Result::ok)
}

fn words(line: &str, count: usize) -> String {
    line.splitn(count + 1, ' ').take(count).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_genuine_delivery_is_handled_once_and_no_forged_one() {
    let deliveries = env::var("OFFHOOK_DELIVERIES").ok().and_then(|count| count.parse().ok());
    let deliveries = deliveries.unwrap_or(DELIVERIES);
    let receiver = Receiver::start();
    let mut wanted = BTreeSet::new();
    let mut answers: BTreeMap<(String, u16), usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut memory = Vec::new();
    let mut sent = 0;
    let begin = Instant::now();
    let mut seen = |line: &str| {
        let [kind, vendor, id, status] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("expected four words, found {line:?}");
        };
        let kinds = Kind::SHARES.iter().map(|(kind, _)| *kind);
        let kind = kinds.clone().find(|known| known.name() == kind).expect("a kind");
        let status: u16 = status.parse().expect("a status");
        *answers.entry((kind.name(), status)).or_default() += 1;
        if !kind.allows(status) {
            faults.push(line.to_owned());
        }
        if kind.is_handled() {
            wanted.insert(format!("{vendor} {id}"));
        }
        sent += 1;
        if [deliveries / 4, deliveries / 2, deliveries].contains(&sent) {
            memory.extend(receiver.memory());
        }
    };
    receiver.send(deliveries, 6, &mut seen);
    let seconds = begin.elapsed().as_secs_f64();
    // After all that it still answers.
    receiver.send(50, 7, &mut seen);
    assert_eq!(sent, deliveries + 50);
    let (handled, rejected) = receiver.stop();

    println!("{deliveries} deliveries in {seconds:.1} s, {} events handled", handled.len());
    println!("the receiver's memory after a quarter, a half and all: {memory:?} bytes");
    for ((kind, status), count) in &answers {
        println!("{count:6} {kind:18} {status}");
    }
    println!("rejections that the receiver logged, by status: {rejected:?}");
    assert_eq!(faults, [""; 0], "wrong answers");
    let mut once = BTreeSet::new();
    let twice: Vec<_> = handled.iter().filter(|id| !once.insert(id.as_str())).collect();
    assert_eq!(twice, [""; 0], "handled twice");
    let wanted: BTreeSet<_> = wanted.iter().map(String::as_str).collect();
    let lost: Vec<_> = wanted.difference(&once).collect();
    assert!(lost.is_empty(), "not handled: {lost:?}");
    let forged: Vec<_> = once.difference(&wanted).collect();
    assert!(forged.is_empty(), "handled, though not genuine: {forged:?}");
    // What the sender may not have heard, the receiver has logged.
    let oversized = [Kind::Oversized, Kind::OversizedInChunks].map(Kind::name);
    let oversized = answers.iter().filter(|((kind, _), _)| oversized.contains(kind));
    assert_eq!(rejected.get("413"), Some(&oversized.map(|(_, count)| count).sum()));
    if let [quarter, _, end] = memory[..] {
        assert!(end < quarter + GROWTH, "{memory:?}");
    }
}

#[test]
fn the_shares_add_up() {
    assert_eq!(Kind::SHARES.iter().map(|(_, share)| share).sum::<u32>(), 1_000);
}
