//! An id -> whether its event is still to be handled: vendors deliver an event more than once.

use std::error::Error;
use std::fmt;

use offhook_runtime::text::visible;

/// Keeps the ids of events, so that each event is handled once.
///
/// A vendor tries again when it heard no answer, which does not mean that the event was not
/// handled: the answer may be what was lost, or the first attempt may still be at work. So an id is
/// claimed before its event is handled, and is kept when that is done.
///
/// [`InMemory`](super::InMemory) keeps the ids of one process. Where several receive, or ids must
/// outlive a restart, implement this over a database, with one statement that inserts an id if it is
/// absent: looking first and inserting later lets two through.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::Mutex;
///
/// use offhook_receiver::{Claim, Guard, Idempotency, Outcome, Unavailable};
///
/// /// Stands for a table `event (id primary key, is_done)`.
/// #[derive(Default)]
/// struct Table(Mutex<HashMap<String, bool>>);
///
/// impl Idempotency for Table {
///     fn claim(&self, id: &str) -> Result<Claim<'_>, Unavailable> {
///         // `insert into event values ($1, false) on conflict do nothing`, and what was there.
///         let mut rows = self.0.lock().map_err(|error| Unavailable::new(error.to_string()))?;
///         match rows.get(id) {
///             Some(true) => return Ok(Claim::Done),
///             Some(false) => return Ok(Claim::InProgress),
///             None => rows.insert(id.to_owned(), false),
///         };
///         let id = id.to_owned();
///         Ok(Claim::New(Guard::new(move |outcome| {
///             let Ok(mut rows) = self.0.lock() else { return };
///             match outcome {
///                 Outcome::Done => rows.insert(id, true), // `update event set is_done = true …`
///                 Outcome::GivenUp => rows.remove(&id),   // `delete from event …`
///             };
///         })))
///     }
/// }
///
/// let table = Table::default();
/// let store: &dyn Idempotency = &table;
/// let Claim::New(guard) = store.claim("evt_01")? else { unreachable!() };
/// assert!(matches!(store.claim("evt_01")?, Claim::InProgress));
/// guard.done();
/// assert!(matches!(store.claim("evt_01")?, Claim::Done));
/// # Ok::<(), Unavailable>(())
/// ```
///
/// A process that dies gives nothing back: let a row in progress count as absent when it is older
/// than any handler runs. Safest is a handler that writes what it does, and the id, in one
/// transaction; then there is nothing in progress to be left behind.
///
/// None of this waits, as what happens on dropping a [`Guard`] cannot: in an asynchronous handler
/// call what blocks where blocking is allowed.
pub trait Idempotency: Send + Sync {
    /// Claims an id, unless it is claimed already. Of several who claim it at once, one gets it.
    ///
    /// # Errors
    ///
    /// If that cannot be told, or nothing can be kept: answer with 503, and the vendor tries again.
    fn claim(&self, id: &str) -> Result<Claim<'_>, Unavailable>;
}

/// What became of a claim.
#[derive(Debug)]
#[must_use]
pub enum Claim<'a> {
    /// The event is to be handled, and [`Guard::done`] to be called then.
    New(Guard<'a>),
    /// Another attempt of the same event is being handled, and may fail yet: answer with 503, so
    /// that the vendor tries again if it does.
    InProgress,
    /// The event was handled: acknowledge it.
    Done,
}

/// How the handling of an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was handled; the id is to be kept.
    Done,
    /// It was not; the id is to be given back.
    GivenUp,
}

/// A claimed id.
///
/// Dropping it, on an early return or in a panic, gives the id back, so that the vendor's next
/// attempt is handled.
#[must_use = "dropping it gives the id back"]
pub struct Guard<'a> {
    /// Taken when it is called.
    end: Option<End<'a>>,
}

type End<'a> = Box<dyn FnOnce(Outcome) + Send + Sync + 'a>;

impl<'a> Guard<'a> {
    /// For those who implement [`Idempotency`]: calls `end` once, with how it ended. In a panic that
    /// is called too, and must not panic then.
    pub fn new(end: impl FnOnce(Outcome) + Send + Sync + 'a) -> Self {
        Self { end: Some(Box::new(end)) }
    }

    /// Keeps the id: the event was handled.
    pub fn done(mut self) {
        self.end(Outcome::Done);
    }

    fn end(&mut self, outcome: Outcome) {
        if let Some(end) = self.end.take() {
            end(outcome);
        }
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.end(Outcome::GivenUp);
    }
}

impl fmt::Debug for Guard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

/// An id cannot be claimed now.
#[derive(Debug)]
pub struct Unavailable(Box<dyn Error + Send + Sync>);

impl Unavailable {
    /// For those who implement [`Idempotency`]: what the store said.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot claim an event's id: {}", visible(&self.0.to_string()))
    }
}

impl Error for Unavailable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}
