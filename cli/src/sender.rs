//! A payload into who sends it, and what else its sender sends along.

mod habits;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use offhook_receiver::signature::{Scheme, SignatureError, Signer};
use offhook_runtime::text::visible;
use serde::Deserialize;

use crate::args::{Signing, fits_header};
use crate::checker::Checker;
use crate::obstacle::Obstacle;
use crate::vendors::Vendors;

pub(crate) use habits::Habits;

/// Those who may have sent a payload.
pub(crate) struct Senders {
    checker: Checker,
    /// The scheme of each vendor, by name; none if its `vendor.json` names none.
    schemes: Vec<(String, Option<Scheme>)>,
    /// The scheme of all, whoever they are.
    scheme: Option<Scheme>,
}

/// Who sends a payload.
pub(crate) struct Sender {
    pub(crate) scheme: Scheme,
    /// The documented event that the payload is; none if it is not one.
    pub(crate) event: Option<String>,
}

impl Senders {
    /// The vendors that the command line allows.
    pub(crate) fn new(args: &Signing) -> Result<Self, Obstacle> {
        let vendors = args.schemas.load().map_err(Obstacle::Schemas)?;
        let checker = Checker::new(&vendors, false);
        Ok(Self { checker, schemes: schemes(&vendors), scheme: args.scheme })
    }

    /// Who sends a payload, or why that cannot be told.
    pub(crate) fn of(&self, body: &[u8]) -> Result<Sender, String> {
        if let Some((validator, event)) = self.checker.clean(body) {
            return Ok(Sender {
                scheme: self.scheme_of(validator.vendor())?,
                event: Some(event.to_owned()),
            });
        }
        let report = self.checker.validate(body);
        let scheme = match (report.vendor(), self.scheme) {
            (Some(vendor), _) => self.scheme_of(vendor)?,
            (None, Some(scheme)) => scheme,
            (None, None) => {
                let unknown = report.violations().first().map(ToString::to_string);
                let unknown = unknown.unwrap_or_default();
                return Err(format!(
                    "cannot tell who sends it: say --vendor or --scheme\n  {unknown}"
                ));
            }
        };
        Ok(Sender { scheme, event: report.event().map(str::to_owned) })
    }

    /// The scheme that all payloads have, if that is known before they are.
    pub(crate) fn only_scheme(&self) -> Option<Scheme> {
        let of_one = || match self.schemes.as_slice() {
            [(_, scheme)] => *scheme,
            _ => None,
        };
        self.scheme.or_else(of_one)
    }

    fn scheme_of(&self, vendor: &str) -> Result<Scheme, String> {
        let own = || self.schemes.iter().find(|(name, _)| name == vendor)?.1;
        self.scheme.or_else(own).ok_or_else(|| {
            let vendor = visible(vendor);
            format!("{vendor}'s vendor.json names no scheme: say --scheme")
        })
    }
}

/// The scheme of each of the vendors, by name.
pub(crate) fn schemes(vendors: &Vendors) -> Vec<(String, Option<Scheme>)> {
    vendors.sets().map(|set| (set.vendor().to_owned(), set.manifest().signature)).collect()
}

impl Sender {
    /// The headers of a delivery: what its document names, and the signature; an error if the scheme
    /// does not allow the id.
    pub(crate) fn headers(
        &self,
        signer: &Signer,
        id: &str,
        at: u64,
        body: &[u8],
    ) -> Result<Vec<(&'static str, String)>, SignatureError> {
        let signature = signer.sign(id, at, body)?;
        let habits = Habits::of(self.scheme);
        let header = self.scheme.account_header();
        let account = header.and_then(|name| Some((name, account(body)?)));
        let common = [("Content-Type", "application/json"), ("User-Agent", habits.user_agent)];
        let common = common.map(|(name, value)| (name, value.to_owned()));
        Ok(common.into_iter().chain(account).chain(signature).collect())
    }
}

/// The account that a payload names, if a header can hold it and show it as it is.
fn account(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Payload {
        account_id: String,
    }
    let account = serde_json::from_slice::<Payload>(body).ok()?.account_id;
    fits_header(&account).then_some(account)
}

/// An id that no other delivery has.
pub(crate) fn made_up_id() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("msg_{:016x}{:016x}", random(), random())
}

/// The time in seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}
