//! Headers, body, secrets and the time -> whether the delivery is genuine.

use std::time::Duration;

use super::clock::Clock;
use super::diagnose;
use super::error::{SecretError, SignatureError};
use super::header::SignedHeaders;
use super::mac::matches;
use super::secret::Secret;
use offhook_model::Scheme;

/// How far the time of signing may be from now, before or after, unless told otherwise.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

/// Tells genuine deliveries from others: one scheme, its secrets, a tolerance and a clock.
///
/// To be made once and shared. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Verifier {
    scheme: Scheme,
    secrets: Vec<Secret>,
    tolerance: u64,
    clock: Clock,
    diagnoses: bool,
}

/// What is known of a genuine delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Genuine {
    secret: usize,
    signed_at: Option<u64>,
}

impl Genuine {
    /// The place of the secret that it was signed with, among those of the [`Verifier`]: from it
    /// one sees that a rotation is over.
    pub fn secret(&self) -> usize {
        self.secret
    }

    /// When it was signed, in seconds since 1970; none if the scheme does not sign the time.
    pub fn signed_at(&self) -> Option<u64> {
        self.signed_at
    }
}

impl Verifier {
    /// Verifies with a scheme and the secrets that are valid now, each written as the vendor hands
    /// it out.
    ///
    /// # Errors
    ///
    /// If there is no secret, or one is blank or not in the encoding that the scheme has.
    pub fn new<S: AsRef<str>>(
        scheme: Scheme,
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<Self, SecretError> {
        let secrets = secrets.into_iter().map(|secret| Secret::new(scheme, secret.as_ref()));
        let secrets = secrets.collect::<Result<Vec<_>, _>>()?;
        if secrets.is_empty() {
            return Err(SecretError::None);
        }
        let (tolerance, clock) = (DEFAULT_TOLERANCE.as_secs(), Clock::system());
        Ok(Self { scheme, secrets, tolerance, clock, diagnoses: true })
    }

    /// Tolerates another distance from now than [`DEFAULT_TOLERANCE`], in whole seconds.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance.as_secs();
        self
    }

    /// Takes the time, in seconds since 1970, from `now` and not from the system.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Does not look for a [`Mistake`](super::Mistake) where nothing matches.
    ///
    /// The search hashes the body about twenty times and parses bodies of at most 64 KiB, so a forged
    /// delivery costs much more with it. A [`Receiver`](crate::Receiver) makes no such
    /// search unless asked, whatever its verifier is set to.
    #[must_use]
    pub fn without_diagnosis(mut self) -> Self {
        self.diagnoses = false;
        self
    }

    /// The scheme that it verifies.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether the vendor sent `body`, the bytes just as they came, with these headers.
    ///
    /// The headers that the scheme does not have are passed over. One that stands twice is refused.
    ///
    /// # Errors
    ///
    /// If that cannot be said: see [`SignatureError`] for the reasons. They are tried in the order
    /// in which they stand there, so what is too old or too new may match nothing as well.
    pub fn verify<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<Genuine, SignatureError> {
        self.verify_with(headers, body, || self.diagnoses)
    }

    /// As [`verify`](Self::verify); where nothing matches, `diagnoses` decides whether to look for
    /// the mistake.
    pub(crate) fn verify_with<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        diagnoses: impl FnOnce() -> bool,
    ) -> Result<Genuine, SignatureError> {
        let signed = SignedHeaders::read(self.scheme, headers)?;
        if let Some(at) = signed.at {
            self.check_time(at)?;
        }
        let mut secret = None;
        for (index, candidate) in self.secrets.iter().enumerate() {
            // All are tried, whatever the outcome, so that the time tells nothing of it.
            if matches(&signed, candidate.key(), &[body]) {
                secret = secret.or(Some(index));
            }
        }
        if let Some(secret) = secret {
            return Ok(Genuine { secret, signed_at: signed.at });
        }
        let mistake = diagnoses().then(|| diagnose::mistake(&signed, &self.secrets, body));
        Err(SignatureError::NoMatch { mistake: mistake.flatten() })
    }

    fn check_time(&self, at: u64) -> Result<(), SignatureError> {
        let tolerance = self.tolerance;
        // Both fit with room to spare, and so does their difference.
        let ahead = i128::from(at) - i128::from(self.clock.now());
        let seconds = u64::try_from(ahead.unsigned_abs()).unwrap_or(u64::MAX);
        if ahead.unsigned_abs() <= u128::from(tolerance) {
            Ok(())
        } else if ahead < 0 {
            Err(SignatureError::TooOld { seconds, tolerance })
        } else {
            Err(SignatureError::TooNew { seconds, tolerance })
        }
    }
}
