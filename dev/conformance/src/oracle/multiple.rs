//! `multipleOf` by exact arithmetic: boon divides doubles, and takes neither 0.07 for a multiple of
//! 0.01 nor 1e22 for none of 3.
//!
//! boon can be taught formats alone, and they know nothing of the schema. So each step in use is
//! given one of a number of formats.

use std::sync::{Mutex, PoisonError};

use boon::{Compiler, Format};
use serde_json::{Number, Value};

use crate::decimal::Decimal;

/// The steps that have a format, in its order.
static STEPS: Mutex<Vec<Decimal>> = Mutex::new(Vec::new());

/// The formats.
const FORMATS: [Format; 16] = {
    macro_rules! formats {
        ($($index:literal)*) => {
            [$(Format { name: concat!("multiple-of-step-", $index), func: check::<$index> }),*]
        };
    }
    formats!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
};

pub(super) fn register(compiler: &mut Compiler) {
    for format in FORMATS {
        compiler.register_format(format);
    }
}

/// The format of the multiples of `step`.
pub(super) fn format(step: &Number) -> Result<&'static str, String> {
    let step = Decimal::of(step).ok_or_else(|| format!("want a step of few digits, got {step}"))?;
    let mut steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
    let index = steps.iter().position(|known| *known == step).unwrap_or_else(|| {
        steps.push(step);
        steps.len() - 1
    });
    let format = FORMATS.get(index).map(|format| format.name);
    format.ok_or_else(|| format!("want at most {} different steps, got more", FORMATS.len()))
}

fn check<const INDEX: usize>(value: &Value) -> Result<(), Box<dyn std::error::Error>> {
    let Value::Number(number) = value else {
        return Ok(());
    };
    let step = STEPS.lock().unwrap_or_else(PoisonError::into_inner)[INDEX];
    let number = Decimal::of(number).ok_or("want a number of few digits")?;
    if number.is_multiple_of(step) { Ok(()) } else { Err("want a multiple of the step".into()) }
}
