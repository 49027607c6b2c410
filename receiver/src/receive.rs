//! Headers and body -> a delivery, whose id says whether its event is still to be handled.

mod delivery;
mod diagnosis;
mod idempotency;
mod in_memory;
mod receiver;
mod rejection;
#[cfg(test)]
mod tests;

pub use delivery::Delivery;
pub use idempotency::{Claim, Guard, Idempotency, Outcome, Unavailable};
pub use in_memory::InMemory;
pub use receiver::{DEFAULT_MAX_SIZE, Receiver, ReceiverError, UnknownEvents};
pub use rejection::Rejection;
