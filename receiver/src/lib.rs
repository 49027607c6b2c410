//! A delivery's headers and body -> its event, or the status to answer with.
//!
//! ```
//! use offhook::dialstack;
//! use offhook_receiver::{Claim, Idempotency as _, InMemory, Receiver};
//! # use offhook_receiver::signature::{Scheme, Signer};
//! # let body = offhook::dialstack::EXAMPLES[0].text.as_bytes();
//! # let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
//! # let headers = Signer::new(Scheme::DialStack, "secret")?.sign("", now, body)?;
//!
//! // Once.
//! let receiver = Receiver::<dialstack::Event>::new(dialstack::SCHEMA, ["secret"])?;
//! let seen = InMemory::new(100_000);
//!
//! // For each request: headers as any pairs, the body as it came. The answer is a status.
//! let status = match receiver.receive(headers, body) {
//!     Err(rejection) => {
//!         eprintln!("{rejection}"); // what the sender does not get to see of it
//!         rejection.status()
//!     }
//!     Ok(delivery) => match seen.claim(delivery.id()) {
//!         Ok(Claim::New(guard)) => {
//!             println!("{}", offhook_runtime::visible(delivery.event().name()));
//!             guard.done();
//!             204
//!         }
//!         Ok(Claim::Done) => 204, // Acknowledged again, not handled again.
//!         Ok(Claim::InProgress) | Err(_) => 503, // The vendor comes back.
//!     },
//! };
//! assert_eq!(status, 204);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing here waits, and nothing knows a framework. With the feature `axum` a [`Delivery`] is an
//! extractor, and a [`Rejection`] a response.
//!
//! A body is measured first, then its signature is verified, then it is decoded: nothing parses
//! what its vendor may not have sent. [`Receiver::diagnose`] is the exception: with it, a few small
//! bodies that match no signature are searched for the usual mistake, for your log.
//!
//! # What an answer makes the vendor do
//!
//! | answer | when | `DialStack` | `VoiceBlender` | Daily |
//! |---|---|---|---|---|
//! | any 2xx | handled, handled before, or not of interest | goes on | goes on | not documented |
//! | 400 | the body broke off | tries again | tries again | not documented |
//! | 401 | [unsigned](Rejection::Unsigned) | tries again | tries again | not documented |
//! | 408 | your server's: the body came too slowly | tries again | tries again | not documented |
//! | 413 | [too large](Rejection::TooLarge) | tries again | tries again | not documented |
//! | 422 | [not what the document has](Rejection::Invalid), or an [unknown event](Rejection::UnknownEvent) | tries again | tries again | not documented |
//! | 503 | yours: [another attempt is in progress](Claim::InProgress), or [its id cannot be claimed](Unavailable) | tries again | tries again | not documented |
//! | none in time | the handler is slow | tries again after 30 s | tries again after 10 s | not documented |
//!
//! "Tries again" is: `DialStack` up to five times, about 60 s apart, and then puts the event into a
//! queue of dead letters; `VoiceBlender` twice, 2 s and then 4 s later, and then drops the event.
//! Neither tells one failure from another, so the statuses are for your logs and theirs. Neither
//! reads a response's body. `DialStack` keeps the order of an account's events, so one that fails
//! may hold up those behind it. Hand the event to a queue of your own and answer; do the work
//! later.
//!
//! The document of Daily's that is transcribed has nothing on answers. Its reference of webhooks in
//! general (<https://docs.daily.co/reference/rest-api/webhooks>) wants a 200, stops sending to a
//! webhook after three events in a row that failed, and makes a webhook only after a 200 for a body
//! that is no event: answer that one before the route is a receiver's, and answer Daily with 200
//! rather than 204.
//!
//! # What deviates from the document
//!
//! By default an event is handed over if its structure holds, as
//! [`Validator::decode_lenient`](offhook_validator::Validator::decode_lenient) has it: a new value in a
//! vocabulary loses no event, and [`Delivery::report`] tells of it. [`Receiver::strict`] refuses
//! every violation. An event that the document lacks is what [`UnknownEvents`] says.

#[cfg(feature = "axum")]
mod axum;
mod hex;
mod receive;
pub mod signature;

pub use receive::{
    Claim, DEFAULT_MAX_SIZE, Delivery, Guard, Idempotency, InMemory, Outcome, Receiver,
    ReceiverError, Rejection, Unavailable, UnknownEvents,
};
