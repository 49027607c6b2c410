//! The decoders of generated types, which are the same for every type of a kind.

/// The decoder of a struct. After the fields: `closed` if there may be no other members, `unchecked`
/// if no decoder can tell whether an object conforms; what else must hold.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_object {
    ($name:ident $fields:tt is unchecked) => {
        $crate::unchecked!($name);
    };
    ($name:ident {
        $($field:ident: $wire:literal $kind:ident $(($only:expr))?,)*
        $(..$rest:ident)?
    } $(is $closed:ident)? $(if |$it:ident| $holds:expr)?) => {
        impl $crate::generated::Decode for $name {
            #[inline]
            fn decode<'a>(
                reader: &mut $crate::generated::Reader<'a>,
                rest: $crate::generated::Rest<'a>,
                place: &mut Option<Self>,
            ) -> $crate::generated::Rest<'a> {
                Self::decode_as(reader, rest, place, ::core::convert::identity)
            }

            fn decode_as<'a, T>(
                reader: &mut $crate::generated::Reader<'a>,
                rest: $crate::generated::Rest<'a>,
                place: &mut Option<T>,
                make: impl FnOnce(Self) -> T,
            ) -> $crate::generated::Rest<'a> {
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
                            $crate::generated::named(rest, concat!("\"", $wire, "\":"))
                        {
                            rest = $crate::decode_member!(reader value $field $kind $(($only))?);
                        }
                    )*
                    if rest.len() == before {
                        rest = $crate::decode_other!(reader rest names $($closed)? $(..$rest)?);
                    }
                }
                reader.forget(names);
                let Some(rest) = reader.leave_object(rest) else {
                    return $crate::generated::GIVEN_UP;
                };
                $($crate::decoded_field!($field $kind);)*
                let value = $name { $($field,)* $($rest,)? };
                $(
                    if !$crate::holds!(&value, if |$it| $holds) {
                        return $crate::generated::GIVEN_UP;
                    }
                )?
                if place.is_some() {
                    return $crate::generated::GIVEN_UP; // So that nothing need be dropped there.
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
macro_rules! keep_if {
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
macro_rules! decoder {
    ($name:ident, |$reader:pat_param, $rest:pat_param, $place:pat_param| $decode:block) => {
        impl $crate::generated::Decode for $name {
            #[inline]
            fn decode<'a>(
                $reader: &mut $crate::generated::Reader<'a>,
                $rest: $crate::generated::Rest<'a>,
                $place: &mut Option<Self>,
            ) -> $crate::generated::Rest<'a> $decode
        }
    };
}

/// The decoder of a type of which none can tell whether a value conforms.
#[doc(hidden)]
#[macro_export]
macro_rules! unchecked {
    ($name:ident) => {
        $crate::decoder!($name, |_, _, _| { $crate::generated::GIVEN_UP });
    };
}

/// Whether something holds of a value; nothing ever does if nothing is asked.
#[doc(hidden)]
#[macro_export]
macro_rules! holds {
    ($value:expr) => {
        false
    };
    ($value:expr, if |$it:ident| $holds:expr) => {{
        #[allow(unused_imports, reason = "not every check needs a function")]
        use $crate::generated::logic::*;

        let $it = $value;
        $holds
    }};
}

/// Reads a member's value.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_member {
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
macro_rules! decode_other {
    ($reader:ident $rest:ident $names:ident closed) => {
        $crate::generated::GIVEN_UP
    };
    ($reader:ident $rest:ident $names:ident) => {
        $reader.skip_member($rest, $names)
    };
    ($reader:ident $rest:ident $names:ident ..$kept:ident) => {
        $crate::generated::decode_rest($reader, $rest, $names, &mut $kept)
    };
}

/// The value of a field out of what was read of it.
#[doc(hidden)]
#[macro_export]
macro_rules! decoded_field {
    ($read:ident optional) => {};
    ($read:ident $required:ident) => {
        let Some($read) = $read else {
            return $crate::generated::GIVEN_UP;
        };
    };
}

/// The decoder of an open vocabulary. `or` is what holds of values that are not listed.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_enum {
    ($name:ident is unchecked) => {
        $crate::unchecked!($name);
    };
    ($name:ident $(or |$text:ident| $holds:expr)?) => {
        $crate::decoder!($name, |reader, rest, place| {
            let Some((text, rest)) = reader.plain_string(rest) else {
                return $crate::generated::GIVEN_UP;
            };
            let value = Self::from(text);
            let unlisted = matches!(value, Self::Unknown(_));
            if !unlisted || $crate::holds!(text $(, if |$text| $holds)?) {
                *place = Some(value);
            }
            rest
        });
    };
}

/// The decoder of an enum with a variant a kind of JSON.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_by_kind {
    ($name:ident $variants:tt is unchecked) => {
        $crate::unchecked!($name);
    };
    ($name:ident {
        $($kind:ident => $variant:ident $(if |$it:ident| $holds:expr)?,)*
        $(_ => $other:ident,)?
    }) => {
        $crate::decoder!($name, |reader, rest, place| {
            match $crate::generated::peek(rest) {
                $(Some($crate::generated::Kind::$kind) => {
                    let rest = $crate::generated::Decode::decode_as(reader, rest, place, Self::$variant);
                    $(
                        $crate::keep_if!(place, |value| match value {
                            Self::$variant(inner) => $crate::holds!(inner, if |$it| $holds),
                            #[allow(unreachable_patterns, reason = "it may be the only one")]
                            _ => false,
                        });
                    )?
                    rest
                })*
                _ => $crate::decode_other_kind!(reader rest place $(Self::$other)?),
            }
        });
    };
}

/// Reads a value of a kind that no variant is for.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_other_kind {
    ($reader:ident $rest:ident $place:ident) => {
        $crate::generated::GIVEN_UP
    };
    ($reader:ident $rest:ident $place:ident $other:expr) => {
        $crate::generated::Decode::decode_as($reader, $rest, $place, $other)
    };
}

/// The decoder of an enum of objects that a string tells apart.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_by_shape {
    ($name:ident { $($variant:ident,)* }) => {
        $crate::unchecked!($name);
    };
    ($name:ident by $tag:literal { $($variant:ident ($($value:literal)|+),)* }) => {
        $crate::decoder!($name, |reader, rest, place| {
            match reader.find_string(rest, &[concat!("\"", $tag, "\":")]) {
                $(
                    Some($($value)|+) => {
                        $crate::generated::Decode::decode_as(reader, rest, place, Self::$variant)
                    }
                )*
                _ => $crate::generated::GIVEN_UP,
            }
        });
    };
}

/// The decoder of a type that is what it wraps.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_newtype {
    ($name:ident is unchecked) => {
        $crate::unchecked!($name);
    };
    ($name:ident $(if |$it:ident| $holds:expr)?) => {
        $crate::decoder!($name, |reader, rest, place| {
            let rest = $crate::generated::Decode::decode_as(reader, rest, place, Self);
            $($crate::keep_if!(place, |value| $crate::holds!(value, if |$it| $holds));)?
            rest
        });
    };
}
