//! Strings of the formats of JSON Schema, all about places and people that nobody owns.

use super::moments::Moments;
use super::pattern::Pattern;
use super::random::Random;

/// What strings of a format look like, as patterns.
const FORMATS: [(&str, &str); 15] = [
    ("uuid", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"),
    ("time", "^(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"),
    ("duration", "^PT[1-9][0-9]?M[1-5][0-9]S$"),
    ("email", "^(amara|ben|chloe|daniel|elena)@example[.](com|net|org)$"),
    ("idn-email", "^(amara|ben|chloe|daniel|elena)@example[.](com|net|org)$"),
    ("hostname", "^(pbx|sip|edge|media)[1-9][.]example[.](com|net|org)$"),
    ("idn-hostname", "^(pbx|sip|edge|media)[1-9][.]example[.](com|net|org)$"),
    ("uri", "^https://example[.](com|net|org)/(calls|recordings|users)/[0-9a-f]{8}$"),
    ("iri", "^https://example[.](com|net|org)/(calls|recordings|users)/[0-9a-f]{8}$"),
    ("uri-reference", "^/(calls|recordings|users)/[0-9a-f]{8}$"),
    ("iri-reference", "^/(calls|recordings|users)/[0-9a-f]{8}$"),
    ("uri-template", "^https://example[.]com/(calls|users)/[{]id[}]$"),
    ("json-pointer", "^/(data|payload)/(id|status)$"),
    ("relative-json-pointer", "^[0-3]/(id|status)$"),
    ("regex", "^[a-z]{3}[+]$"),
];

/// Addresses that are kept for documentation (RFC 5737, RFC 3849).
const ADDRESSES: [(&str, &str); 2] = [
    ("ipv4", "^(192[.]0[.]2|198[.]51[.]100|203[.]0[.]113)[.][1-9][0-9]?$"),
    ("ipv6", "^2001:db8::[1-9a-f][0-9a-f]{0,3}$"),
];

/// A string of a format; none if it is a format that asserts nothing.
pub(super) fn sample(format: &str, moments: &Moments, random: &mut Random) -> Option<String> {
    if format == "date" {
        let written = Moments::written(moments.at("created"), None, random)?;
        return written.get(..10).map(str::to_owned);
    }
    let known = FORMATS.iter().chain(&ADDRESSES).find(|(name, _)| *name == format)?;
    Pattern::parse(known.1)?.sample(random)
}
