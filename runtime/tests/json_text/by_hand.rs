//! The texts written by hand.

use crate::readers::{READERS_OF_FORM, Verdict, agreed};
use crate::texts::{Group, JSON, NOT_JSON, NOT_UTF8, OUT_OF_RANGE, REFUSED, TAKEN};

fn all_are(verdict: Verdict, groups: &[Group]) {
    for (about, texts) in groups {
        for text in *texts {
            assert_eq!(agreed(text.as_bytes()), verdict, "{about}: {}", text.escape_debug());
        }
    }
}

#[test]
fn json_is_taken() {
    all_are(Verdict::Json, JSON);
    all_are(Verdict::Json, TAKEN);
}

#[test]
fn what_is_not_json_is_refused() {
    for groups in NOT_JSON {
        all_are(Verdict::NotJson, groups);
    }
    all_are(Verdict::NotJson, REFUSED);
    for (about, bodies) in NOT_UTF8 {
        for body in *bodies {
            assert_eq!(agreed(body), Verdict::NotJson, "{about}: {}", body.escape_ascii());
        }
    }
}

#[test]
fn numbers_out_of_range_are_refused_by_who_reads_their_value() {
    all_are(Verdict::OutOfRange, OUT_OF_RANGE);
    for text in OUT_OF_RANGE.iter().flat_map(|(_, texts)| *texts) {
        for (name, takes) in READERS_OF_FORM {
            assert!(takes(text), "{name}: {text}");
        }
    }
}
