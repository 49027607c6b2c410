//! JSON text: its pieces, its tokens, and a cursor for decoders.

pub mod cursor;
mod discriminator;
mod kind;
pub mod lex;
mod read;
pub mod scan;
mod unescape;

pub use discriminator::{discriminator, find_string};
pub use kind::{Kind, kind};
pub use read::read;
pub use unescape::unescape;
