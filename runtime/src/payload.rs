//! What a validator needs to know of a type to decode into it.

use serde::de::DeserializeOwned;

/// A type that payloads decode into: a vendor's `Event`, or the struct of one event.
///
/// Generated; `offhook-validator` decodes into any type that has it.
pub trait Payload: DeserializeOwned {
    /// The vendor's name.
    const VENDOR: &'static str;

    /// The date of the vendor's document, which tells it from others of the vendor. `None` stands
    /// for any.
    const DOCUMENT: Option<&'static str> = None;

    /// The one schema that a payload must meet, by its path in the vendor's `SCHEMA`; `None` if the
    /// payload itself names its event.
    const SCHEMA_FILE: Option<&'static str>;

    /// The vendor's `SCHEMA`, if there is a decoder made of it.
    #[doc(hidden)]
    fn decoded_schema() -> Option<&'static str> {
        None
    }

    /// Reads a payload that conforms to that schema into `place`, which is empty, and stays so if this
    /// gives up.
    #[doc(hidden)]
    fn decode(text: &str, place: &mut Option<Self>) {
        let _ = (text, place);
    }
}

/// The struct of an event, which is read by one schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_payload {
    ($name:ident, $file:literal) => {
        impl $crate::Payload for $name {
            const VENDOR: &'static str = super::VENDOR;
            const DOCUMENT: Option<&'static str> = Some(super::DOCUMENT);
            const SCHEMA_FILE: Option<&'static str> = Some($file);

            #[inline]
            fn decoded_schema() -> Option<&'static str> {
                Some(super::schema())
            }

            #[inline]
            fn decode(text: &str, place: &mut Option<Self>) {
                $crate::__private::decode(text, place);
            }
        }
    };
}
