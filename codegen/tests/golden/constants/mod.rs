//! `const` and `enum` with values of every JSON type.

#[rustfmt::skip]
mod expected {
    pub mod acme;
}

use offhook_runtime::Maybe;

use self::expected::acme::{
    Constants, ConstantsMixed, ConstantsMixedString, ConstantsNullable, ConstantsShapes, SCHEMA,
};
use crate::{refused, tolerated, valid};

#[test]
fn a_constant_is_of_its_type() {
    let constants: Constants = valid(
        SCHEMA,
        r#"{"string":"a","integer":1,"number":1.5,"boolean":true,"nothing":null,
            "array":[1,"a",null],"object":{"a":{"b":1}}}"#,
    );
    assert_eq!((constants.boolean, constants.nothing), (Some(true), Maybe::Null));
    assert_eq!(constants.object.unwrap()["a"]["b"], 1);
    valid::<Constants>(SCHEMA, r#"{"integer":1.0,"number":15e-1,"array":[1.0,"a",null]}"#);
    for wrong in [
        r#"{"string":1}"#,
        r#"{"integer":"1"}"#,
        r#"{"integer":1.5}"#,
        r#"{"number":"1.5"}"#,
        r#"{"boolean":1}"#,
        r#"{"nothing":0}"#,
        r#"{"array":{}}"#,
        r#"{"object":[]}"#,
    ] {
        refused::<Constants>(SCHEMA, wrong);
    }
}

#[test]
fn which_value_it_is_is_for_the_validator() {
    for wrong in [
        r#"{"string":"b"}"#,
        r#"{"integer":2}"#,
        r#"{"number":2}"#,
        r#"{"boolean":false}"#,
        r#"{"array":[]}"#,
        r#"{"object":{}}"#,
        r#"{"level":4}"#,
        r#"{"step":0.75}"#,
        r#"{"mixed":"manual"}"#,
        r#"{"mixed":false}"#,
        r#"{"narrowed":"c"}"#,
        r#"{"shapes":[2]}"#,
    ] {
        tolerated::<Constants>(SCHEMA, wrong);
    }
}

#[test]
fn a_list_of_values_is_of_their_types() {
    let constants: Constants = valid(
        SCHEMA,
        r#"{"level":3,"step":0.5,"flag":false,"mixed":"auto","nullable":"on","narrowed":"b",
            "shapes":{"a":1}}"#,
    );
    let auto = ConstantsMixed::String(ConstantsMixedString::Auto);
    assert_eq!(constants.mixed, Maybe::Value(auto));
    assert_eq!(constants.nullable, Maybe::Value(ConstantsNullable::On));
    assert!(matches!(constants.shapes, Some(ConstantsShapes::Object(_))));
    let constants: Constants = valid(SCHEMA, r#"{"mixed":0,"nullable":null,"shapes":[1]}"#);
    assert!(matches!(constants.mixed, Maybe::Value(ConstantsMixed::Integer(zero)) if zero == 0));
    assert_eq!(constants.nullable, Maybe::Null);
    assert_eq!(valid::<Constants>(SCHEMA, r#"{"mixed":null}"#).mixed, Maybe::Null);
    for wrong in [
        r#"{"level":"1"}"#,
        r#"{"level":1.5}"#,
        r#"{"flag":1}"#,
        r#"{"mixed":[]}"#,
        r#"{"mixed":0.5}"#,
        r#"{"nullable":1}"#,
        r#"{"narrowed":3}"#,
        r#"{"shapes":"a"}"#,
    ] {
        refused::<Constants>(SCHEMA, wrong);
    }
}
