//! A vendor's example and a kind -> a delivery with an id of its own.

use std::env;
use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use offhook::{Example, daily, dialstack, voiceblender};
use offhook_load_test::Kind;
use offhook_receiver::signature::{Scheme, Signer};
use rand::RngExt as _;
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Requests that are none, or of which a server and a proxy before it may make two different ones.
pub(crate) const MALFORMED: &[&str] = &[
    "\r\n\r\n\r\n",
    "POST\r\n\r\n",
    "POST /dialstack HTTP/9.9\r\n\r\n",
    "POST /dialstack HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n",
    "POST /dialstack HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n",
    "POST /dialstack HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "POST /dialstack HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "POST /dialstack HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
    "POST /dialstack HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n",
    "GET /dialstack HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "POST /nobody HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}",
];

/// Ids of one process, and of another one that sends to the same receiver.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// What signs and what is signed.
pub(crate) struct Vendor {
    name: &'static str,
    scheme: Scheme,
    signer: Signer,
    other_signer: Signer,
    examples: &'static [Example],
    /// A member whose value is that of this delivery alone.
    unique: &'static str,
}

/// One request.
pub(crate) struct Delivery {
    pub(crate) vendor: &'static str,
    pub(crate) id: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Vendor {
    pub(crate) fn all() -> Result<Vec<Self>, Box<dyn Error>> {
        let vendor = |name, secret: &str, scheme, examples, unique| -> Result<_, Box<dyn Error>> {
            let secret = env::var(secret).map_err(|error| format!("{secret}: {error}"))?;
            let signer = Signer::new(scheme, &secret)?;
            let other_signer = Signer::new(scheme, "b3RoZXI=")?;
            Ok(Self { name, scheme, signer, other_signer, examples, unique })
        };
        Ok(vec![
            vendor("daily", "DAILY_SECRET", Scheme::Daily, daily::EXAMPLES, "id")?,
            vendor("dialstack", "DIALSTACK_SECRET", Scheme::DialStack, dialstack::EXAMPLES, "id")?,
            vendor(
                "voiceblender",
                "VOICEBLENDER_SECRET",
                Scheme::VoiceBlender,
                voiceblender::EXAMPLES,
                "timestamp",
            )?,
        ])
    }

    /// A delivery of that kind; what the kind says of the connection is for others to do.
    pub(crate) fn delivery(&self, kind: Kind, random: &mut ChaCha8Rng) -> Delivery {
        let example = self.examples.choose(random).expect("there are examples");
        let mut payload: Value = serde_json::from_str(example.text).expect("an example is JSON");
        let unique = self.unique();
        payload[self.unique] = unique.as_str().into();
        match kind {
            Kind::Unknown => payload["type"] = "offhook.unheard_of".into(),
            Kind::Invalid => payload["type"] = Value::Null,
            _ => {}
        }
        let mut body = payload.to_string().into_bytes();
        let id = match self.scheme {
            Scheme::VoiceBlender => sha256(&body),
            _ => unique,
        };
        let signer = if kind == Kind::OtherSecret { &self.other_signer } else { &self.signer };
        let mut at = now();
        if kind == Kind::Stale {
            at -= 1_000;
        }
        let mut headers = signer.sign(&id, at, &body).expect("ids are plain");
        match kind {
            Kind::TamperedBody => {
                let index = random.random_range(0..body.len());
                body[index] ^= 1 << random.random_range(0..8);
            }
            Kind::Unsigned => headers.clear(),
            // Of one whose time is not signed, only this can be wrong with the header.
            Kind::Stale if self.scheme == Scheme::VoiceBlender => headers.clear(),
            Kind::TamperedHeader => {
                let (_, value) = headers.last_mut().expect("the signature is the last one");
                let index = value.len() - random.random_range(5..30);
                let digit = if value.as_bytes()[index] == b'0' { "1" } else { "0" };
                value.replace_range(index..=index, digit);
            }
            _ => {}
        }
        Delivery { vendor: self.name, id, headers, body }
    }

    /// A value that no other delivery has, neither of this process nor of one started later.
    fn unique(&self) -> String {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        match self.scheme {
            Scheme::VoiceBlender => {
                // Servers write up to nine fraction digits.
                let day = now() % 28 + 1;
                let second = now() / 28 % 60;
                format!("2026-01-{day:02}T14:35:{second:02}.{number:09}Z")
            }
            _ => format!("evt_{}_{number}", std::process::id()),
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
