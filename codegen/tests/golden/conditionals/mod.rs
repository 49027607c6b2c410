//! `if`, `dependentSchemas`, `dependentRequired`, `not`: their members are kept, and the validator
//! asserts.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use serde_json::Value;

use self::expected::acme::{Conditionals, ConditionalsKind, SCHEMA};
use crate::{refused, tolerated, valid};

#[test]
fn members_that_only_a_condition_describes_are_kept() {
    let call: Conditionals = valid(SCHEMA, r#"{"kind":"call","seconds":7}"#);
    assert_eq!(call.kind, ConditionalsKind::Call);
    assert!(call.seconds.is_some_and(|seconds| seconds == 7));
    let text: Conditionals = valid(SCHEMA, r#"{"kind":"text","words":"hello"}"#);
    assert_eq!(text.words.value(), Some(&Value::from("hello")));
    let paid: Conditionals =
        valid(SCHEMA, r#"{"kind":"call","seconds":7,"paid":true,"card":"1","holder":"Ann"}"#);
    assert_eq!(paid.holder.value(), Some(&Value::from("Ann")));
}

#[test]
fn such_a_member_may_be_anything_where_the_condition_does_not_hold() {
    for payload in [
        r#"{"kind":"call","seconds":7,"words":17}"#,
        r#"{"kind":"call","seconds":7,"words":null}"#,
        r#"{"kind":"call","seconds":7,"holder":["Ann"]}"#,
    ] {
        valid::<Conditionals>(SCHEMA, payload);
    }
}

#[test]
fn the_conditions_are_for_the_validator() {
    for wrong in [
        r#"{"kind":"call"}"#,
        r#"{"kind":"text"}"#,
        r#"{"kind":"text","words":1}"#,
        r#"{"kind":"text","words":"hello","seconds":7}"#,
        r#"{"kind":"call","seconds":7,"paid":true}"#,
        r#"{"kind":"call","seconds":7,"card":"1"}"#,
        r#"{"kind":"call","seconds":7,"card":"1","holder":1}"#,
        r#"{"kind":"call","seconds":7,"card":"1","holder":"Ann","paid":true,"free":true}"#,
    ] {
        tolerated::<Conditionals>(SCHEMA, wrong);
    }
    refused::<Conditionals>(SCHEMA, r#"{"seconds":7}"#);
    // No branch lets it be anything but an integer.
    refused::<Conditionals>(SCHEMA, r#"{"kind":"call","seconds":"7"}"#);
}
