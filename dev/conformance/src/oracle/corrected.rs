//! Schemas in words that boon reads as the specification has them.

use std::error::Error;

use offhook_model::keyword::{Shape, canonical};
use offhook_model::pattern::translate;
use serde_json::{Map, Value, json};

use super::{formats, multiple};

/// `schema` with what boon gets wrong said otherwise, or beside it in a further part of `allOf`.
///
/// Every pointer into `schema` leads to the same place in the result.
pub(super) fn corrected(schema: &Value) -> Result<Value, Box<dyn Error>> {
    let Value::Object(keywords) = schema else {
        return Ok(schema.clone());
    };
    let mut result = Map::new();
    let mut parts = Vec::new();
    for (keyword, value) in keywords {
        let shape = canonical(keyword).map(|keyword| keyword.shape);
        let value = match (keyword.as_str(), shape, value) {
            ("multipleOf", _, Value::Number(step)) => {
                parts.push(json!({ "format": multiple::format(step)? }));
                continue;
            }
            // boon's white space is only a part of ECMA-262's.
            ("pattern", _, Value::String(pattern)) => translate(pattern)?.into(),
            ("format", _, Value::String(format)) => {
                parts.extend(formats::besides(format));
                formats::name(format).into()
            }
            (_, Some(Shape::Schema), schema) => corrected(schema)?,
            (_, Some(Shape::SchemaMap | Shape::PatternMap), Value::Object(named)) => {
                let named =
                    named.iter().map(|(name, schema)| Ok((name.clone(), corrected(schema)?)));
                Value::Object(named.collect::<Result<_, Box<dyn Error>>>()?)
            }
            (_, Some(Shape::SchemaList), Value::Array(list)) => {
                Value::Array(list.iter().map(corrected).collect::<Result<_, _>>()?)
            }
            _ => value.clone(),
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
    use serde_json::json;

    use super::corrected;

    #[test]
    fn only_keywords_are_corrected_and_pointers_stay() {
        let schema = json!({
            "allOf": [{ "type": "string" }],
            "format": "date",
            "properties": { "format": { "const": { "multipleOf": 2 } } },
            "not": { "multipleOf": 2 },
        });
        let corrected = corrected(&schema).expect("few steps");
        assert_eq!(corrected["allOf"][0], schema["allOf"][0]);
        assert_eq!(corrected["allOf"].as_array().map(Vec::len), Some(2));
        assert_eq!(corrected["properties"], schema["properties"]);
        assert!(corrected["not"]["multipleOf"].is_null());
        assert!(corrected["not"]["allOf"][0]["format"].is_string());
    }
}
