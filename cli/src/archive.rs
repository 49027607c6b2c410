//! Stored payloads, one or millions: from paths to what is said of each, in order.

mod chunks;
mod compression;
mod input;
mod interrupt;
mod meter;
mod payload;
mod pool;
mod progress;
mod run;
mod shard;

pub(crate) use compression::is_compressed;
pub(crate) use input::{Inputs, is_stdin};
pub(crate) use payload::{Payload, source_name};
pub(crate) use run::{Options, Taker, run};
pub(crate) use shard::Shard;
