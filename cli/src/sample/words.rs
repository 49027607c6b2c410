//! Words for what no example shows: invented people, and names that nobody owns.

/// People who do not exist.
pub(super) const PEOPLE: [&str; 12] = [
    "Amara Osei",
    "Ben Fischer",
    "Chloe Martin",
    "Daniel Park",
    "Elena Rossi",
    "Farid Haddad",
    "Grace Nakamura",
    "Hugo Lindqvist",
    "Ines Carvalho",
    "Jonas Weber",
    "Kavya Iyer",
    "Liam Byrne",
];

/// Words for texts.
pub(super) const PLAIN: [&str; 12] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "indigo", "juniper",
    "kestrel", "lagoon",
];

/// The words of a member's name, in lower case: `started_at`, `startedAt` and `Started-At` are
/// `started` and `at`.
pub(super) fn of_name(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for char in name.chars() {
        if !char.is_alphanumeric() || char.is_uppercase() && after_lower {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| char.is_alphanumeric()) {
            word.extend(char.to_lowercase());
        }
        after_lower = char.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::of_name;

    #[test]
    fn names_are_taken_apart() {
        for name in ["started_at", "startedAt", "Started-At"] {
            assert_eq!(of_name(name), ["started", "at"], "{name}");
        }
        assert_eq!(of_name("callID"), ["call", "id"]);
        assert!(of_name("").is_empty());
    }
}
