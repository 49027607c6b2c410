//! A delivery as text, headers and a body after an empty line: no headers make verifying panic, what
//! is signed is genuine, and with one bit turned anywhere it is not.

use std::time::Duration;

use offhook_receiver::signature::{Scheme, SignatureError, Signer, Verifier};
use offhook_test_support::invariants::Shown;
use offhook_test_support::vendors::examples;

/// A secret to all schemes.
const SECRET: &str = "b2ZmaG9vayBvZmZob29rIG9mZmhvb2s=";

/// Another one.
const OTHER: &str = "aG9va29mZiBob29rb2ZmIGhvb2tvZmY=";

/// When deliveries are signed, in seconds since 1970.
const NOW: u64 = 1_705_312_530;

/// A header's name and value.
type Header = (String, Vec<u8>);

pub(crate) fn run(data: &[u8]) {
    let _shown = Shown(data);
    let (headers, body) = read(data);
    for scheme in Scheme::ALL {
        given(*scheme, &headers, body);
        signed(*scheme, body, data.len());
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let bodies = ["", "{}", examples()[0].text, examples()[1].text];
    let mut seeds = Vec::new();
    for scheme in Scheme::ALL {
        for body in bodies {
            let headers = sign(*scheme, body.as_bytes());
            let lines = headers.into_iter().map(|(name, value)| format!("{name}: {value}\n"));
            seeds.push(format!("{}\n{body}", lines.collect::<String>()).into_bytes());
        }
    }
    seeds
}

/// The headers of a delivery that is signed now.
fn sign(scheme: Scheme, body: &[u8]) -> Vec<(&'static str, String)> {
    let signer = Signer::new(scheme, SECRET).expect("a secret to all schemes");
    signer.sign("evt_01", NOW, body).expect("a plain id")
}

fn verifier(scheme: Scheme, secrets: &[&str]) -> Verifier {
    let verifier = Verifier::new(scheme, secrets).expect("secrets to all schemes");
    verifier.with_clock(|| i64::try_from(NOW).unwrap_or_default())
}

/// Headers, a line each, up to an empty line, and the body after it.
fn read(data: &[u8]) -> (Vec<Header>, &[u8]) {
    let mut headers = Vec::new();
    let mut rest = data;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = &rest[..end];
        rest = &rest[end + 1..];
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (name, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        headers.push((String::from_utf8_lossy(name).into_owned(), value.to_vec()));
    }
    (headers, rest)
}

fn verify(
    verifier: &Verifier,
    headers: &[Header],
    body: &[u8],
) -> Result<Option<u64>, SignatureError> {
    let headers = headers.iter().map(|(name, value)| (name, value));
    verifier.verify(headers, body).map(|genuine| genuine.signed_at())
}

/// Of headers that may be anything.
fn given(scheme: Scheme, headers: &[Header], body: &[u8]) {
    let strict = verifier(scheme, &[SECRET]);
    let verdict = verify(&strict, headers, body);
    let rotating = verifier(scheme, &[OTHER, SECRET]);
    let hurried = rotating.clone().without_diagnosis();
    let undiagnosed = |verdict: &Result<_, _>| match verdict {
        Err(SignatureError::NoMatch { .. }) => None,
        other => Some(other.clone()),
    };
    assert_eq!(undiagnosed(&verdict), undiagnosed(&verify(&rotating, headers, body)));
    assert_eq!(undiagnosed(&verdict), undiagnosed(&verify(&hurried, headers, body)));
    if let Err(error) = &verdict {
        assert!(!error.to_string().contains(SECRET));
    }
    let patient = strict.with_tolerance(Duration::MAX);
    let untimely =
        matches!(verdict, Err(SignatureError::TooOld { .. } | SignatureError::TooNew { .. }));
    let later = verify(&patient, headers, body);
    assert!(untimely || undiagnosed(&later) == undiagnosed(&verdict));
    if verdict.is_ok() {
        readings(&hurried.clone().with_tolerance(Duration::MAX), scheme, headers, body);
        let more = [body, b"x"].concat();
        let with_more = verify(&hurried, headers, &more);
        assert_eq!(with_more, Err(no_match()), "with more after the body");
        let by_another = verify(&verifier(scheme, &[OTHER]), headers, body);
        assert!(undiagnosed(&by_another).is_none(), "by another's secret: {by_another:?}");
    }
}

/// Of a genuine delivery, no other boundary between id, time and body is genuine.
fn readings(verifier: &Verifier, scheme: Scheme, headers: &[Header], body: &[u8]) {
    // DialStack has the time in the same header as the signature.
    let names: &[&str] = match scheme {
        Scheme::StandardWebhooks => &["webhook-id", "webhook-timestamp"],
        Scheme::Daily => &["X-Webhook-Timestamp"],
        _ => return,
    };
    let place = |name: &&str| headers.iter().position(|it| it.0.eq_ignore_ascii_case(name));
    let places: Vec<usize> = names.iter().filter_map(place).collect();
    let mut moved = headers.to_vec();
    let mut signed = Vec::new();
    for &place in &places {
        signed.extend_from_slice(&headers[place].1);
        signed.push(b'.');
    }
    let boundary = signed.len();
    signed.extend_from_slice(body);
    let dots = |text: &[u8]| -> Vec<usize> {
        let dots = text.iter().enumerate().filter(|(_, byte)| **byte == b'.');
        dots.map(|(at, _)| at).take(8).collect()
    };
    for end in dots(&signed) {
        let (before, after) = (&signed[..end], &signed[end + 1..]);
        let starts = match places.len() {
            1 => vec![0],
            _ => dots(before).into_iter().map(|dot| dot + 1).collect(),
        };
        for start in starts.into_iter().filter(|_| end + 1 != boundary) {
            let values = [&before[..start.saturating_sub(1)], &before[start..]];
            for (&place, value) in places.iter().zip(&values[2 - places.len()..]) {
                moved[place].1 = value.to_vec();
            }
            let verdict = verify(verifier, &moved, after);
            assert!(verdict.is_err(), "a boundary was moved to {start} and {end}");
        }
    }
}

/// Of a delivery that is signed; `place` is where bits are turned.
fn signed(scheme: Scheme, body: &[u8], place: usize) {
    let verifier = verifier(scheme, &[SECRET]).without_diagnosis();
    let signed = sign(scheme, body);
    let mut headers: Vec<Header> = signed
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.into_bytes()))
        .collect();
    let at = (scheme != Scheme::VoiceBlender).then_some(NOW);
    assert_eq!(verify(&verifier, &headers, body), Ok(at));
    let bit = 1 << (place % 8);
    if !body.is_empty() {
        let mut body = body.to_vec();
        let at = place.wrapping_mul(31) % body.len();
        body[at] ^= bit;
        assert_eq!(verify(&verifier, &headers, &body), Err(no_match()), "a bit of the body");
    }
    for header in 0..headers.len() {
        let at = place.wrapping_mul(17) % headers[header].1.len();
        headers[header].1[at] ^= bit;
        let verdict = verify(&verifier, &headers, body);
        assert!(verdict.is_err(), "{:?} with bit {bit} of byte {at} turned", headers[header].0);
        headers[header].1[at] ^= bit;
        let gone = headers.remove(header);
        let verdict = verify(&verifier, &headers, body);
        assert!(matches!(verdict, Err(SignatureError::Missing { .. })), "{verdict:?}");
        headers.insert(header, gone);
    }
}

/// What is said, without a diagnosis, of headers that are in order.
fn no_match() -> SignatureError {
    let verdict = verifier(Scheme::VoiceBlender, &[OTHER])
        .without_diagnosis()
        .verify(sign(Scheme::VoiceBlender, b""), b"");
    verdict.expect_err("it is signed with another secret")
}
