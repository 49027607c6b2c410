//! Known answers, faults that must be refused, and mistakes that must be named.

use offhook_validator::Validator;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

use super::{Mistake, Scheme, SecretError, SignatureError, Signer, UnknownScheme, Verifier};

const AT: u64 = 1_705_312_530;
const BODY: &[u8] = br#"{"id":"evt_01","type":"call.end","data":{"duration_seconds":1.50}}"#;
const BASE64: &str = "TWZLUTlyOEdLWXFyVHdqVVBEOElMUFpJbzJMYUxhU3c=";

type Headers = Vec<(&'static str, String)>;

fn secret(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::DialStack => "ds_secret",
        Scheme::VoiceBlender => "vb_secret",
        Scheme::Daily | Scheme::StandardWebhooks => BASE64,
    }
}

fn signed(scheme: Scheme) -> Headers {
    Signer::new(scheme, secret(scheme)).unwrap().sign("msg_01", AT, BODY).unwrap()
}

fn verifier(scheme: Scheme, secrets: &[&str]) -> Verifier {
    at(Verifier::new(scheme, secrets).unwrap(), AT.cast_signed())
}

fn at(verifier: Verifier, now: i64) -> Verifier {
    verifier.with_clock(move || now)
}

fn outcome(scheme: Scheme, headers: Headers, body: &[u8]) -> Result<(), SignatureError> {
    verifier(scheme, &[secret(scheme)]).verify(headers, body).map(|_| ())
}

/// Made with Python's `hmac`, but for the last, which the libraries of Standard Webhooks test.
#[test]
fn answers_are_known() {
    let answers = [
        (
            Scheme::DialStack,
            "t=1705312530,v1=da1dc316e244061ef07c443b6c59a07e2deb148a8444d551b14cf57cb709e085",
        ),
        (
            Scheme::VoiceBlender,
            "sha256=2012b1c1ccb419ebe419e1fd1c950d3913b00c89e94ad49bd453cf4ef93dcdeb",
        ),
        (Scheme::StandardWebhooks, "v1,JzS+05di3yXn/cBOgAr3nPcp5hP+5VGtaggmTvUGGVY="),
        (Scheme::Daily, "PWVhDSPoGejl7mi5s5qF1l6t4z7oFiWDmkuvcLK4W1g="),
    ];
    assert_eq!(answers.len(), Scheme::ALL.len());
    for (scheme, signature) in answers {
        let headers = signed(scheme);
        let (name, value) = headers.last().unwrap();
        assert_eq!((*name, value.as_str()), (scheme.signature_header(), signature));
        assert_eq!(outcome(scheme, headers, BODY), Ok(()), "{scheme}");
    }
    let published = Signer::new(Scheme::StandardWebhooks, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let published = published
        .unwrap()
        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#)
        .unwrap();
    assert_eq!(published[2].1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn one_bit_is_enough_to_be_refused() {
    for &scheme in Scheme::ALL {
        let headers = signed(scheme);
        let verifier_of = |secret: &[u8]| {
            let secret = std::str::from_utf8(secret).ok()?;
            Some(at(Verifier::new(scheme, [secret]).ok()?, AT.cast_signed()))
        };
        let all: Vec<(&str, &[u8])> = headers.iter().map(|(n, v)| (*n, v.as_bytes())).collect();
        let genuine = verifier(scheme, &[secret(scheme)]);
        for flipped in flips(BODY) {
            genuine.verify(all.clone(), &flipped).unwrap_err();
        }
        for index in 0..all.len() {
            for flipped in flips(all[index].1) {
                let mut all = all.clone();
                all[index].1 = &flipped;
                genuine.verify(all, BODY).unwrap_err();
            }
        }
        let mut tried = 0;
        for verifier in flips(secret(scheme).as_bytes()).filter_map(|flip| verifier_of(&flip)) {
            tried += 1;
            let error = verifier.verify(all.clone(), BODY).unwrap_err();
            assert_eq!(error, SignatureError::NoMatch { mistake: None });
        }
        assert!(tried > 50, "{scheme}: only {tried} secrets were tried");
    }
}

fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

#[test]
fn random_headers_do_not_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(6);
    let pieces = ["t=", "v1=", "v1,", "sha256=", ",", " ", "=", "1705312530", "-1", BASE64, "é"];
    for round in 0..10_000 {
        let scheme = Scheme::ALL[round % Scheme::ALL.len()];
        let mut headers: Vec<(&str, Vec<u8>)> = Vec::new();
        for name in ["webhook-id", "webhook-timestamp", "X-WEBHOOK-TIMESTAMP"] {
            headers.push((name, b"1705312530".to_vec()));
        }
        let mut value = Vec::new();
        for _ in 0..random.random_range(0..8) {
            if random.random_bool(0.3) {
                value.push(random.random());
            } else {
                let piece = pieces[random.random_range(0..pieces.len())];
                value.extend_from_slice(piece.as_bytes());
            }
        }
        let at = random.random_range(0..=headers.len());
        if random.random_bool(0.5) && at < headers.len() {
            headers[at].1.clone_from(&value);
        }
        headers.push((scheme.signature_header(), value));
        verifier(scheme, &[secret(scheme)]).verify(headers, BODY).unwrap_err();
    }
}

#[test]
fn tolerance_holds_on_both_sides() {
    let now = AT.cast_signed();
    let verify = |verifier: Verifier| verifier.verify(signed(Scheme::DialStack), BODY);
    let plain = || verifier(Scheme::DialStack, &["ds_secret"]);
    for fine in [-300, 0, 300] {
        assert_eq!(verify(at(plain(), now + fine)).unwrap().signed_at(), Some(AT));
    }
    let old = SignatureError::TooOld { seconds: 301, tolerance: 300 };
    let new = SignatureError::TooNew { seconds: 301, tolerance: 300 };
    assert_eq!(verify(at(plain(), now + 301)), Err(old));
    assert_eq!(verify(at(plain(), now - 301)), Err(new));
    let none = std::time::Duration::ZERO;
    verify(at(plain(), now).with_tolerance(none)).unwrap();
    verify(at(plain(), now + 1).with_tolerance(none)).unwrap_err();
}

#[test]
fn daily_may_tell_milliseconds() {
    let at_time = |time: u64| {
        let headers = Signer::new(Scheme::Daily, BASE64).unwrap().sign("", time, BODY).unwrap();
        verifier(Scheme::Daily, &[BASE64]).verify(headers, BODY)
    };
    let genuine = at_time(AT * 1000 + 999).unwrap();
    assert_eq!(genuine.signed_at(), Some(AT));
    let old = SignatureError::TooOld { seconds: 301, tolerance: 300 };
    assert_eq!(at_time((AT - 301) * 1000), Err(old));
    for time in [99_999_999_999, 100_000_000_000] {
        at_time(time).unwrap_err();
    }
}

#[test]
fn no_time_overflows() {
    let all = std::time::Duration::MAX;
    for signed_at in [0, i64::MAX.cast_unsigned(), u64::MAX] {
        let signer = Signer::new(Scheme::DialStack, "ds_secret").unwrap();
        let headers = signer.sign("", signed_at, BODY).unwrap();
        for now in [i64::MIN, -1, 0, i64::MAX] {
            let apart = (i128::from(signed_at) - i128::from(now)).unsigned_abs();
            let verifier = || at(Verifier::new(Scheme::DialStack, ["ds_secret"]).unwrap(), now);
            let outcome = verifier().verify(headers.clone(), BODY);
            assert_eq!(outcome.is_ok(), apart <= 300, "{signed_at} at {now}");
            let outcome = verifier().with_tolerance(all).verify(headers.clone(), BODY);
            assert_eq!(outcome.is_ok(), apart <= u128::from(u64::MAX), "{signed_at} at {now}");
        }
    }
    let beyond = format!("t=18446744073709551616,v1={}", "0".repeat(64));
    let outcome = outcome(Scheme::DialStack, vec![("X-DialStack-Signature", beyond)], BODY);
    assert!(matches!(outcome, Err(SignatureError::Malformed { .. })));
}

#[test]
fn any_secret_fits_any_signature() {
    let old =
        Signer::new(Scheme::DialStack, "old").unwrap().sign("", AT, BODY).unwrap().remove(0).1;
    let new =
        Signer::new(Scheme::DialStack, "new").unwrap().sign("", AT, BODY).unwrap().remove(0).1;
    let both = format!("{old},{}", new.rsplit_once(',').unwrap().1);
    let cases: [(&str, &[&str], Option<usize>); 6] = [
        (&old, &["new", "old"], Some(1)),
        (&new, &["new", "old"], Some(0)),
        (&both, &["new"], Some(0)),
        (&both, &["other", "old"], Some(1)),
        (&both, &["other"], None),
        (&old, &["new"], None),
    ];
    for (value, secrets, want) in cases {
        let headers = [("x-dialstack-signature", value)];
        let got = verifier(Scheme::DialStack, secrets).verify(headers, BODY);
        assert_eq!(got.ok().map(|genuine| genuine.secret()), want, "{value} {secrets:?}");
    }
    let mut headers = signed(Scheme::StandardWebhooks);
    headers[2].1 = format!("v1a,AAAA v1,{} {}", "A".repeat(43) + "=", headers[2].1);
    assert_eq!(outcome(Scheme::StandardWebhooks, headers, BODY), Ok(()));
}

/// A sender may add signatures of another kind under the same version.
#[test]
fn a_signature_that_does_not_parse_is_skipped() {
    let (standard, dialstack) = (Scheme::StandardWebhooks, Scheme::DialStack);
    let broken = [
        (standard, "v1,"),
        (standard, "v1,AAAA"),
        (standard, "v1,!"),
        (standard, "v1,v1,v1,"),
        (standard, "v2,JzS+05di3yXn/cBOgAr3nPcp5hP+5VGtaggmTvUGGVY="),
        (standard, ""),
        (dialstack, "v1="),
        (dialstack, "v1=00"),
        (dialstack, "v1=DA1DC316E244061EF07C443B6C59A07E2DEB148A8444D551B14CF57CB709E085"),
        (dialstack, "v1"),
        (dialstack, ""),
    ];
    for (scheme, broken) in broken {
        let genuine = signed(scheme).pop().unwrap().1;
        let (separator, time) = match scheme {
            Scheme::DialStack => (",", "t=1705312530,"),
            _ => (" ", ""),
        };
        let with = |value: String| {
            let mut headers = signed(scheme);
            headers.last_mut().unwrap().1 = value;
            outcome(scheme, headers, BODY)
        };
        assert_eq!(with(format!("{broken}{separator}{genuine}")), Ok(()), "{broken}");
        assert_eq!(with(format!("{genuine}{separator}{broken}")), Ok(()), "{broken}");
        let alone = with(format!("{time}{broken}"));
        assert!(matches!(alone, Err(SignatureError::Malformed { .. })), "{broken}: {alone:?}");
    }
    // Where there is only ever one, it must parse.
    for (scheme, value) in [(Scheme::Daily, "AAAA"), (Scheme::VoiceBlender, "sha256=00")] {
        let mut headers = signed(scheme);
        headers.last_mut().unwrap().1 = value.to_owned();
        let outcome = outcome(scheme, headers, BODY);
        assert!(matches!(outcome, Err(SignatureError::Malformed { .. })), "{scheme}");
    }
}

/// What Standard Webhooks allows as an id.
#[test]
fn an_id_has_no_full_stop_control_space_or_quote() {
    let scheme = Scheme::StandardWebhooks;
    let signer = Signer::new(scheme, BASE64).unwrap();
    let long = "a".repeat(8193);
    let bad = ["", " ", "a b", "a.b", ".", "a\"", "a'", "a`", "a\n", "a\0", "a\u{7f}", "é", &long];
    for id in bad {
        let mut headers = signed(scheme);
        headers[0].1 = id.to_owned();
        let error = outcome(scheme, headers, BODY).unwrap_err();
        let of = "webhook-id";
        assert!(
            matches!(error, SignatureError::Malformed { header, .. } if header == of),
            "{id:?}: {error}"
        );
        assert_eq!(signer.sign(id, AT, BODY), Err(error), "{id:?}");
        // The others have no header for it.
        Signer::new(Scheme::Daily, BASE64).unwrap().sign(id, AT, BODY).unwrap();
    }
    for id in ["a", "msg_2Lh9KRb0pzN", "~!#$%&()*+,-/:;<=>?@[]^_{|}\\"] {
        let headers = signer.sign(id, AT, BODY).unwrap();
        assert_eq!(outcome(scheme, headers, BODY), Ok(()), "{id}");
    }
}

/// What was signed, read with another boundary between id, time and body, is refused.
#[test]
fn no_boundary_can_be_moved() {
    // Signed three years ago. The beginning of the body can be read as the time that it is now.
    let signed_at = AT - 3 * 365 * 86_400;
    let event = String::from_utf8_lossy(BODY);
    let body = format!("{AT}.{AT}.{event}");
    for &scheme in Scheme::ALL {
        let signer = Signer::new(scheme, secret(scheme)).unwrap();
        let headers = signer.sign("5", signed_at, body.as_bytes()).unwrap();
        let verifier = verifier(scheme, &[secret(scheme)]).without_diagnosis();
        let years = verifier.clone().with_tolerance(std::time::Duration::MAX);
        years.verify(headers.clone(), body.as_bytes()).unwrap();

        let signature = &headers.last().unwrap().1;
        let signature = signature.rsplit_once(",v1=").map_or(signature.as_str(), |(_, hex)| hex);
        let text = match scheme {
            Scheme::VoiceBlender => body.clone(),
            Scheme::StandardWebhooks => format!("5.{signed_at}.{body}"),
            Scheme::Daily | Scheme::DialStack => format!("{signed_at}.{body}"),
        };
        let dots: Vec<usize> = text.match_indices('.').map(|(at, _)| at).collect();
        let mut readings = 0;
        for (index, &second) in dots.iter().enumerate() {
            for first in dots[..index].iter().copied().map(Some).chain([None]) {
                let id = first.map_or("", |first| &text[..first]);
                let time = &text[first.map_or(0, |first| first + 1)..second];
                let headers = match scheme {
                    Scheme::DialStack => {
                        vec![("X-DialStack-Signature", format!("t={time},v1={signature}"))]
                    }
                    _ => vec![
                        ("webhook-id", id.to_owned()),
                        ("webhook-timestamp", time.to_owned()),
                        ("X-Webhook-Timestamp", time.to_owned()),
                        (scheme.signature_header(), signature.to_owned()),
                    ],
                };
                let moved = &text.as_bytes()[second + 1..];
                verifier.verify(headers, moved).expect_err(&format!("{scheme}: {id:?} {time:?}"));
                readings += 1;
            }
        }
        assert!(readings > 5, "{scheme}: {readings}");
    }
}

#[test]
fn headers_are_missing_or_malformed() {
    for &scheme in Scheme::ALL {
        let headers = signed(scheme);
        for index in 0..headers.len() {
            let header = headers[index].0;
            let mut without = headers.clone();
            without.remove(index);
            assert_eq!(outcome(scheme, without, BODY), Err(SignatureError::Missing { header }));
            let mut twice = headers.clone();
            twice.push(headers[index].clone());
            let want = "one value";
            let error = SignatureError::Malformed { header, want };
            assert_eq!(outcome(scheme, twice, BODY), Err(error));
            let mut empty = headers.clone();
            empty[index].1.clear();
            let outcome = outcome(scheme, empty, BODY);
            assert!(
                matches!(outcome, Err(SignatureError::Malformed { header: of, .. }) if of == header)
            );
        }
    }
    let hex = "0".repeat(64);
    let malformed = [
        format!("v1={hex}"),
        "t=1705312530".to_owned(),
        format!("t=1,t=2,v1={hex}"),
        format!("t=+1,v1={hex}"),
        format!("t=,v1={hex}"),
        format!("t=1,v1={}", "A".repeat(64)),
        format!("t=1,v1={hex}0"),
        format!("t=1,v1={hex}00"),
    ];
    for value in malformed {
        let outcome = outcome(Scheme::DialStack, vec![("X-DialStack-Signature", value)], BODY);
        assert!(matches!(outcome, Err(SignatureError::Malformed { .. })));
    }
}

#[test]
fn usual_mistakes_are_named() {
    let body: &[u8] = br#"{"b":[1.50,{}],"a":"<\u00e9 \" {"}"#;
    let with_newline = [body, b"\n"].concat();
    let spaced: &[u8] = br#"{"b": [1.50, {}], "a": "<\u00e9 \" {"}"#;
    let indented = b"{\n  \"b\": [\n    1.50,\n    {}\n  ],\n  \"a\": \"<\\u00e9 \\\" {\"\n}";
    let escaped: &[u8] = br#"{"b":[1.50,{}],"a":"\u003c\u00e9 \" {"}"#;
    // As VoiceBlender writes it, and as receivers in Python, JavaScript and Rust write it again.
    let go = r#"{"a":"\u003cé😀\u2028\u003e","b":[1,{}],"c":{}}"#.as_bytes();
    let python = br#"{"a": "<\u00e9\ud83d\ude00\u2028>", "b": [1, {}], "c": {}}"#;
    let javascript = "{\"b\":[1,{}],\"a\":\"<é😀\u{2028}>\",\"c\":{}}".as_bytes();
    let half = br#"{"a": "\ud83d"}"#;
    let half_compact = br#"{"a":"\ud83d"}"#;
    let bodies: [(&[u8], &[u8], Option<Mistake>); 14] = [
        (body, &with_newline, Some(Mistake::NewlineAdded)),
        (body, b"\r\n", None),
        (&with_newline, body, Some(Mistake::NewlineRemoved)),
        (body, spaced, Some(Mistake::Reserialized)),
        (spaced, body, Some(Mistake::Reserialized)),
        (indented, body, Some(Mistake::Reserialized)),
        (escaped, body, None),
        (br#"{"a":1,"b":2}"#, br#"{"b":2,"a":1}"#, Some(Mistake::Reserialized)),
        (go, python, Some(Mistake::Reserialized)),
        (go, javascript, Some(Mistake::Reserialized)),
        (python, javascript, None),
        (python, go, Some(Mistake::Reserialized)),
        (half_compact, half, Some(Mistake::Reserialized)),
        (body, b"{}", None),
    ];
    for &scheme in Scheme::ALL {
        let verifier = verifier(scheme, &[secret(scheme)]);
        for (sent, got, mistake) in bodies {
            let headers =
                Signer::new(scheme, secret(scheme)).unwrap().sign("msg_01", AT, sent).unwrap();
            let want = SignatureError::NoMatch { mistake };
            let text = String::from_utf8_lossy(got);
            assert_eq!(verifier.verify(headers.clone(), got), Err(want), "{scheme}: {text}");
            let quiet = verifier.clone().without_diagnosis().verify(headers, got);
            assert_eq!(quiet, Err(SignatureError::NoMatch { mistake: None }));
        }
    }
}

#[test]
fn wrong_encodings_of_a_secret_are_named() {
    // DialStack's keys are the text; the sender has the first, the receiver was given the second.
    let cases = [
        ("key!", "key!\n", Mistake::SecretPadded),
        ("key!", "whsec_key!", Mistake::SecretPrefixed),
        ("key!", "6b657921", Mistake::SecretInHex),
        ("key!", "6B657921", Mistake::SecretInHex),
        ("key!", "a2V5IQ==", Mistake::SecretInBase64),
        ("key!", "whsec_a2V5IQ==", Mistake::SecretInBase64),
    ];
    for (theirs, ours, mistake) in cases {
        for scheme in [Scheme::DialStack, Scheme::VoiceBlender] {
            let headers = Signer::new(scheme, theirs).unwrap().sign("", AT, BODY).unwrap();
            let error = verifier(scheme, &["other", ours]).verify(headers, BODY).unwrap_err();
            assert_eq!(error, SignatureError::NoMatch { mistake: Some(mistake) }, "{ours:?}");
        }
    }
    // Where keys are decoded, the sender may use the text; base64 of the text makes it the key.
    let text_as_key = "YTJWNUlRPT0=";
    let headers = Signer::new(Scheme::Daily, text_as_key).unwrap().sign("", AT, BODY).unwrap();
    let error = verifier(Scheme::Daily, &["a2V5IQ=="]).verify(headers, BODY).unwrap_err();
    assert_eq!(error, SignatureError::NoMatch { mistake: Some(Mistake::SecretVerbatim) });
}

#[test]
fn headers_are_of_bounded_length() {
    for &scheme in Scheme::ALL {
        for (at, (name, _)) in signed(scheme).into_iter().enumerate() {
            let mut headers = signed(scheme);
            let missing = 8193 - headers[at].1.len();
            headers[at].1 += &"0".repeat(missing);
            let error = outcome(scheme, headers, BODY).unwrap_err();
            let want = "at most 8192 bytes";
            assert_eq!(error, SignatureError::Malformed { header: name, want }, "{scheme}");
        }
    }
    // A header that is full of signatures is read.
    let mut headers = signed(Scheme::DialStack);
    let other = format!(",v1={}", "0".repeat(64));
    let times = (8192 - headers[0].1.len()) / other.len();
    headers[0].1 += &other.repeat(times);
    assert_eq!(outcome(Scheme::DialStack, headers, BODY), Ok(()));
}

/// Nobody knows yet who sent it: a diagnosis must not cost much more than the body.
#[test]
fn large_bodies_are_not_written_again() {
    let mistake = |theirs: &str, ours: &str| {
        let scheme = Scheme::VoiceBlender;
        let headers =
            Signer::new(scheme, secret(scheme)).unwrap().sign("", AT, theirs.as_bytes()).unwrap();
        match outcome(scheme, headers, ours.as_bytes()) {
            Err(SignatureError::NoMatch { mistake }) => mistake,
            other => panic!("{other:?}"),
        }
    };
    for (size, found) in [(1 << 16, Some(Mistake::Reserialized)), ((1 << 16) + 1, None)] {
        let ours = format!("[ \"{}\"]", "a".repeat(size - 5));
        assert_eq!(ours.len(), size);
        assert_eq!(mistake(&ours.replace(' ', ""), &ours), found);
    }
    // Indented, it were as long as sixty of it.
    let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(60), "]".repeat(60));
    let ours = deep("1,".repeat(20_000).trim_end_matches(','));
    let indented = serde_json::from_str::<serde_json::Value>(&ours).unwrap();
    assert_eq!(mistake(&format!("{indented:#}"), &ours), None);
}

#[test]
fn blank_secrets_are_refused() {
    for &scheme in Scheme::ALL {
        for blank in ["", " ", "\t\n"] {
            assert_eq!(Signer::new(scheme, blank).unwrap_err(), SecretError::Blank);
            assert_eq!(Verifier::new(scheme, ["a2V5", blank]).unwrap_err(), SecretError::Blank);
        }
        assert_eq!(Verifier::new::<&str>(scheme, []).unwrap_err(), SecretError::None);
    }
    let no_key = Verifier::new(Scheme::StandardWebhooks, ["whsec_"]);
    assert_eq!(no_key.unwrap_err(), SecretError::Blank);
    let other = Verifier::new(Scheme::StandardWebhooks, ["whsec_!"]);
    assert_eq!(other.unwrap_err(), SecretError::NotBase64);
}

#[test]
fn nothing_shows_a_secret_or_a_signature() {
    let shown = format!("{:?}", verifier(Scheme::DialStack, &["ds_secret"]));
    assert!(!shown.contains("ds_secret") && !shown.contains("100, 115"), "{shown}");
    let signature = signed(Scheme::DialStack).remove(0).1;
    let error = outcome(Scheme::DialStack, signed(Scheme::DialStack), b"{}").unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(&signature[16..]) && !shown.contains("ds_secret"), "{shown}");
}

#[test]
fn schemes_are_known_by_name() {
    for &scheme in Scheme::ALL {
        assert_eq!(scheme.name().parse(), Ok(scheme));
    }
    let vendors = [
        (offhook::daily::SCHEMA, Scheme::Daily),
        (offhook::dialstack::SCHEMA, Scheme::DialStack),
        (offhook::voiceblender::SCHEMA, Scheme::VoiceBlender),
    ];
    for (schema, want) in vendors {
        assert_eq!(Validator::new(schema).unwrap().signature_scheme(), Some(want));
    }
    let schema = |scheme| format!(r#"{{"vendor":"acme","schemas":{{}},"signature":{scheme}}}"#);
    assert_eq!(Validator::new(&schema("null")).unwrap().signature_scheme(), None);
    let error = Validator::new(&schema(r#""sha1""#)).map(|_| ()).unwrap_err();
    let all = r#"one of "daily", "dialstack", "standard-webhooks", "voiceblender""#;
    let want = format!(r#"acme/vendor.json#/signature: expected {all}, found "sha1""#);
    assert_eq!(error.to_string(), want);
    let error: UnknownScheme = "DialStack".parse::<Scheme>().unwrap_err();
    let want = r#"want one of "daily", "dialstack", "standard-webhooks", "voiceblender""#;
    assert_eq!(error.to_string(), want);
}
