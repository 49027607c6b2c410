//! JSON whose members stand in the order in which they are written.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// The members of an object.
pub(crate) type Members = IndexMap<String, Json>;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Json>),
    Object(Members),
}

impl Json {
    /// The value of a member.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.members()?.get(name)
    }

    pub(crate) fn members(&self) -> Option<&Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(crate) fn members_mut(&mut self) -> Option<&mut Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(crate) fn elements(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    pub(crate) fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// The value that a JSON Pointer leads to.
    pub(crate) fn pointer(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |value, token| match value {
            Self::Object(members) => members.get(&unescape(token)),
            Self::Array(elements) => elements.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The value that a JSON Pointer leads to.
    pub(crate) fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        pointer.split('/').skip(1).try_fold(self, |value, token| match value {
            Self::Object(members) => members.get_mut(&unescape(token)),
            Self::Array(elements) => elements.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| std::fmt::Error)?)
    }
}

/// A JSON Pointer's reference token, escaped as RFC 6901 says.
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The names of the members that a JSON Pointer leads through.
pub(crate) fn tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape).collect()
}

/// A member's name as a token of a field's pointer, in which `*` is for what has no name of its own.
/// A member that is called `*` is `~2`, which no JSON Pointer has.
pub(crate) fn field_token(name: &str) -> Cow<'_, str> {
    match name {
        "*" => "~2".into(),
        _ if name.contains(['~', '/']) => escape(name).into(),
        _ => name.into(),
    }
}

/// Returns the member's name that a token of a JSON Pointer, or of a field's pointer, means.
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~2", "*").replace("~0", "~")
}
