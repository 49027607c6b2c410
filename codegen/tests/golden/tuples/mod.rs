//! Arrays: of one type, of one type a place, and what only the validator counts.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use self::expected::acme::{SCHEMA, Tuples, TuplesTailItem};
use crate::{refused, tolerated, valid};

#[test]
fn elements_that_must_all_be_there_are_a_tuple() {
    let tuples: Tuples = valid(SCHEMA, r#"{"exact":["a",null],"bounded":["a",1],"single":["a"]}"#);
    assert_eq!(tuples.exact, Some(("a".to_owned(), None)));
    assert!(matches!(tuples.bounded, Some((name, number)) if name == "a" && number == 1));
    assert_eq!(tuples.single, Some(("a".to_owned(),)));
    for wrong in [
        r#"{"exact":["a"]}"#,
        r#"{"exact":["a",1,2]}"#,
        r#"{"exact":[1,"a"]}"#,
        r#"{"bounded":["a",null]}"#,
        r#"{"single":[]}"#,
        r#"{"single":"a"}"#,
    ] {
        refused::<Tuples>(SCHEMA, wrong);
    }
}

#[test]
fn others_are_a_vec() {
    let tuples: Tuples = valid(
        SCHEMA,
        r#"{"open":["a",null,{}],"short":["a"],"tail":["a",1,2],"nullable":[1.5,null],
            "nothing":[],"any":[1,"a",null,[]],"grid":[[],[1,2]],"objects":[{},{"id":"1"}]}"#,
    );
    let tail = tuples.tail.unwrap();
    assert!(matches!(tail[..2], [TuplesTailItem::String(_), TuplesTailItem::Integer(_)]));
    assert!(matches!(tuples.nullable.as_deref(), Some([Some(_), None])));
    assert_eq!(tuples.grid.unwrap()[1].len(), 2);
    assert_eq!(tuples.objects.unwrap()[1].id.as_deref(), Some("1"));
    valid::<Tuples>(SCHEMA, r#"{"short":[],"tail":[],"nullable":[],"any":[],"objects":[]}"#);
    for wrong in [
        r#"{"short":[1]}"#,
        r#"{"tail":["a",1.5]}"#,
        r#"{"nullable":["1"]}"#,
        r#"{"grid":[1]}"#,
        r#"{"objects":[null]}"#,
        r#"{"any":{}}"#,
    ] {
        refused::<Tuples>(SCHEMA, wrong);
    }
}

#[test]
fn how_many_and_which_is_for_the_validator() {
    valid::<Tuples>(SCHEMA, r#"{"needy":["a","1"],"unique":[1,2]}"#);
    for wrong in [
        r#"{"open":[]}"#,
        r#"{"open":[1]}"#,
        r#"{"short":["a","b","c"]}"#,
        r#"{"tail":[1]}"#,
        r#"{"tail":["a","b"]}"#,
        r#"{"nothing":[1]}"#,
        r#"{"needy":["a"]}"#,
        r#"{"needy":["1","2","3"]}"#,
        r#"{"unique":[1,1.0]}"#,
    ] {
        tolerated::<Tuples>(SCHEMA, wrong);
    }
}
