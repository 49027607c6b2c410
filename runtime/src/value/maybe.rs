//! A member that may be absent, null, or a value: three states that `Option` cannot tell apart.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A member that its document lets be omitted and also lets be `null`.
///
/// Most code does not care which of the two it was, and reads the field like an [`Option`]:
///
/// ```
/// # use offhook_runtime::Maybe;
/// let name = Maybe::Value("John Smith".to_owned());
/// assert_eq!(name.as_deref(), Some("John Smith"));
/// assert_eq!(Maybe::<String>::Null.as_deref(), None);
/// ```
///
/// Serialising keeps the difference: [`Maybe::Absent`] writes nothing, [`Maybe::Null`] writes
/// `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Maybe<T> {
    /// The payload does not have the member.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value dereferenced, if there is one: a `Maybe<String>` gives `Option<&str>`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: std::ops::Deref,
    {
        self.value().map(std::ops::Deref::deref)
    }

    /// Whether the payload lacks the member.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// A struct's field takes `#[serde(default, skip_serializing_if = "Maybe::is_absent")]` with it.
impl<T: Serialize> Serialize for Maybe<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

/// A field for a member that may be absent.
pub trait Optional {
    /// Whether it is.
    fn is_absent(&self) -> bool;
}

impl<T> Optional for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Optional for Maybe<T> {
    fn is_absent(&self) -> bool {
        Self::is_absent(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Maybe;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Caller {
        #[serde(default, skip_serializing_if = "Maybe::is_absent")]
        name: Maybe<String>,
    }

    #[test]
    fn the_three_states_survive_a_round_trip() {
        for text in ["{}", r#"{"name":null}"#, r#"{"name":"Ada"}"#] {
            let caller: Caller = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&caller).unwrap(), text);
        }
        assert!(serde_json::from_str::<Caller>(r#"{"name":5}"#).is_err());
    }
}
