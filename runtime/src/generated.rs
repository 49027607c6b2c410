//! Everything that generated code names beside types and macros, and the check of its version.
//! Not for others: it changes with the generator.

#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;
pub use serde_json;

pub use crate::decode::{Decode, DecodeOptional, decode, decode_rest, logic};
pub use crate::event_names::Names;
pub use crate::json::cursor::{GIVEN_UP, Reader, Rest, named, peek};
pub use crate::json::{Kind, discriminator, kind};
#[cfg(feature = "schemars")]
pub use crate::json_schema;
pub use crate::serde::object::{
    Kept, Object, Only, Present, missing, object, read_members, write_members,
};
pub use crate::serde::string::text;
pub use crate::serde::untagged::{Guard, one_of, unwanted};
pub use crate::value::raw::raw;
pub use crate::value::unredacted::Redacted;

/// Refuses a module that another version of `offhook-codegen` generated.
///
/// Every generated module begins with it:
///
/// ```
#[doc = concat!("offhook_runtime::generated_by!(\"", env!("CARGO_PKG_VERSION"), "\");")]
/// ```
///
/// For another version, the error names the command to run:
///
/// ```compile_fail
/// offhook_runtime::generated_by!("0.0.0");
/// ```
///
/// It is a macro, as the compiler expands macros even where other names cannot be found. A constant
/// would not be computed then.
#[doc(hidden)]
#[macro_export]
macro_rules! generated_by {
    ("0.1.0") => {};
    ($version:literal) => {
        compile_error!(concat!(
            "offhook-codegen ",
            $version,
            " generated this module, but offhook-runtime is 0.1.0. Run `offhook gen` or \
             `cargo xtask gen`, or generate the module again with offhook-codegen 0.1.0.",
        ));
    };
}

/// Without the feature `schemars`, types have no `JsonSchema`.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_schemas {
    ($($any:tt)*) => {};
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_by_knows_the_crates_version() {
        let source = include_str!("generated.rs");
        let version = env!("CARGO_PKG_VERSION");
        for text in [
            format!("(\"{version}\") => {{}};"),
            format!("offhook-runtime is {version}."),
            format!("offhook-codegen {version}."),
        ] {
            assert!(source.contains(&text), "{text}");
        }
    }
}
