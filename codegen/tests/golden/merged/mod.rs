//! One type of what stands in several places: `allOf`, and what stands beside a `$ref`.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;

use self::expected::acme::{Closed, ClosedAction, ClosedReason, Opened, OpenedAction, SCHEMA};
use crate::{refused, tolerated, valid};

#[test]
fn members_come_from_every_branch() {
    let opened: Opened = valid(
        SCHEMA,
        r#"{"action":"opened","id":1,"by":"a","note":null,"peer":{"name":"b","age":null}}"#,
    );
    assert_eq!(opened.action, OpenedAction::Opened);
    assert_eq!((opened.by.as_str(), opened.note), ("a", Maybe::Null));
    let peer = opened.peer.unwrap();
    assert_eq!((peer.name.as_str(), peer.age), ("b", Maybe::Null));
}

#[test]
fn what_one_branch_requires_is_required() {
    for wrong in [
        r#"{"action":"opened","by":"a"}"#,
        r#"{"action":"opened","id":1}"#,
        r#"{"action":"opened","id":1,"by":"a","peer":{}}"#,
        r#"{"action":"opened","id":"1","by":"a"}"#,
    ] {
        refused::<Opened>(SCHEMA, wrong);
    }
    tolerated::<Opened>(SCHEMA, r#"{"action":"closed","id":1,"by":"a"}"#);
}

#[test]
fn what_stands_beside_a_reference_narrows_it() {
    let closed: Closed =
        valid(SCHEMA, r#"{"action":"closed","id":1,"reason":"busy","peer":{"age":3}}"#);
    assert_eq!((closed.action, closed.reason), (ClosedAction::Closed, ClosedReason::Busy));
    assert_eq!(closed.peer.unwrap().name, None);
    refused::<Closed>(SCHEMA, r#"{"action":"closed","id":1}"#);
    let closed: Closed = tolerated(SCHEMA, r#"{"action":"closed","id":1,"reason":"bored"}"#);
    assert_eq!(closed.reason, ClosedReason::Unknown("bored".to_owned()));
}
