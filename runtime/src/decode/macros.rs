//! The decoders of generated types, which are the same for every type of a kind.

/// The decoder of a struct. After the fields: `closed` if there may be no other members, `unchecked`
/// if no decoder can tell whether an object conforms; what else must hold.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_object {
    ($name:ident $fields:tt is unchecked) => {
        $crate::__private::unchecked!($name);
    };
    ($name:ident {
        $($field:ident: $wire:literal $kind:ident $(($only:expr))?,)*
        $(..$rest:ident)?
    } $(is $closed:ident)? $(if |$it:ident| $holds:expr)?) => {
        impl $crate::__private::Decode for $name {
            #[inline]
            fn decode<'a>(
                reader: &mut $crate::__private::Reader<'a>,
                rest: $crate::__private::Rest<'a>,
                place: &mut Option<Self>,
            ) -> $crate::__private::Rest<'a> {
                Self::decode_as(reader, rest, place, ::core::convert::identity)
            }

            fn decode_as<'a, T>(
                reader: &mut $crate::__private::Reader<'a>,
                rest: $crate::__private::Rest<'a>,
                place: &mut Option<T>,
                make: impl FnOnce(Self) -> T,
            ) -> $crate::__private::Rest<'a> {
                $(let mut $field = ::core::default::Default::default();)*
                $(let mut $rest = ::core::default::Default::default();)?
                let names = reader.names();
                // There is one way out alone, which keeps the code of decoders short.
                let mut rest = reader.enter_object(rest);
                while rest.first() == Some(&b'"') {
                    // Once through the fields in the order that their sender keeps.
                    let before = rest.len();
                    $(
                        if let Some(value) =
                            $crate::__private::named(rest, concat!("\"", $wire, "\":"))
                        {
                            rest = $crate::__private::decode_member!(reader value $field $kind $(($only))?);
                        }
                    )*
                    if rest.len() == before {
                        rest = $crate::__private::decode_other!(reader rest names $($closed)? $(..$rest)?);
                    }
                }
                reader.forget(names);
                let Some(rest) = reader.leave_object(rest) else {
                    return $crate::__private::GIVEN_UP;
                };
                $($crate::__private::decoded_field!($field $kind);)*
                let value = Self { $($field,)* $($rest,)? };
                $(
                    if !$crate::__private::holds!(&value, if |$it| $holds) {
                        return $crate::__private::GIVEN_UP;
                    }
                )?
                if place.is_some() {
                    return $crate::__private::GIVEN_UP; // So that nothing need be dropped there.
                }
                *place = Some(make(value));
                rest
            }
        }
    };
}

/// Empties a place unless something holds of what is in it.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_keep_if {
    ($place:ident, |$value:ident| $holds:expr) => {
        if let Some($value) = $place.as_ref()
            && !$holds
        {
            *$place = None;
        }
    };
}

/// A decoder: what it does with a reader, the rest of the text, and the place for the value.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decoder {
    ($name:ident, |$reader:pat_param, $rest:pat_param, $place:pat_param| $decode:block) => {
        impl $crate::__private::Decode for $name {
            #[inline]
            fn decode<'a>(
                $reader: &mut $crate::__private::Reader<'a>,
                $rest: $crate::__private::Rest<'a>,
                $place: &mut Option<Self>,
            ) -> $crate::__private::Rest<'a> $decode
        }
    };
}

/// The decoder of a type of which none can tell whether a value conforms.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_unchecked {
    ($name:ident) => {
        $crate::__private::decoder!($name, |_, _, _| { $crate::__private::GIVEN_UP });
    };
}

/// Whether something holds of a value; nothing ever does if nothing is asked.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_holds {
    ($value:expr) => {
        false
    };
    ($value:expr, if |$it:ident| $holds:expr) => {{
        let $it = $value;
        #[allow(clippy::nonminimal_bool, reason = "schemas may say a thing twice")]
        let holds = $holds;
        holds
    }};
}

/// Reads a member's value.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_member {
    ($reader:ident $rest:ident $field:ident only ($only:expr)) => {
        $reader.only($rest, &mut $field, $only.as_str(), $only)
    };
    ($reader:ident $rest:ident $field:ident $kind:ident) => {
        $reader.$kind($rest, &mut $field)
    };
}

/// Reads a member that has no field of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_other {
    ($reader:ident $rest:ident $names:ident closed) => {
        $crate::__private::GIVEN_UP
    };
    ($reader:ident $rest:ident $names:ident) => {
        $reader.skip_member($rest, $names)
    };
    ($reader:ident $rest:ident $names:ident ..$kept:ident) => {
        $crate::__private::decode_rest($reader, $rest, $names, &mut $kept)
    };
}

/// The value of a field out of what was read of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decoded_field {
    ($read:ident optional) => {};
    ($read:ident $required:ident) => {
        let Some($read) = $read else {
            return $crate::__private::GIVEN_UP;
        };
    };
}

/// The decoder of an open vocabulary. `or` is what holds of values that are not listed.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_enum {
    ($name:ident is unchecked) => {
        $crate::__private::unchecked!($name);
    };
    ($name:ident $(or |$text:ident| $holds:expr)?) => {
        $crate::__private::decoder!($name, |reader, rest, place| {
            let Some((text, rest)) = reader.plain_string(rest) else {
                return $crate::__private::GIVEN_UP;
            };
            let value = Self::from(text);
            let unlisted = matches!(value, Self::Unknown(_));
            if !unlisted || $crate::__private::holds!(text $(, if |$text| $holds)?) {
                *place = Some(value);
            }
            rest
        });
    };
}

/// The decoder of an enum with a variant a kind of JSON.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_by_kind {
    ($name:ident $variants:tt is unchecked) => {
        $crate::__private::unchecked!($name);
    };
    ($name:ident {
        $($kind:ident => $variant:ident $(if |$it:ident| $holds:expr)?,)*
        $(_ => $other:ident,)?
    }) => {
        $crate::__private::decoder!($name, |reader, rest, place| {
            match $crate::__private::peek(rest) {
                $(Some($crate::__private::Kind::$kind) => {
                    let rest = $crate::__private::Decode::decode_as(reader, rest, place, Self::$variant);
                    $(
                        $crate::__private::keep_if!(place, |value| match value {
                            Self::$variant(inner) => $crate::__private::holds!(inner, if |$it| $holds),
                            #[allow(unreachable_patterns, reason = "it may be the only one")]
                            _ => false,
                        });
                    )?
                    rest
                })*
                _ => $crate::__private::decode_other_kind!(reader rest place $(Self::$other)?),
            }
        });
    };
}

/// Reads a value of a kind that no variant is for.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_other_kind {
    ($reader:ident $rest:ident $place:ident) => {
        $crate::__private::GIVEN_UP
    };
    ($reader:ident $rest:ident $place:ident $other:expr) => {
        $crate::__private::Decode::decode_as($reader, $rest, $place, $other)
    };
}

/// The decoder of an enum of objects that a string tells apart.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_by_shape {
    ($name:ident { $($variant:ident,)* }) => {
        $crate::__private::unchecked!($name);
    };
    ($name:ident by $($tag:literal).+ { $($variant:ident ($($value:literal)|+),)* }) => {
        $crate::__private::decoder!($name, |reader, rest, place| {
            match reader.find_string(rest, &[$(concat!("\"", $tag, "\":")),+]) {
                $(
                    Some($($value)|+) => {
                        $crate::__private::Decode::decode_as(reader, rest, place, Self::$variant)
                    }
                )*
                _ => $crate::__private::GIVEN_UP,
            }
        });
    };
}

/// The decoder of a type that is what it wraps.
#[doc(hidden)]
#[macro_export]
macro_rules! __offhook_decode_newtype {
    ($name:ident is unchecked) => {
        $crate::__private::unchecked!($name);
    };
    ($name:ident $(if |$it:ident| $holds:expr)?) => {
        $crate::__private::decoder!($name, |reader, rest, place| {
            let rest = $crate::__private::Decode::decode_as(reader, rest, place, Self);
            $($crate::__private::keep_if!(place, |value| $crate::__private::holds!(value, if |$it| $holds));)?
            rest
        });
    };
}
