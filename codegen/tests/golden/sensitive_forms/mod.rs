//! Values that `Debug` does not show, wherever their schemas say so.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use std::fmt::Debug;

use offhook_runtime::{Payload, Unredacted};
use serde::Serialize;

use self::expected::acme::{Closed, Forms, List, SCHEMA, Table, Text, Union};
use crate::valid;

/// Checks that no `secret` is shown, but for who asks, and gives back what is.
#[track_caller]
fn shown<T: Debug + PartialEq + Serialize + Payload>(payload: &str) -> String {
    let value: T = valid(SCHEMA, payload);
    let shown = format!("{value:?}");
    assert!(!shown.contains("secret"), "{shown}");
    let whole = format!("{:?}", Unredacted(&value));
    assert_eq!(whole.matches("secret").count(), payload.matches("secret").count(), "{whole}");
    shown
}

#[test]
fn members_are_hidden_wherever_it_is_said() {
    for member in [
        r#""nullable":"secret""#,
        r#""either":"secret""#,
        r#""whole":"secret""#,
        r#""merged":"secret""#,
        r#""pair":["secret","secret"]"#,
        r#""by_name":{"secret":"secret"}"#,
        r#""by_pattern":{"n":"secret"}"#,
        r#""list":["secret",1]"#,
        r#""kind":"a","conditional":"secret""#,
    ] {
        assert!(shown::<Forms>(&format!("{{{member}}}")).contains("<redacted>"), "{member}");
    }
}

#[test]
fn what_stands_beside_them_is_shown() {
    let parties = shown::<Forms>(r#"{"parties":{"a":{"id":"plain","number":"secret"}}}"#);
    assert!(parties.contains("plain"), "{parties}");
    let choice = shown::<Forms>(r#"{"choice":{"kind":"phone","number":"secret"}}"#);
    assert!(choice.contains("Phone"), "{choice}");
}

#[test]
fn payloads_are_hidden_too() {
    shown::<Text>(r#""secret""#);
    shown::<List>(r#"["secret"]"#);
    shown::<Table>(r#"{"a":"secret"}"#);
    shown::<Union>(r#""secret""#);
    shown::<Closed>(r#"{"number":"secret"}"#);
}
