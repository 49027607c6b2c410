//! One vendor's validator, or one that finds out whose a payload is.

use std::sync::Arc;

use offhook_validator::{AnyVendor, Report, Validator};

use crate::vendors::Vendors;

/// Checks payloads.
#[derive(Debug)]
pub(crate) enum Checker {
    One(Box<Validator>),
    Any(AnyVendor),
}

impl Checker {
    /// Checks against what the `vendors` document.
    pub(crate) fn new(vendors: &Vendors, strict: bool) -> Self {
        let validator = |set| {
            let validator = Validator::of_set(Arc::clone(set));
            if strict { validator.strict() } else { validator }
        };
        let mut validators: Vec<_> = vendors.sets().map(validator).collect();
        match validators.pop() {
            Some(one) if validators.is_empty() => Self::One(Box::new(one)),
            last => {
                validators.extend(last);
                Self::Any(AnyVendor::new(validators))
            }
        }
    }

    /// Returns the validator and the event of a payload without violations and notices. `None`
    /// means "not known": call [`validate`](Self::validate).
    pub(crate) fn clean(&self, body: &[u8]) -> Option<(&Validator, &str)> {
        match self {
            Self::One(validator) => Some((validator, validator.clean(body)?)),
            Self::Any(vendors) => vendors.clean(body),
        }
    }

    pub(crate) fn validate(&self, body: &[u8]) -> Report {
        match self {
            Self::One(validator) => validator.validate(body),
            Self::Any(vendors) => vendors.validate(body),
        }
    }
}
