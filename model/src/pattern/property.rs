//! Unicode properties by the names that ECMA-262 gives them, which Rust spells more loosely.
//!
//! Their characters are those of the Unicode version that `regex-syntax` has.

use super::rust_set::parsed;

/// ECMA-262's table of binary properties, with their aliases.
const BINARY: &str = "\
    AHex Alpha Alphabetic Any ASCII ASCII_Hex_Digit Assigned Bidi_C Bidi_Control Bidi_M \
    Bidi_Mirrored Case_Ignorable Cased Changes_When_Casefolded Changes_When_Casemapped \
    Changes_When_Lowercased Changes_When_NFKC_Casefolded Changes_When_Titlecased \
    Changes_When_Uppercased CI CWCF CWCM CWKCF CWL CWT CWU Dash Default_Ignorable_Code_Point Dep \
    Deprecated DI Dia Diacritic EBase EComp EMod Emoji Emoji_Component Emoji_Modifier \
    Emoji_Modifier_Base Emoji_Presentation EPres Ext Extended_Pictographic Extender ExtPict \
    Gr_Base Gr_Ext Grapheme_Base Grapheme_Extend Hex Hex_Digit ID_Continue ID_Start IDC Ideo \
    Ideographic IDS IDS_Binary_Operator IDS_Trinary_Operator IDSB IDST Join_C Join_Control LOE \
    Logical_Order_Exception Lower Lowercase Math NChar Noncharacter_Code_Point Pat_Syn Pat_WS \
    Pattern_Syntax Pattern_White_Space QMark Quotation_Mark Radical Regional_Indicator RI SD \
    Sentence_Terminal Soft_Dotted space STerm Term Terminal_Punctuation UIdeo Unified_Ideograph \
    Upper Uppercase Variation_Selector VS White_Space XID_Continue XID_Start XIDC XIDS";

/// Values of `General_Category`, from Unicode's PropertyValueAliases.txt.
const GENERAL_CATEGORY: &str = "\
    C Cased_Letter Cc Cf Close_Punctuation Cn cntrl Co Combining_Mark Connector_Punctuation \
    Control Cs Currency_Symbol Dash_Punctuation Decimal_Number digit Enclosing_Mark \
    Final_Punctuation Format Initial_Punctuation L LC Letter Letter_Number Line_Separator Ll Lm Lo \
    Lowercase_Letter Lt Lu M Mark Math_Symbol Mc Me Mn Modifier_Letter Modifier_Symbol N Nd Nl No \
    Nonspacing_Mark Number Open_Punctuation Other Other_Letter Other_Number Other_Punctuation \
    Other_Symbol P Paragraph_Separator Pc Pd Pe Pf Pi Po Private_Use Ps punct Punctuation S Sc \
    Separator Sk Sm So Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned \
    Uppercase_Letter Z Zl Zp Zs";

/// Values of `Script` and `Script_Extensions`, from the same file of Unicode 18.
const SCRIPT: &str = "\
    Adlam Adlm Aghb Ahom Anatolian_Hieroglyphs Arab Arabic Armenian Armi Armn Avestan Avst Bali \
    Balinese Bamu Bamum Bass Bassa_Vah Batak Batk Beng Bengali Berf Beria_Erfe Bhaiksuki Bhks Bopo \
    Bopomofo Brah Brahmi Brai Braille Bugi Buginese Buhd Buhid Cakm Canadian_Aboriginal Cans Cari \
    Carian Caucasian_Albanian Chakma Cham Cher Cherokee Chorasmian Chrs Common Copt Coptic Cpmn \
    Cprt Cuneiform Cypriot Cypro_Minoan Cyrillic Cyrl Deseret Deva Devanagari Diak Dives_Akuru \
    Dogr Dogra Dsrt Dupl Duployan Egyp Egyptian_Hieroglyphs Elba Elbasan Elym Elymaic Ethi \
    Ethiopic Gara Garay Geor Georgian Glag Glagolitic Gong Gonm Goth Gothic Gran Grantha Greek \
    Grek Gujarati Gujr Gukh Gunjala_Gondi Gurmukhi Guru Gurung_Khema Han Hang Hangul Hani \
    Hanifi_Rohingya Hano Hanunoo Hatr Hatran Hebr Hebrew Hira Hiragana Hluw Hmng Hmnp Hrkt Hung \
    Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Ital Java Javanese \
    Jurc Jurchen Kaithi Kali Kana Kannada Katakana Katakana_Or_Hiragana Kawi Kayah_Li Khar \
    Kharoshthi Khitan_Small_Script Khmer Khmr Khoj Khojki Khudawadi Kirat_Rai Kits Knda Krai Kthi \
    Lana Lao Laoo Latin Latn Lepc Lepcha Limb Limbu Lina Linb Linear_A Linear_B Lisu Lyci Lycian \
    Lydi Lydian Mahajani Mahj Maka Makasar Malayalam Mand Mandaic Mani Manichaean Marc Marchen \
    Masaram_Gondi Medefaidrin Medf Meetei_Mayek Mend Mende_Kikakui Merc Mero Meroitic_Cursive \
    Meroitic_Hieroglyphs Miao Mlym Modi Mong Mongolian Mro Mroo Mtei Mult Multani Myanmar Mymr \
    Nabataean Nag_Mundari Nagm Nand Nandinagari Narb Nbat New_Tai_Lue Newa Nko Nkoo Nshu Nushu \
    Nyiakeng_Puachue_Hmong Ogam Ogham Ol_Chiki Ol_Onal Olck Old_Hungarian Old_Italic \
    Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur \
    Onao Oriya Orkh Orya Osage Osge Osma Osmanya Ougr Pahawh_Hmong Palm Palmyrene Pau_Cin_Hau Pauc \
    Pcun Perm Phag Phags_Pa Phli Phlp Phnx Phoenician Plrd Proto_Cuneiform Prti Psalter_Pahlavi \
    Qaac Qaai Rejang Rjng Rohg Runic Runr Samaritan Samr Sarb Saur Saurashtra Seal Sgnw Sharada \
    Shavian Shaw Shrd Sidd Siddham Sidetic Sidt SignWriting Sind Sinh Sinhala Sogd Sogdian Sogo \
    Sora Sora_Sompeng Soyo Soyombo Sund Sundanese Sunu Sunuwar Sylo Syloti_Nagri Syrc Syriac \
    Tagalog Tagb Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takr Takri Tale Talu Tamil Taml Tang \
    Tangsa Tangut Tavt Tayo Telu Telugu Tfng Tglg Thaa Thaana Thai Tibetan Tibt Tifinagh Tirh \
    Tirhuta Tnsa Todhri Todr Tolong_Siki Tols Toto Tulu_Tigalari Tutg Ugar Ugaritic Unknown Vai \
    Vaii Vith Vithkuqi Wancho Wara Warang_Citi Wcho Xpeo Xsux Yezi Yezidi Yi Yiii Zanabazar_Square \
    Zanb Zinh Zyyy Zzzz";

/// A Unicode property that Rust knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Property {
    family: Family,
    /// As ECMA-262 spells it.
    name: &'static str,
}

/// Which of its tables ECMA-262 takes a name from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Binary,
    GeneralCategory,
    Script,
    ScriptExtensions,
}

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PropertyFault {
    /// ECMA-262 has no such property.
    Unknown,
    /// ECMA-262 has the property, and Rust does not.
    Unsupported,
    /// The name is that of a script, which ECMA-262 writes as `Script=…`.
    ScriptAlone,
}

impl Property {
    /// Finds the property that `\p{expression}` names.
    pub(super) fn find(expression: &str) -> Result<Self, PropertyFault> {
        let found = match expression.split_once('=') {
            None => listed(Family::Binary, expression)
                .or_else(|| listed(Family::GeneralCategory, expression)),
            Some(("General_Category" | "gc", value)) => listed(Family::GeneralCategory, value),
            Some(("Script" | "sc", value)) => listed(Family::Script, value),
            Some(("Script_Extensions" | "scx", value)) => listed(Family::ScriptExtensions, value),
            Some(_) => None,
        };
        let Some(property) = found else {
            let script = listed(Family::Script, expression).is_some();
            return Err(if script { PropertyFault::ScriptAlone } else { PropertyFault::Unknown });
        };
        match parsed(&property.text(false)) {
            Some(_) => Ok(property),
            None => Err(PropertyFault::Unsupported),
        }
    }

    /// The property, or its complement, in Rust's syntax.
    pub(super) fn text(self, negated: bool) -> String {
        let (family, name) = match (self.family, self.name) {
            // Surrogates are in no string.
            (Family::GeneralCategory, "Cs" | "Surrogate") => return Self::none(negated),
            (Family::Binary, name) => ("", name),
            (Family::GeneralCategory, name) => ("gc=", name),
            (Family::Script, name) => ("sc=", name),
            (Family::ScriptExtensions, name) => ("scx=", name),
        };
        let escape = if negated { 'P' } else { 'p' };
        format!("\\{escape}{{{family}{name}}}")
    }

    fn none(negated: bool) -> String {
        if negated { r"\p{any}" } else { r"\P{any}" }.to_owned()
    }
}

/// The property of a family that has exactly this name.
fn listed(family: Family, name: &str) -> Option<Property> {
    let names = match family {
        Family::Binary => BINARY,
        Family::GeneralCategory => GENERAL_CATEGORY,
        Family::Script | Family::ScriptExtensions => SCRIPT,
    };
    let name = names.split(' ').find(|listed| *listed == name)?;
    Some(Property { family, name })
}

#[cfg(test)]
mod tests {
    use super::{BINARY, GENERAL_CATEGORY, Property, PropertyFault, SCRIPT};

    /// The names that Rust does not know of a list.
    fn unsupported(names: &str, prefix: &str) -> Vec<String> {
        let names = names.split(' ').map(|name| format!("{prefix}{name}"));
        names.filter(|name| Property::find(name) == Err(PropertyFault::Unsupported)).collect()
    }

    #[test]
    fn few_properties_are_unsupported() {
        assert_eq!(unsupported(BINARY, ""), ["Changes_When_NFKC_Casefolded", "CWKCF"]);
        assert_eq!(unsupported(GENERAL_CATEGORY, ""), [""; 0]);
        assert_eq!(unsupported(GENERAL_CATEGORY, "gc="), [""; 0]);
        // Scripts younger than Rust's tables, and two names that are not of a script.
        let scripts = "Berf Beria_Erfe Hrkt Jurc Jurchen Katakana_Or_Hiragana Pcun Proto_Cuneiform \
                       Seal Sidetic Sidt Tai_Yo Tayo Tolong_Siki Tols Unknown Zzzz";
        for prefix in ["sc=", "scx="] {
            let scripts: Vec<String> =
                scripts.split(' ').map(|name| format!("{prefix}{name}")).collect();
            assert_eq!(unsupported(SCRIPT, prefix), scripts);
        }
    }

    #[test]
    fn names_are_exact() {
        for name in ["", "l", "letter", "LETTER", "Lower_case", "Latin", "Greek", "sc", "scx", "gc"]
        {
            assert!(Property::find(name).is_err(), "{name}");
        }
        for name in ["sc=latin", "Script=", "=Lu", "gc=Latin", "Script=Lu", "Age=V1_1", "isL"] {
            assert_eq!(Property::find(name), Err(PropertyFault::Unknown), "{name}");
        }
    }
}
