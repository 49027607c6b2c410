//! JSON text into a `Value`, refusing what a `Value` would swallow: a member that stands twice.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Parses one JSON text; an error comes with the pointer of the value in which it stands.
pub(crate) fn parse(text: &str) -> Result<Value, (String, serde_json::Error)> {
    let mut path = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Strict(&mut path)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| (path.concat(), error))
}

/// A JSON Pointer's reference token, escaped as RFC 6901 says.
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Reads the value at a path of reference tokens, which stays as it is when an error comes up.
struct Strict<'p>(&'p mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        self.0.push("/0".to_owned());
        while let Some(element) = elements.next_element_seed(Strict(self.0))? {
            array.push(element);
            self.0.pop();
            self.0.push(format!("/{}", array.len()));
        }
        self.0.pop();
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            self.0.push(format!("/{}", escape(&name)));
            if object.contains_key(&name) {
                return Err(A::Error::custom(format_args!(
                    "want every member once, got {name:?} twice"
                )));
            }
            let value = members.next_value_seed(Strict(self.0))?;
            self.0.pop();
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
