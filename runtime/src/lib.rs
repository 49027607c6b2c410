//! The code that offhook's crates share at run time.
//!
//! [`text`] makes foreign text safe to show. Every `Display` of offhook uses it, and so does every
//! line that the `offhook` command prints.

pub mod text;
