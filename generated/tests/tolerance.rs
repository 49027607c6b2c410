//! What plain serde forgives, and what it does not: unknown things and broken bounds pass, a wrong
//! structure fails.

use offhook::dialstack::{CallEnd, CallStatus, Direction, EventType};
use offhook::voiceblender::DisconnectReason;
use offhook::{Maybe, daily, dialstack, voiceblender};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const CALL_END: &str = r#"{
  "id": "evt_1", "type": "call.end", "created_at": "2026-01-15T14:35:35Z", "account_id": "acct_1",
  "data": {
    "call_id": "call_1", "direction": "inbound", "from_number": "+14155550142",
    "to_number": "+14155550100", "started_at": "2026-01-15T14:30:00Z",
    "ended_at": "2026-01-15T14:35:25Z", "duration_seconds": 325, "status": "completed"
  }
}"#;

const LEG_DISCONNECTED: &str = r#"{"cdr":{"duration_answered":0,"duration_total":0.84,"reason":"busy"},"quality":{"mos_score":4.37,"rtp_jitter_ms":2.6,"rtp_packets_lost":18,"rtp_packets_received":179982},"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#;

fn read(text: &str) -> dialstack::Event {
    serde_json::from_str(text).expect(text)
}

/// [`CALL_END`] with a part of its text replaced.
fn with(old: &str, new: &str) -> String {
    assert!(CALL_END.contains(old), "{old}");
    CALL_END.replacen(old, new, 1)
}

fn call_end(text: &str) -> CallEnd {
    match read(text) {
        dialstack::Event::CallEnd(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn unknown_events_are_kept_byte_for_byte() {
    // Odd white space, escapes, number forms and order, and a name twice.
    let text = r#"{ "data" : {"b":1.50, "a":1e2,"b":-0}, "account_id":"\u0061cct_1",
	"type":"call.park\u0065d","created_at":"yesterday",
	"extra":[ 1,{"é":"\/"}],   "id":"evt_1"}"#;
    let padded = format!("\n {text} \r\n");

    let dialstack::Event::Unknown(event) = read(&padded) else {
        panic!("no unknown event");
    };
    assert_eq!(event.name, "call.parked");
    assert_eq!(event.raw.as_str(), text);
    assert_eq!(event.envelope.id, "evt_1");
    assert_eq!(event.envelope.account_id, "acct_1");
    assert_eq!(event.envelope.r#type, "call.parked");
    assert_eq!(event.envelope.created_at.as_str(), "yesterday");
    assert_eq!(event.raw.read::<Value>().unwrap()["extra"], json!([1, { "é": "/" }]));

    let event = dialstack::Event::Unknown(event);
    assert_eq!((event.name(), event.event_type()), ("call.parked", None));
    assert_eq!((event.id(), event.account_id()), ("evt_1", "acct_1"));
    assert_eq!(serde_json::to_string(&event).unwrap(), text);
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), value);
    assert_eq!(read(text), event);
}

#[test]
fn unknown_events_of_every_vendor_have_their_envelope() {
    let text = r#"{"instance_id":"vb-1","timestamp":"2026-08-14T10:12:15Z","type":"bridge.created","x":null}"#;
    let event: voiceblender::Event = serde_json::from_str(text).unwrap();
    let voiceblender::Event::Unknown(unknown) = &event else {
        panic!("{event:?}");
    };
    assert_eq!(unknown.envelope.instance_id.as_deref(), Some("vb-1"));
    assert_eq!(unknown.raw.as_str(), text);
    assert_eq!(serde_json::to_string(&event).unwrap(), text);

    let text =
        r#"{"version":"2","type":"dialin.warning","id":"1","payload":{"x":[1]},"event_ts":1.5}"#;
    let event: daily::Event = serde_json::from_str(text).unwrap();
    let daily::Event::Unknown(unknown) = &event else {
        panic!("{event:?}");
    };
    assert_eq!(unknown.envelope.version, "2");
    assert_eq!(unknown.envelope.payload["x"], json!([1]));
    assert_eq!(unknown.envelope.event_ts, 1.5);
    assert_eq!(serde_json::to_string(&event).unwrap(), text);
}

#[test]
fn an_unknown_event_without_its_envelope_fails() {
    for text in [
        r#"{"type":"call.parked"}"#,
        r#"{"type":"call.parked","id":5,"created_at":"x","account_id":"a","data":{}}"#,
        r#"{"type":"call.parked","id":"5","created_at":"x","account_id":"a","data":[]}"#,
    ] {
        assert!(serde_json::from_str::<dialstack::Event>(text).is_err(), "{text}");
    }
}

#[test]
fn unknown_values_are_kept() {
    let event = call_end(&with(r#""completed""#, r#""hung \u00fcp""#));
    assert_eq!(event.data.status, CallStatus::Unknown("hung üp".to_owned()));
    assert_eq!(event.data.status, "hung üp");
    assert_eq!(serde_json::to_value(&event).unwrap()["data"]["status"], "hung üp");

    let event = call_end(&with(r#""inbound""#, r#""Inbound""#));
    assert_eq!(event.data.direction, Direction::Unknown("Inbound".to_owned()));
    assert_ne!(event.data.direction, Direction::Inbound);

    for reason in ["sip_486", "sip_999", "", "BUSY", "kicked"] {
        let text = LEG_DISCONNECTED.replace(r#""busy""#, &Value::from(reason).to_string());
        let event: voiceblender::Event = serde_json::from_str(&text).unwrap();
        let voiceblender::Event::LegDisconnected(leg) = &event else {
            panic!("{event:?}");
        };
        let cdr = leg.cdr.as_ref().unwrap();
        assert_eq!(cdr.reason, DisconnectReason::Unknown(reason.to_owned()));
        assert_eq!(
            serde_json::to_value(&event).unwrap(),
            serde_json::from_str::<Value>(&text).unwrap()
        );
    }
}

#[test]
fn unknown_members_are_passed_over() {
    let plain = read(CALL_END);
    let deep = "[".repeat(100) + &"]".repeat(100);
    for extra in ["1", "null", r#"{"id":"x","type":"y"}"#, r#""\u0000""#, "1e400", &deep] {
        let outside = with(r#""id""#, &format!(r#""extra": {extra}, "id""#));
        assert_eq!(read(&outside), plain, "{extra}");
        let inside = with(r#""call_id""#, &format!(r#""extra": {extra}, "call_id""#));
        assert_eq!(read(&inside), plain, "{extra}");
    }
    let value: Value = serde_json::from_str(CALL_END).unwrap();
    assert_eq!(serde_json::to_value(&plain).unwrap(), value);
}

#[test]
fn null_passes_in_optional_members() {
    let event =
        call_end(&with(r#""call_id""#, r#""from_name": null, "answered_at": null, "call_id""#));
    assert_eq!(event.data.from_name, Maybe::Null);
    assert!(event.data.answered_at.is_null() && event.data.user_id.is_absent());
    let value = serde_json::to_value(&event).unwrap();
    assert_eq!(value["data"].get("from_name"), Some(&Value::Null));
    assert_eq!(value["data"].get("user_id"), None);

    // Not documented as nullable, and still no reason to lose the event.
    let text = r#"{"cdr":null,"leg_id":null,"timestamp":"2026-08-14T10:12:15Z","type":"leg.disconnected"}"#;
    let event: voiceblender::Event = serde_json::from_str(text).unwrap();
    let voiceblender::Event::LegDisconnected(leg) = &event else {
        panic!("{event:?}");
    };
    assert!(leg.cdr.is_none() && leg.leg_id.is_none());
}

#[test]
fn broken_bounds_formats_and_conditions_pass() {
    read(&with("325", "-1"));
    read(&with("325", "1e300"));
    read(&with("2026-01-15T14:30:00Z", "half past two"));
    read(&with("+14155550142", ""));
    for (old, new) in
        [("4.37", "0"), ("4.37", "-5.5"), ("18", "-18"), ("18", "18.0"), ("18", "1e30")]
    {
        let text = LEG_DISCONNECTED.replacen(old, new, 1);
        let event: voiceblender::Event = serde_json::from_str(&text).expect(&text);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), value);
    }
    let text = r#"{"version":"one","type":"dialin.stopped","id":"","payload":{"timestamp":"noon"},"event_ts":-1}"#;
    let event: daily::Event = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), text);
    read(
        r#"{"id":"e","type":"call.emergency","created_at":"2026-01-15T14:30:00Z","account_id":"a",
        "data":{"call_id":"c","to_number":"911","e911_provisioned":false,"location_id":"l",
        "placed_at":"2026-01-15T14:30:00Z"}}"#,
    );
}

#[test]
fn a_wrong_structure_fails() {
    for (old, new) in [
        ("325", r#""325""#),
        ("325", "null"),
        ("325", "true"),
        ("325", "1e400"),
        (r#""completed""#, "5"),
        (r#""completed""#, "null"),
        (r#""call_1""#, r#"["call_1"]"#),
        (r#""2026-01-15T14:30:00Z""#, "1768487400"),
        (r#""call_id""#, r#""callid""#),
        (r#""call_id""#, r#""from_name": 5, "call_id""#),
        (r#""call_id""#, r#""call_id": "x", "call_id""#),
        (r#""id""#, r#""account_id": "x", "id""#),
        (r#""type": "call.end","#, ""),
        (r#""call.end""#, "null"),
        (r#""call.end""#, "5"),
        (r#""call.end""#, r#"["call.end"]"#),
    ] {
        let text = with(old, new);
        assert!(serde_json::from_str::<dialstack::Event>(&text).is_err(), "{text}");
        assert!(serde_json::from_slice::<dialstack::Event>(text.as_bytes()).is_err(), "{text}");
    }
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "\"call.end\"",
        "5",
        "{\"type\"",
        r#"{"type":"call.end"}"#,
        r#"{"type":"call.end","data":[]}"#,
        r#"["type","call.end"]"#,
    ] {
        assert!(serde_json::from_str::<dialstack::Event>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<daily::Event>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<voiceblender::Event>(text).is_err(), "{text}");
    }
    for (old, new) in [("18,", "18.5,"), ("18,", "\"18\","), ("0.84", "[]"), (r#""busy""#, "486")] {
        let text = LEG_DISCONNECTED.replacen(old, new, 1);
        assert!(serde_json::from_str::<voiceblender::Event>(&text).is_err(), "{text}");
    }
    for timestamp in ["1.5", "true", "null1", "{}", "[1]"] {
        let text = format!(
            r#"{{"version":"1.0.0","type":"dialin.stopped","id":"1","payload":{{"timestamp":{timestamp}}},"event_ts":1}}"#
        );
        assert!(serde_json::from_str::<daily::Event>(&text).is_err(), "{text}");
    }
}

/// What serde derives for a struct reads an array too, the fields by position.
#[test]
fn an_array_is_no_object() {
    let fields =
        r#"["call_1","inbound","+1",null,"+2",null,null,null,"x",null,"x",325,"completed"]"#;
    let text = format!(
        r#"{{"id":"e","type":"call.end","created_at":"x","account_id":"a","data":{fields}}}"#
    );
    assert!(serde_json::from_str::<dialstack::Event>(&text).is_err(), "{text}");
    let data = serde_json::to_value(call_end(CALL_END).data).unwrap();
    let text = format!(r#"["e","call.end","x","a",{data}]"#);
    assert!(serde_json::from_str::<CallEnd>(&text).is_err(), "{text}");

    let text = LEG_DISCONNECTED.replace(
        r#"{"mos_score":4.37,"rtp_jitter_ms":2.6,"rtp_packets_lost":18,"rtp_packets_received":179982}"#,
        "[4.37,179982,18,2.6]",
    );
    assert!(serde_json::from_str::<voiceblender::Event>(&text).is_err(), "{text}");
    let text = r#"["call.parked","2026-08-14T10:12:15Z"]"#;
    assert!(serde_json::from_str::<voiceblender::Envelope>(text).is_err(), "{text}");
}

#[test]
fn the_discriminator_is_found_wherever_it_stands() {
    let plain = read(CALL_END);
    let last = with(r#""type": "call.end","#, "").replace(
        "\n  }\n}",
        "\n  },\n  \"nested\": { \"type\": \"call.ringing\", \"a\": [{ \"type\": 1 }] },\n  \"type\": \"call.end\"\n}",
    );
    for text in [
        last.as_str(),
        &with(r#""type""#, r#""t\u0079pe""#),
        &with(r#""type""#, r#""\u0074\u0079\u0070\u0065""#),
        &with(r#""call.end""#, r#""call.\u0065nd""#),
        &with(r#""type": "call.end""#, "\"t\\u0079pe\"\n:\t\"call\\u002Eend\""),
        &last.replace(r#""type": "call.end""#, r#""typ\u0065": "call.\u0065nd""#),
    ] {
        assert_eq!(read(text), plain, "{text}");
        assert_eq!(serde_json::from_str::<CallEnd>(text).unwrap(), call_end(CALL_END), "{text}");
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Delivery {
    attempt: u32,
    event: dialstack::Event,
    earlier: Vec<dialstack::Event>,
    direct: Option<CallEnd>,
}

#[test]
fn events_can_stand_inside_other_types() {
    let unknown =
        r#"{ "type" :"call.parked","id":"e","created_at":"x","account_id":"a","data":{} }"#;
    let text = format!(
        r#"{{"direct":{CALL_END},"earlier":[{unknown}, {CALL_END}],"event":{CALL_END},"attempt":2}}"#
    );
    let value: Value = serde_json::from_str(&text).unwrap();
    let delivery: Delivery = serde_json::from_str(&text).unwrap();
    assert_eq!(delivery.event, read(CALL_END));
    assert_eq!(delivery.earlier, [read(unknown), read(CALL_END)]);
    assert_eq!(delivery.direct, Some(call_end(CALL_END)));
    let dialstack::Event::Unknown(kept) = &delivery.earlier[0] else {
        panic!("{delivery:?}");
    };
    assert_eq!(kept.raw.as_str(), unknown);
    assert_eq!(serde_json::to_value(&delivery).unwrap(), value);

    let others: [Delivery; 3] = [
        serde_json::from_slice(text.as_bytes()).unwrap(),
        serde_json::from_reader(text.as_bytes()).unwrap(),
        serde_json::from_value(value).unwrap(),
    ];
    for other in others {
        assert_eq!(other.event, delivery.event);
        assert_eq!(other.earlier[1], delivery.earlier[1]);
        assert_eq!(other.direct, delivery.direct);
    }

    let events: Vec<dialstack::Event> =
        serde_json::from_str(&format!("[{CALL_END},{unknown}]")).unwrap();
    assert_eq!(events[0].event_type(), Some(EventType::CallEnd));
    assert_eq!(events[1].event_type(), None);
    let none: Option<dialstack::Event> = serde_json::from_str("null").unwrap();
    assert_eq!(none, None);
    assert!(serde_json::from_str::<Vec<dialstack::Event>>(&format!("[{CALL_END},5]")).is_err());
}

#[test]
fn a_struct_read_directly_is_of_its_own_event_only() {
    assert_eq!(call_end(CALL_END).r#type, EventType::CallEnd);
    for (old, new) in [
        (r#""call.end""#, r#""call.ringing""#),
        (r#""call.end""#, r#""call.ended""#),
        (r#""call.end""#, r#""CALL.END""#),
        (r#""call.end""#, r#""call.end ""#),
        (r#""call.end""#, "null"),
        (r#""call.end""#, "5"),
        (r#""type": "call.end","#, ""),
    ] {
        let text = with(old, new);
        let error = serde_json::from_str::<CallEnd>(&text).expect_err(&text);
        assert!(!error.to_string().contains("CALL.END"), "no value of the payload in {error}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(serde_json::from_value::<CallEnd>(value).is_err(), "{text}");
    }
}

#[test]
fn depth_is_bounded_at_128_levels() {
    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    let at = |levels: usize| with(r#""id""#, &format!(r#""extra": {}, "id""#, nested(levels - 1)));
    assert_eq!(read(&at(127)), read(CALL_END));
    assert_eq!(read(&at(128)), read(CALL_END));
    assert!(serde_json::from_str::<dialstack::Event>(&at(129)).is_err());
    assert!(serde_json::from_str::<dialstack::Event>(&at(1_000_000)).is_err());
    assert!(serde_json::from_str::<dialstack::Event>(&nested(1_000_000)).is_err());

    // Where the members are kept, too.
    let headers = |levels: usize| {
        format!(
            r#"{{"sip_headers":{{"X-Deep":{}}},"timestamp":"2026-08-14T10:12:15Z","type":"leg.ringing"}}"#,
            nested(levels - 2)
        )
    };
    for levels in [126, 127, 128] {
        let text = headers(levels);
        let event: voiceblender::Event = serde_json::from_str(&text).expect("within the bound");
        assert_eq!(serde_json::to_string(&event).unwrap().len(), text.len());
    }
    assert!(serde_json::from_str::<voiceblender::Event>(&headers(129)).is_err());
    assert!(serde_json::from_str::<voiceblender::Event>(&headers(100_000)).is_err());

    let unknown = |levels: usize| {
        let deep = nested(levels - 2);
        format!(
            r#"{{"type":"call.parked","id":"e","created_at":"x","account_id":"a","data":{{"x":{deep}}}}}"#
        )
    };
    assert_eq!(serde_json::to_string(&read(&unknown(128))).unwrap(), unknown(128));
    assert!(serde_json::from_str::<dialstack::Event>(&unknown(129)).is_err());
}
