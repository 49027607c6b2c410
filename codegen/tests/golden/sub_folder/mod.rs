//! Events in folders of their own, and references between these.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Payload;

use self::expected::acme::{CallEnd, Event, Party, PartyJoin};
use crate::round_trip;

#[test]
fn a_folder_is_no_part_of_the_wire_name() {
    let event: Event = round_trip(r#"{"type":"call.end","call_id":"c","party":{"id":"p"}}"#);
    assert_eq!(event.name(), "call.end");
    assert_eq!(<CallEnd as Payload>::SCHEMA_FILE, Some("calls/call.end.json"));
}

#[test]
fn events_share_a_definition_of_one_of_them() {
    let end: CallEnd = round_trip(r#"{"type":"call.end","call_id":"c","party":{"id":"p"}}"#);
    let join: PartyJoin = round_trip(r#"{"type":"party.join","party":{"id":"p"}}"#);
    let party: Party = join.party;
    assert_eq!(end.party, Some(party));
}
