//! Stored payloads, one or millions: from paths to what is said of each, in order.

mod chunks;
mod compression;
mod each;
mod input;
mod interrupt;
mod meter;
mod payload;
mod pool;
mod progress;
mod run;
mod shard;

pub(crate) use compression::is_compressed;
pub(crate) use each::{Owned, each};
pub(crate) use input::{Inputs, Unreadable, is_stdin};
pub(crate) use interrupt::interrupted;
pub(crate) use payload::{Payload, source_name};
pub(crate) use run::{Options, Taker, run};
pub(crate) use shard::Shard;
