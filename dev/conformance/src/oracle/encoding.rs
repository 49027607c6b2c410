//! Numbers encoded as small doubles, on which boon cannot round.
//!
//! boon reads every number as a double. It therefore sees no number itself, in a schema or in an
//! instance, but this one in its place:
//!
//! ```text
//! rank * 2^steps + multiples + fraction
//! ```
//!
//! - *rank* puts the numbers of the schemas and of the instance in their exact order. Equal numbers
//!   have one rank. It decides `const`, `enum`, `uniqueItems` and the bounds.
//! - *multiples* has one bit for each `multipleOf` of the schemas, set where the number is a multiple.
//!   Formats test the bits, as boon can be taught formats alone.
//! - *fraction* is 0 for an integer and 0.5 for other numbers. It decides `type`.

use bigdecimal::{BigDecimal, Zero};
use boon::{Compiler, Format};
use offhook_model::Json;
use offhook_model::json::Number;
use serde_json::Value;

use crate::number::{exact, is_multiple};

/// The ranks from one number of the schemas to the next: numbers of instances are in between.
const GAP: usize = 1 << 16;

/// Below this, doubles hold every half.
const LARGEST: f64 = 4_503_599_627_370_496.0;

/// The formats that test a bit of *multiples*.
const FORMATS: [Format; 16] = {
    macro_rules! formats {
        ($($bit:literal)*) => {
            [$(Format { name: concat!("multiple-of-step-", $bit), func: check::<$bit> }),*]
        };
    }
    formats!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
};

/// The encoding of all numbers for the schemas of one bundle.
#[derive(Default)]
pub(super) struct Encoding {
    /// The numbers of the schemas, in order, each once.
    constants: Vec<BigDecimal>,
    /// The values of `multipleOf`, in order, each once.
    steps: Vec<BigDecimal>,
}

/// Teaches `compiler` the formats that stand for `multipleOf`.
pub(super) fn register(compiler: &mut Compiler) {
    for format in FORMATS {
        compiler.register_format(format);
    }
}

impl Encoding {
    /// Returns the encoding for these schemas. A number anywhere in them counts as one of theirs.
    pub(super) fn of<'s>(schemas: impl Iterator<Item = &'s Json>) -> Self {
        let mut encoding = Self::default();
        for schema in schemas {
            each_number(schema, "", &mut |name, number| {
                let value = exact(number);
                if name == "multipleOf" && !value.is_zero() {
                    encoding.steps.push(value.clone());
                }
                encoding.constants.push(value);
            });
        }
        for list in [&mut encoding.constants, &mut encoding.steps] {
            list.sort();
            list.dedup();
        }
        encoding
    }

    /// Returns the format of the multiples of `step`.
    ///
    /// # Errors
    ///
    /// The schemas have too many steps.
    pub(super) fn multiple_of(&self, step: &Number) -> Result<&'static str, String> {
        let bit = self.steps.binary_search(&exact(step)).ok();
        let format = bit.and_then(|bit| FORMATS.get(bit)).map(|format| format.name);
        format.ok_or_else(|| format!("expected at most {} values of multipleOf", FORMATS.len()))
    }

    /// Returns `json`, a schema's value or an instance, with every number encoded.
    ///
    /// # Panics
    ///
    /// There are more numbers than ranks.
    pub(super) fn encode(&self, json: &Json) -> Value {
        let mut numbers = Vec::new();
        each_number(json, "", &mut |_, number| numbers.push(exact(number)));
        numbers.retain(|number| self.constants.binary_search(number).is_err());
        numbers.sort();
        numbers.dedup();
        self.encoded(json, &numbers)
    }

    /// As [`Self::encode`]; `others` are the numbers that no schema has, in order, each once.
    fn encoded(&self, json: &Json, others: &[BigDecimal]) -> Value {
        match json {
            Json::Number(number) => self.code(&exact(number), others).into(),
            Json::Array(elements) => {
                elements.iter().map(|element| self.encoded(element, others)).collect()
            }
            Json::Object(members) => {
                let members = members.iter();
                members.map(|(name, value)| (name.clone(), self.encoded(value, others))).collect()
            }
            other => other.to_value(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "checked against the largest exact half")]
    fn code(&self, number: &BigDecimal, others: &[BigDecimal]) -> f64 {
        let rank = match self.constants.binary_search(number) {
            Ok(index) => (index + 1) * GAP,
            Err(index) => {
                let below = |other: &BigDecimal| index > 0 && *other < self.constants[index - 1];
                let first = others.partition_point(below);
                let position = others.partition_point(|other| other < number) - first;
                assert!(position + 1 < GAP, "expected fewer than {GAP} numbers in an instance");
                index * GAP + position + 1
            }
        };
        let bits = self.steps.iter().enumerate();
        let multiples: usize =
            bits.map(|(bit, step)| usize::from(is_multiple(number, step)) << bit).sum();
        let code = ((rank << self.steps.len()) + multiples) as f64;
        assert!(code < LARGEST, "expected fewer numbers in the schemas");
        if number.is_integer() { code } else { code + 0.5 }
    }
}

/// Calls `f` with every number in `json` and the name of the member that it is the value of.
fn each_number<'j>(json: &'j Json, name: &'j str, f: &mut impl FnMut(&'j str, &'j Number)) {
    match json {
        Json::Number(number) => f(name, number),
        Json::Array(elements) => elements.iter().for_each(|element| each_number(element, "", f)),
        Json::Object(members) => {
            members.iter().for_each(|(name, value)| each_number(value, name, f));
        }
        _ => {}
    }
}

/// Whether an encoded number has the bit set.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only bits count")]
fn check<const BIT: u32>(value: &Value) -> Result<(), Box<dyn std::error::Error>> {
    match value.as_f64() {
        Some(code) if (code as u64 >> BIT) & 1 == 0 => Err("expected a multiple".into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use offhook_model::Json;
    use offhook_model::json::parse;
    use serde_json::Value;

    use super::Encoding;

    fn json(text: &str) -> Json {
        parse(text).expect("JSON")
    }

    fn codes(encoding: &Encoding, numbers: &str) -> Vec<f64> {
        let Value::Array(codes) = encoding.encode(&json(numbers)) else {
            panic!("{numbers} is no array");
        };
        codes.iter().map(|code| code.as_f64().expect("a number")).collect()
    }

    #[test]
    fn numbers_keep_their_order_and_equal_ones_are_one() {
        let schema = json(r#"{"minimum": 0.1, "enum": [9007199254740993, 1e30]}"#);
        let encoding = Encoding::of([&schema].into_iter());
        let ordered = [
            "-9223372036854775809",
            "-9223372036854775808",
            "-1e-400",
            "-0.0",
            "1e-400",
            "0.1",
            "0.10000000000000000001",
            "9007199254740992",
            "9007199254740993",
            "9007199254740994",
            "1e30",
            "1000000000000000000000000000001",
            "1.7976931348623157e308",
        ];
        let found = codes(&encoding, &format!("[{}]", ordered.join(",")));
        assert!(found.is_sorted_by(|one, other| one < other), "{found:?}");
        let found = codes(&encoding, "[1, 1.0, 10e-1, 1e30, 1000000000000000000000000000000]");
        assert_eq!(found[0].to_bits(), found[1].to_bits());
        assert_eq!(found[0].to_bits(), found[2].to_bits());
        assert_eq!(found[3].to_bits(), found[4].to_bits());
        let bound = codes(&encoding, "[0.1]")[0];
        assert_eq!(encoding.encode(&json("0.1")).as_f64(), Some(bound));
        assert!(encoding.encode(&json("0.10000000000000000001")).as_f64() > Some(bound));
    }

    #[test]
    fn integers_and_multiples_show() {
        let schema = json(r#"{"allOf": [{"multipleOf": 0.01}, {"multipleOf": 3}]}"#);
        let encoding = Encoding::of([&schema].into_iter());
        let numbers = "[4503599627370497.5, 1e-400, 0.07, 1e22, 3e22, -0.0]";
        let found = codes(&encoding, numbers);
        let is_integer: Vec<_> = found.iter().map(|code| code.fract() == 0.0).collect();
        assert_eq!(is_integer, [false, false, false, true, true, true]);
        let multiples: Vec<_> = found.iter().map(|code| code % 4.0).collect();
        let hundredth = 1.0;
        assert_eq!(multiples, [1.5, 0.5, hundredth + 0.5, hundredth, 3.0, 3.0]);
    }
}
