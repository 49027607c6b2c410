//! The codes of violations and notices: what each means, what its pointer names, what to do.

use offhook_validator::Code;

/// What there is to know of a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    /// What is the matter.
    pub(crate) meaning: &'static str,
    /// What the pointer of such a violation names.
    pub(crate) pointer: &'static str,
    /// What whoever meets it can do.
    pub(crate) action: &'static str,
}

/// Whether a code is of notices, unless they are turned into violations.
pub(crate) fn is_of_notices(code: Code) -> bool {
    matches!(code, Code::Undocumented | Code::Advice)
}

/// What there is to know of a code.
pub(crate) fn about(code: Code) -> About {
    let (meaning, pointer, action) = match code {
        Code::Json => (
            "The payload is not one JSON text in UTF-8 (RFC 8259), is nested more than 128 deep, or is too large.",
            "the deepest place that was reached; line and column say where the text breaks",
            "Look at what is between the sender and you: bodies cut off, written twice, decoded as another character set, or no JSON at all.",
        ),
        Code::DuplicateKey => (
            "A member's name stands twice in one object, spelled with escapes or not. Readers differ in which of the two they take.",
            "the member that stands there for the second time",
            "Do not rely on such a payload: what one reader checks, another may not see.",
        ),
        Code::UnknownEvent => (
            "The payload names no event that the document has, or none at all, or one that several vendors have.",
            "the member that names the event",
            "If the help names another event, somebody misspelt it. Otherwise the vendor has a new event: add its schema, or let `Event::Unknown` keep it. With several vendors, say which with --vendor.",
        ),
        Code::Required => (
            "A member is missing that the document requires.",
            "the member that should be there; the position is that of the object that lacks it",
            "A fixture lacks it by mistake, or the vendor leaves it out after all: then the schema's `required` says too much.",
        ),
        Code::Forbidden => (
            "A member is there that must be absent in this case.",
            "the member",
            "Look at the condition: `offhook explain VENDOR EVENT` tells it.",
        ),
        Code::Type => (
            "A value has another JSON type than the document gives it. Null counts as a type, and is only right where the document says so.",
            "the value",
            "Numbers in quotes and nulls for what should be left out are the usual causes.",
        ),
        Code::Enum => (
            "A value is none of those that the document lists, nor of the forms that it allows beside them.",
            "the value",
            "If the help names another value, somebody misspelt it. Otherwise the vendor's list has grown: `offhook drift` tells how often.",
        ),
        Code::Const => (
            "A value differs from the only one that the document allows.",
            "the value",
            "Compare it with the document, and with the event that the payload names.",
        ),
        Code::Format => (
            "A string is not of its format; a date-time, for instance, must be as RFC 3339 has it, with an offset.",
            "the value",
            "Times without an offset or with a space in them are the usual causes.",
        ),
        Code::Pattern => (
            "A string does not match the pattern that the document gives.",
            "the value",
            "`offhook explain VENDOR EVENT POINTER` shows the pattern.",
        ),
        Code::Range => (
            "A number is below or above its bounds, or no multiple of what it should be one of.",
            "the value",
            "Look at the unit first: seconds and milliseconds are easily mistaken.",
        ),
        Code::Length => (
            "A string has fewer or more characters than the document allows.",
            "the value",
            "Look whether it was cut off or padded.",
        ),
        Code::Items => (
            "An array has too few, too many, repeated or unfit elements.",
            "the array",
            "`offhook explain VENDOR EVENT POINTER` shows what the document says of it.",
        ),
        Code::Properties => (
            "An object has too few or too many members, or names that are not allowed.",
            "the object",
            "`offhook explain VENDOR EVENT POINTER` shows what the document says of it.",
        ),
        Code::Union => (
            "A value fits none of the forms that the document allows, or more of them than it may.",
            "the value",
            "Decide which form is meant, and compare with that one.",
        ),
        Code::Undocumented => (
            "The document does not have this member.",
            "the member",
            "If the help names another member, somebody misspelt it. Otherwise the vendor sends more than it documents: harmless to receivers, but do not rely on it.",
        ),
        Code::Advice => (
            "A value goes against what the document only hints at, as with an example or a \"usually\".",
            "the value",
            "Nothing is wrong yet; know that receivers may have taken the hint for a rule.",
        ),
        _ => ("A deviation from the document.", "the value", "Compare it with the document."),
    };
    About { meaning, pointer, action }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use offhook_validator::Code;

    #[test]
    fn every_code_has_a_text_of_its_own() {
        let meanings: BTreeSet<_> =
            Code::ALL.iter().map(|code| super::about(*code).meaning).collect();
        assert_eq!(meanings.len(), Code::ALL.len());
    }
}
