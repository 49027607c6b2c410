//! Patterns beside strings that they match, and strings that they do not match.

use regex::Regex;

use crate::pattern::translate;

/// Asserts that a pattern is accepted and matches all of some texts and none of others.
fn check(pattern: &str, matching: &[&str], others: &[&str]) {
    let translated = translate(pattern).unwrap_or_else(|error| panic!("{pattern:?}: {error}"));
    let regex = Regex::new(&translated).expect("a pattern that compiles");
    for (texts, expected) in [(matching, true), (others, false)] {
        for text in texts {
            assert_eq!(regex.is_match(text), expected, "{pattern:?} {translated:?} {text:?}");
        }
    }
}

#[test]
fn patterns_match_anywhere() {
    check("", &["", "a"], &[]);
    check("b", &["abc"], &["ac", ""]);
    check("^b", &["bc"], &["ab", "a\nb"]);
    check("^a|b$", &["axx", "xxb"], &["xax"]);
    check("^abc$", &["abc"], &["abc\n", "abc\r\n", "\nabc", "abc\u{2028}"]);
    check("a$b", &[], &["a\nb", "ab"]);
}

#[test]
fn sets_are_those_of_ecma_262() {
    check(r"^\d$", &["0"], &["٣", "߀", "a", ""]);
    check(r"^\D$", &["٣", "a", "\n"], &["0"]);
    check(r"^\w$", &["a", "Z", "0", "_"], &["é", "ſ", "\u{212a}", "-"]);
    check(r"^\W$", &["é", "-", "😀"], &["a", "_"]);
    let spaces = [
        "\t", "\n", "\u{b}", "\u{c}", "\r", " ", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}",
        "\u{2029}", "\u{202f}", "\u{205f}", "\u{3000}", "\u{feff}",
    ];
    let others = ["\u{85}", "\u{180e}", "\u{200b}", "\u{1}", "–", "\u{1f}"];
    check(r"^\s$", &spaces, &others);
    check(r"^\S$", &others, &spaces);
    check(r"^[\s]$", &spaces, &others);
    check(r"^[^\s]$", &others, &spaces);
    check("^.$", &["a", "😀", "\u{85}", "\u{b}"], &["\n", "\r", "\u{2028}", "\u{2029}", ""]);
    check(r"^[\d.]$", &["1", "."], &["a", "٣"]);
    check(r"^[^\d\s]$", &["a"], &["1", " ", "\u{feff}"]);
}

#[test]
fn word_boundaries_are_those_of_ascii() {
    check(r"^caf\b", &["café", "caf é", "caf"], &["cafe", "caf_"]);
    check(r"é\B", &["éé", "é", "é "], &["éa"]);
    check(r"\B", &["", "aa", "ab", "😀", "a😀"], &["a", "a😀a", "aéa"]);
    check(r"\bé", &["aé"], &["é", "éé"]);
    check(r"a\B.$", &["ab"], &["a😀"]);
    check(r"^\B|x$", &["é", "x"], &["a"]);
}

#[test]
fn escapes_are_those_of_ecma_262() {
    check(r"^\t\n\v\f\r$", &["\t\n\u{b}\u{c}\r"], &["tnvfr"]);
    check(r"^\cJ$", &["\n"], &["J", "cJ", r"\cJ"]);
    check(r"^\cc$", &["\u{3}"], &["c"]);
    check(r"^\0$", &["\0"], &["0"]);
    check(r"^\u0041\x42\u{43}\u{000044}$", &["ABCD"], &[]);
    check(r"^\u{1F600}$", &["😀"], &["u"]);
    check(r"^\uD83D\uDE00+$", &["😀", "😀😀"], &["\u{fffd}"]);
    check(r"^\.\*\+\?\(\)\[\]\{\}\|\\\^\$\/$", &[r".*+?()[]{}|\^$/"], &[]);
    check(r"^[\b]$", &["\u{8}"], &["b"]);
    check(r"^[\-\]\\\^]+$", &[r"-]\^"], &["a"]);
}

#[test]
fn escapes_that_only_annex_b_has_are_accepted_where_they_are_clear() {
    check(r"^\<[a-z]+\>$", &["<abc>"], &["abc"]);
    let marks = r#"^\@\#\%\&\:\;\,\=\!\"\'\~\`\-\_\ $"#;
    check(marks, &[r#"@#%&:;,=!"'~`-_ "#], &[]);
    check(r"^\é$", &["é"], &[]);
    check(r"^[\@\_]$", &["@", "_"], &[r"\"]);
}

#[test]
fn lone_surrogates_match_nothing() {
    check(r"\ud83d", &[], &["😀", "", "\u{fffd}"]);
    check(r"^\ud83d?a", &["a"], &["😀a"]);
    check(r"^\u{d83d}\u{de00}$", &[], &["😀"]);
    check(r"[\ud800-\udfff]", &[], &["😀", "a"]);
    check(r"^[^\ud83d]$", &["😀", "\n"], &[""]);
    check(r"^[\ud83da]$", &["a"], &["😀"]);
    check(r"^[\ud000-\ue000]$", &["\u{d7ff}", "\u{e000}"], &["\u{cfff}", "\u{e001}"]);
    check(r"\p{Cs}", &[], &["a", "😀"]);
    check(r"^\P{Surrogate}$", &["a", "😀", "\n"], &[""]);
}

#[test]
fn properties_have_the_names_of_ecma_262() {
    check(r"^\p{L}+$", &["Łódź", "東京"], &["1"]);
    check(r"^\p{Letter}\p{Script=Greek}\p{Lu}\P{L}$", &["aαB1"], &["aaB1"]);
    check(r"^\p{Nd}\p{digit}\p{gc=Decimal_Number}$", &["৪২1"], &["aaa"]);
    check(r"^\p{Emoji_Presentation}$", &["😀"], &["1"]);
    check(r"^\p{scx=Deva}\p{Script_Extensions=Devanagari}$", &["।।"], &["aa"]);
    check(r"^\p{sc=Deva}$", &["अ"], &["।"]);
    check(r"^\p{ASCII}\p{Any}\p{Assigned}$", &["aéé"], &["ééé", "aa\u{378}"]);
    check(r"^[\p{Lu}\d]+$", &["A1É"], &["a"]);
    check(r"^[^\P{Lu}]+$", &["AÉ"], &["a", "1"]);
    check(r"^\p{Sc}\p{Cf}\p{LC}$", &["$\u{ad}a"], &[]);
}

#[test]
fn flags_of_groups_hold_inside() {
    check("^(?i:k)$", &["k", "K", "\u{212a}"], &["x"]);
    check("^(?i:[^k])$", &["x"], &["k", "K", "\u{212a}"]);
    check(r"^(?i:ß)(?i:σ)$", &["ẞς", "ßΣ"], &["ssσ"]);
    check(r"^(?i:\w)$", &["ſ", "\u{212a}", "a"], &["é"]);
    check(r"^(?i:\W)$", &["é"], &["ſ", "\u{212a}", "s", "K"]);
    check(r"^(?i:[\W])$", &["é"], &["ſ", "\u{212a}", "s", "K"]);
    check(r"^(?i:\p{Lu})$", &["a", "A"], &["1"]);
    check(r"^(?i:[^\P{Lu}])$", &[], &["a", "A", "1"]);
    check("^(?i:a(?-i:b)c)$", &["abc", "AbC"], &["aBc"]);
    check("^(?i:a)a$", &["Aa"], &["AA"]);
    check("^(?s:.).$", &["\na"], &["a\n"]);
    check("^(?s-i:.)(?is:a.)$", &["\nA\n"], &[]);
    check("^(?m:a)$", &["a"], &["a\n"]);
}

#[test]
fn groups_are_only_groups() {
    check("^(a)(?:b)(?<n>c)$", &["abc"], &[]);
    check("^(?<y>[0-9]{4})-(?<m>[0-9]{2})$", &["2026-01"], &[]);
    check("^(?:(?<n>a)|(?<n>b)|c)$", &["a", "b", "c"], &["n"]);
    check("^(?:(?<n>a)|(?:(?<n>b)|(?<n>c)))(?<é$_1>d)$", &["ad", "bd", "cd"], &[]);
    check(r"^(?<\u0061>a)(?<\u{62}>b)(?<\ud835\udcd0>c)$", &["abc"], &[]);
    check("^()(|a)(?:)$", &["", "a"], &[]);
    check("^(?:a||b)$", &["a", "", "b"], &["ab"]);
}

#[test]
fn classes_are_those_of_ecma_262() {
    check("^a[^]b$", &["a\nb", "a😀b"], &["ab"]);
    check("[]", &[], &["", "a", "[]"]);
    check("^[]?a$", &["a"], &[]);
    check(r"^[\w-.]+$", &["a-b.c"], &["/"]);
    check(r"^[\w\-.]+$", &["a-b.c"], &["/"]);
    check(r"^[a-\d]+$", &["a-1"], &["b"]);
    check(r"^[\d-\w]+$", &["a-1"], &["."]);
    check("^[a-]$", &["a", "-"], &[","]);
    check("^[-a]$", &["a", "-"], &[","]);
    check("^[+--]$", &["+", ",", "-"], &["."]);
    check("^[--/]$", &["-", ".", "/"], &[","]);
    check("^[a-z&&b]+$", &["a&b"], &["A"]);
    check("^[a~~b]+$", &["a~b"], &["c"]);
    check("^[!--b]+$", &["!-b", "+"], &["c"]);
    check("^[[a]$", &["[", "a"], &["]"]);
    check("^[[a]]$", &["[]", "a]"], &["a", "[a]"]);
    check("^[[:alpha:]]+$", &[":]", "a]]"], &["abc", "b]"]);
    check("^[.*+?^$|(){}/#]+$", &[".*+?^$|(){}/#"], &["a"]);
    check(r"^[^^]$", &["a"], &["^"]);
    check("^[😀-😎]$", &["😃"], &["a"]);
    check(r"^[\ud83d\ude00-\u{1F60E}]$", &["😃"], &["a"]);
    check(r"^[\0-\x1f]$", &["\0", "\n"], &[" "]);
    check(r"^[\p{L}-\p{N}]$", &["a", "-", "1"], &["."]);
    check("^[ #]$", &[" ", "#"], &["\t"]);
}

#[test]
fn quantifiers_are_those_of_ecma_262() {
    check("^a*?b+?c??$", &["b", "aabbc"], &["a"]);
    check("^a{2}b{1,}c{0,2}$", &["aab", "aabbcc"], &["ab", "aabccc"]);
    check("^a{2}?$", &["aa"], &["a", ""]);
    check("^(?:ab){2,3}$", &["abab", "ababab"], &["ab"]);
    check("^(a*)*$", &["", "aa"], &["b"]);
    check("^a{0}b$", &["b"], &["ab"]);
    check("^😀{2}$", &["😀😀"], &["😀"]);
}

#[test]
fn braces_around_anything_but_numbers_are_characters() {
    check("^{id}$", &["{id}"], &["id"]);
    check("^a{,5}$", &["a{,5}"], &["aaa", ""]);
    check("^a{$", &["a{"], &["a"]);
    check("^a{1$", &["a{1"], &["a"]);
    check("^a{1,x}$", &["a{1,x}"], &["a"]);
    check("^a{ 1}$", &["a{ 1}"], &["a"]);
    check("^a{+}$", &["a{{}"], &["a{"]);
    check("^a}]$", &["a}]"], &[]);
    check("^[^:]+(?:-({[^}]+}|[^.]+))?$", &["host-{a}"], &[]);
}

#[test]
fn rust_reads_nothing_into_characters() {
    check("^a b # c$", &["a b # c"], &["ab"]);
    check("^a&&b--c~~d$", &["a&&b--c~~d"], &[]);
    check("^a\nb\r\u{2028}\u{85}$", &["a\nb\r\u{2028}\u{85}"], &[]);
    check("^<%&~-'\"`é😀\0\u{7f}$", &["<%&~-'\"`é😀\0\u{7f}"], &[]);
}

#[test]
fn translations_stay_readable() {
    for (pattern, expected) in [
        (r"^\+[1-9][0-9]{1,14}$", r"^\+[1-9][0-9]{1,14}$"),
        (r"^[^\n\d]*?$", r"^[^\x{a}[0-9]]*$"),
        (r"^\p{L}[\s\S]+\W$", r"^\p{gc=L}\p{any}+[^0-9A-Z_a-z]$"),
        ("(?<year>[0-9]{4})|(a)", "(?:[0-9]{4})|(?:a)"),
        (r"\x2f\u{1F600}", "/\\x{1f600}"),
        (r"\x{1F600}", "\\x{1f600}"),
    ] {
        assert_eq!(translate(pattern).expect(pattern), expected);
    }
}

#[test]
fn the_deepest_groups_compile() {
    let nested = "[a\\d]|b(?:".repeat(50) + "c" + &")*d".repeat(50) + r"\B";
    check(&nested, &["bdd"], &["bd"]);
}

#[test]
fn the_largest_repetitions_compile() {
    for pattern in [
        "a{131500}",
        "[a-z]{0,65535}",
        "(?:|a){52600}",
        r"\p{L}{93}",
        r"\B(?:a?){65749}",
        "(?:[a-c]){0,65535}",
    ] {
        check(pattern, &[], &[]);
    }
}
