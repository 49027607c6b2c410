//! Patterns beside the reason for which they are refused, the offset, and the message.

use crate::pattern::{LONGEST, Reason, translate};

/// Asserts why and where a pattern is refused, and what is said.
#[track_caller]
fn check(pattern: &str, reason: Reason, offset: usize, message: &str) {
    let error = translate(pattern).expect_err(pattern);
    let found = (error.reason(), error.offset(), error.to_string());
    assert_eq!(found, (reason, offset, message.to_owned()), "{pattern:?}");
    assert!(message.split_whitespace().count() <= 20, "{message}");
}

#[test]
fn look_around_and_back_references() {
    for (pattern, what) in [
        ("a(?=b)", "look-ahead `(?=`"),
        ("a(?!b)", "look-ahead `(?!`"),
        ("a(?<=b)", "look-behind `(?<=`"),
        ("a(?<!b)", "look-behind `(?<!`"),
    ] {
        let message = format!("{what} is not supported: matching must take linear time");
        check(pattern, Reason::LookAround, 1, &message);
    }
    for (pattern, offset, what) in
        [(r"(a)\1", 3, r"\1"), (r"é\8", 2, r"\8"), (r"(?<n>a)\k<n>", 7, r"\k<")]
    {
        let message =
            format!("back-reference `{what}` is not supported: matching must take linear time");
        check(pattern, Reason::BackReference, offset, &message);
    }
}

#[test]
fn letters_that_other_dialects_give_a_meaning() {
    for (pattern, message) in [
        (r"\Aa", r"`\A` is not in ECMA-262: write `^` for the start of the text"),
        (r"\z", r"`\z` is not in ECMA-262: write `$` for the end of the text"),
        (r"\Z", r"`\Z` is not in ECMA-262: write `$` for the end of the text"),
        (r"\a", r"`\a` is not in ECMA-262: write `\x07`"),
        (r"\e", r"`\e` is not in ECMA-262: write `\x1B`"),
        (r"\h", r"`\h` is not in ECMA-262: write `[ \t]`"),
        (r"\Qa.b\E", r"`\Q` is not in ECMA-262: write a backslash before each character"),
        (r"\k", r"`\k` is not in ECMA-262"),
        (r"\R", r"`\R` is not in ECMA-262"),
        (r"\pL", r"a Unicode property needs braces: write `\p{L}`"),
        (r"\01", r"octal escapes are not in ECMA-262: write `\xHH`"),
    ] {
        check(pattern, Reason::AmbiguousEscape, 0, message);
    }
    check(r"[\1]", Reason::AmbiguousEscape, 1, r"octal escapes are not in ECMA-262: write `\xHH`");
    check(r"[\B]", Reason::AmbiguousEscape, 1, r"`\B` is not in ECMA-262");
    check(r"[\z]", Reason::AmbiguousEscape, 1, r"`\z` is not in ECMA-262");
}

#[test]
fn escapes_that_are_cut_short() {
    let hexadecimal = r"expected four hexadecimal digits after `\u`, or `{…}`";
    for (pattern, message) in [
        ("\\", "a backslash cannot be the last character"),
        (r"\u12", hexadecimal),
        (r"\u", hexadecimal),
        (r"\u{}", hexadecimal),
        (r"\u{12", hexadecimal),
        (r"\u{x}", hexadecimal),
        (r"\u+123", hexadecimal),
        (r"\u{110000}", r"the largest code point is `\u{10FFFF}`"),
        (r"\u{100000000000000000}", r"the largest code point is `\u{10FFFF}`"),
        (r"\x4", r"expected two hexadecimal digits after `\x`"),
        (r"\xé", r"expected two hexadecimal digits after `\x`"),
        (r"\c1", r"expected a letter from A to Z after `\c`"),
        (r"\p{L", "expected the name of a Unicode property in `{…}`"),
        (r"\p{}", "expected the name of a Unicode property in `{…}`"),
        (r"\p{é}", "expected the name of a Unicode property in `{…}`"),
        (r"\p{^L}", "expected the name of a Unicode property in `{…}`"),
    ] {
        check(pattern, Reason::Syntax, 0, message);
    }
}

#[test]
fn properties_that_are_not_those_of_ecma_262() {
    for (pattern, message) in [
        (r"\p{letter}", "ECMA-262 has no Unicode property `letter`"),
        (r"\p{Alpha_betic}", "ECMA-262 has no Unicode property `Alpha_betic`"),
        (r"\p{RGI_Emoji}", "ECMA-262 has no Unicode property `RGI_Emoji`"),
        (r"\p{Age=V6_0}", "ECMA-262 has no Unicode property `Age=V6_0`"),
        (r"\P{Greek}", r"ECMA-262 names scripts in full: write `\p{Script=Greek}`"),
    ] {
        check(pattern, Reason::UnknownProperty, 0, message);
    }
    let long = format!(r"\p{{{}}}", "a".repeat(1000));
    check(&long, Reason::UnknownProperty, 0, "ECMA-262 has no Unicode property");
    let message = "the Unicode property `CWKCF` is not supported";
    check(r"\p{CWKCF}", Reason::Unsupported, 0, message);
}

#[test]
fn groups_of_other_dialects() {
    let flags = "flags without `:` are not in ECMA-262: write `(?i:…)`";
    let expected = "expected `:`, `<name>` or flags after `(?`";
    let name = "expected an identifier and `>` after `(?<`";
    for (pattern, message) in [
        ("(?i)abc", flags),
        ("(?x)a b", flags),
        ("(?-i)a", flags),
        ("(?x:a b)", "a group's flags can be only `i`, `m` and `s`"),
        ("(?u:a)", "a group's flags can be only `i`, `m` and `s`"),
        ("(?ii:a)", "a group's flags can be given only once"),
        ("(?i-i:a)", "a group's flags can be given only once"),
        ("(?-:a)", "expected a flag before or after `-`"),
        ("(?P<n>a)", "`(?P` is not in ECMA-262: write `(?<name>` for a named group"),
        ("(?P=n)", "`(?P` is not in ECMA-262: write `(?<name>` for a named group"),
        ("(?>a)", "atomic groups `(?>` are not in ECMA-262"),
        ("(?#a)", "comments `(?#` are not in ECMA-262"),
        ("(?)", expected),
        ("(?", expected),
        ("(?|a)", expected),
        ("(?'n'a)", expected),
        ("(?<>a)", name),
        ("(?<1>a)", name),
        ("(?<n", name),
        ("(?<n-m>a)", name),
        (r"(?<\x61>a)", name),
        (r"(?<\ud835>a)", name),
        ("(?<€>a)", name),
        ("(a", "the group is not closed by `)`"),
    ] {
        check(pattern, Reason::Syntax, 0, message);
    }
    check("a)", Reason::Syntax, 1, r"`)` closes no group: write `\)`");
    check("((a)(b", Reason::Syntax, 4, "the group is not closed by `)`");
    let twice = "two groups have the same name, and can both match";
    check("(?<n>a)(?<n>b)", Reason::Syntax, 7, twice);
    check("(?<n>a(?<n>b))", Reason::Syntax, 6, twice);
    check("(?:(?<n>a)|b)(?<n>b)", Reason::Syntax, 13, twice);
    check(r"(?<n>a)(?:x|(?<\u006e>b))", Reason::Syntax, 12, twice);
}

#[test]
fn classes() {
    for pattern in ["[", "[a", "[^", "[a-", r"[\]"] {
        check(pattern, Reason::Syntax, 0, "the class is not closed by `]`");
    }
    check("[az-b]", Reason::Syntax, 2, "the ends of a range are out of order");
    check(r"[\ude00-\ud83d]", Reason::Syntax, 1, "the ends of a range are out of order");
}

#[test]
fn quantifiers() {
    for (pattern, offset) in [("*", 0), ("a|+", 2), ("(*)", 1), ("({1})", 1), ("{1,}", 0)] {
        check(pattern, Reason::Syntax, offset, "there is nothing to repeat");
    }
    for (pattern, offset) in [("^*", 1), (r"\b+", 2), ("a$?", 2), ("^{1}", 1)] {
        check(pattern, Reason::Syntax, offset, "an assertion cannot be repeated");
    }
    for pattern in ["a**", "a+*", "a?*", "a*{1}"] {
        check(pattern, Reason::Syntax, 2, "a quantifier cannot be repeated");
    }
    check("a++", Reason::Syntax, 2, "possessive quantifiers are not in ECMA-262");
    check("a*?+", Reason::Syntax, 3, "possessive quantifiers are not in ECMA-262");
    check("x{2,1}", Reason::Syntax, 1, "the bounds of a quantifier are out of order");
}

#[test]
fn what_rust_cannot_say() {
    let message = |assertion| format!("`{assertion}` with the flag `m` is not supported");
    check("(?m:^a)", Reason::Unsupported, 4, &message('^'));
    check("(?m:a$)", Reason::Unsupported, 5, &message('$'));
    let message = r"`\b` and `\B` with the flag `i` are not supported";
    check(r"(?i:\ba)", Reason::Unsupported, 4, message);
    check(r"(?i:a\B)", Reason::Unsupported, 5, message);
}

#[test]
fn large_patterns() {
    let message = "the pattern repeats too much: its automaton would be too large";
    for (pattern, offset) in [
        ("^(.{1,1000}){1,1000}$", 12),
        ("(a{1000}){1000}", 9),
        ("a{131501}", 1),
        ("a{0,99999999999999999999}", 1),
        ("a{99999999999999999999,}", 1),
        ("(?:){4294967296}", 4),
        (r"[\p{L}\p{N}]{100}", 12),
    ] {
        check(pattern, Reason::TooLarge, offset, message);
    }
    let properties = r"\p{L}".repeat(1000);
    assert_eq!(translate(&properties).expect_err("too large").reason(), Reason::TooLarge);
    let long = "a".repeat(LONGEST);
    assert!(translate(&long).is_ok());
    let message = "patterns can be at most 65536 bytes long";
    check(&(long + "a"), Reason::TooLarge, LONGEST, message);
}

#[test]
fn deep_patterns() {
    let message = "groups can be nested at most 50 deep";
    check(&"(".repeat(LONGEST), Reason::TooDeep, 50, message);
    assert!(translate(&("(".repeat(50) + &")".repeat(50))).is_ok());
    assert!(translate(&"[".repeat(LONGEST)).is_err());
}
