//! Schemas in words that boon reads as the specification has them.

use std::error::Error;

use offhook_model::Json;
use offhook_model::keyword::{Shape, canonical};
use offhook_model::pattern::translate;
use serde_json::{Map, Value, json};

use super::encoding::Encoding;
use super::formats;

/// `schema` with what boon gets wrong said otherwise, or beside it in a further part of `allOf`.
///
/// Every pointer into `schema` leads to the same place in the result.
pub(super) fn corrected(schema: &Json, encoding: &Encoding) -> Result<Value, Box<dyn Error>> {
    let Json::Object(keywords) = schema else {
        return Ok(schema.to_value());
    };
    let mut result = Map::new();
    let mut parts = Vec::new();
    for (keyword, value) in keywords {
        let shape = canonical(keyword).map(|keyword| keyword.shape);
        let value = match (keyword.as_str(), shape, value) {
            ("multipleOf", _, Json::Number(step)) => {
                parts.push(json!({ "format": encoding.multiple_of(step)? }));
                continue;
            }
            (
                "const" | "enum" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum",
                _,
                value,
            ) => encoding.encode(value),
            // boon's white space is only a part of ECMA-262's.
            ("pattern", _, Json::String(pattern)) => translate(pattern)?.into(),
            ("format", _, Json::String(format)) => {
                parts.extend(formats::besides(format));
                formats::name(format).into()
            }
            (_, Some(Shape::Schema), schema) => corrected(schema, encoding)?,
            (_, Some(Shape::SchemaMap | Shape::PatternMap), Json::Object(named)) => {
                let named = named
                    .iter()
                    .map(|(name, schema)| Ok((name.clone(), corrected(schema, encoding)?)));
                Value::Object(named.collect::<Result<_, Box<dyn Error>>>()?)
            }
            (_, Some(Shape::SchemaList), Json::Array(list)) => {
                let list = list.iter().map(|schema| corrected(schema, encoding));
                Value::Array(list.collect::<Result<_, _>>()?)
            }
            _ => value.to_value(),
        };
        result.insert(keyword.clone(), value);
    }
    if !parts.is_empty() {
        let all = result.entry("allOf").or_insert_with(|| json!([]));
        all.as_array_mut().ok_or("want a list of schemas in allOf, got none")?.append(&mut parts);
    }
    Ok(Value::Object(result))
}

#[cfg(test)]
mod tests {
    use offhook_model::Json;
    use serde_json::json;

    use super::corrected;
    use crate::oracle::encoding::Encoding;

    #[test]
    fn only_keywords_are_corrected_and_pointers_stay() {
        let schema = json!({
            "allOf": [{ "type": "string" }],
            "format": "date",
            "properties": { "format": { "const": { "multipleOf": 2 } } },
            "not": { "multipleOf": 2 },
        });
        let json = Json::from(&schema);
        let encoding = Encoding::of([&json].into_iter());
        let corrected = corrected(&json, &encoding).expect("few steps");
        assert_eq!(corrected["allOf"][0], schema["allOf"][0]);
        assert_eq!(corrected["allOf"].as_array().map(Vec::len), Some(2));
        assert!(corrected["properties"]["format"]["const"]["multipleOf"].is_number());
        assert!(corrected["not"]["multipleOf"].is_null());
        assert!(corrected["not"]["allOf"][0]["format"].is_string());
    }
}
