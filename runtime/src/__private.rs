//! Everything that generated code names beside types, and the check of its version. Not for others:
//! it changes with the generator.
//!
//! `#[macro_export]` puts a macro into the root of the crate, where it could hide one of a user's. The
//! macros therefore have long names there, and short ones here.

#[cfg(feature = "schemars")]
pub use schemars;
pub use serde;
pub use serde_json;

pub use crate::decode::logic::{are_unique, exactly_one};
pub use crate::decode::{Decode, DecodeOptional, decode, decode_rest};
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
pub use crate::value::exact::exact;
pub use crate::value::raw::raw;
pub use crate::value::timestamp::is_rfc3339;
pub use crate::value::unredacted::Redacted;
pub use crate::{
    __offhook_by_kind as by_kind, __offhook_by_shape as by_shape,
    __offhook_decode_by_kind as decode_by_kind, __offhook_decode_by_shape as decode_by_shape,
    __offhook_decode_enum as decode_enum, __offhook_decode_member as decode_member,
    __offhook_decode_newtype as decode_newtype, __offhook_decode_object as decode_object,
    __offhook_decode_other as decode_other, __offhook_decode_other_kind as decode_other_kind,
    __offhook_decoded_field as decoded_field, __offhook_decoder as decoder,
    __offhook_event_type as event_type, __offhook_field as field,
    __offhook_generated_by as generated_by, __offhook_holds as holds,
    __offhook_json_schemas as json_schemas, __offhook_keep_if as keep_if,
    __offhook_member as member, __offhook_newtype as newtype, __offhook_object as object,
    __offhook_open_enum as open_enum, __offhook_others as others, __offhook_payload as payload,
    __offhook_unchecked as unchecked, __offhook_unread as unread,
};

/// Refuses a module that another version of `offhook-codegen` generated.
///
/// Every generated module begins with it:
///
/// ```
#[doc = concat!("offhook_runtime::__private::generated_by!(\"", env!("CARGO_PKG_VERSION"), "\");")]
/// ```
///
/// For another version, the error names the command to run:
///
/// ```compile_fail
/// offhook_runtime::__private::generated_by!("0.0.0");
/// ```
///
/// It is a macro, as the compiler expands macros even where other names cannot be found. A constant
/// would not be computed then.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_generated_by {
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
macro_rules! __offhook_json_schemas {
    ($($any:tt)*) => {};
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_by_knows_the_crates_version() {
        let source = include_str!("__private.rs");
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
