//! offhook beside what users would pick instead, on the same payloads: `benches/ways.rs` measures,
//! `cargo xtask bench` runs it and makes tables of it.
//!
//! Every way is as good as its users would make it: validators and buffers are made once, a schema
//! is looked up by the value's `type`, formats are asserted by all. Every way drops what it made.

mod events;
mod payloads;
mod ways;

pub use payloads::{Payload, Set, Vendor, archive, sets, traffic};
pub use ways::{Way, Ways};
