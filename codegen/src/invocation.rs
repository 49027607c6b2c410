//! Invocations of the runtime's macros: as tokens, and laid out as a person would write them.
//!
//! prettyplease does not lay out macros. The text here comes from tokens alone, so nothing that a
//! schema says can end a literal or begin an item.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::format_ident;

/// One level of indentation.
const INDENT: &str = "    ";

/// `offhook_runtime::__private::name! { Type { lines } is mode if |it| condition }`, or the same in parentheses and
/// without lines.
pub(crate) struct Invocation {
    name: Ident,
    /// The type's name, and what belongs to it.
    head: TokenStream,
    /// The lines in braces after the head, if the macro takes any.
    lines: Option<Vec<Line>>,
    mode: Option<Ident>,
    /// `if` or `or`, and what must hold of `it`.
    condition: Option<(Ident, Vec<TokenStream>)>,
    /// The names in it that a file must import.
    pub(crate) imports: Vec<&'static str>,
}

/// A line, without the comma that ends it.
pub(crate) enum Line {
    /// Tokens, and what must hold of `it` where they do.
    Tokens(TokenStream, Vec<TokenStream>),
    /// Tokens, and lines in delimiters after them.
    Block(TokenStream, Delimiter, Vec<Line>),
    /// The field that keeps all other members, which no comma ends.
    Rest(TokenStream),
}

impl Invocation {
    pub(crate) fn new(name: &str, head: TokenStream) -> Self {
        Self {
            name: format_ident!("{name}"),
            head,
            lines: None,
            mode: None,
            condition: None,
            imports: Vec::new(),
        }
    }

    pub(crate) fn with_lines(self, lines: Vec<Line>) -> Self {
        Self { lines: Some(lines), ..self }
    }

    pub(crate) fn with_mode(self, mode: Option<Ident>) -> Self {
        Self { mode, ..self }
    }

    /// `keyword |it| holds`, if there is anything to hold.
    pub(crate) fn with_condition(self, keyword: &str, holds: &[TokenStream]) -> Self {
        let condition = (!holds.is_empty()).then(|| (format_ident!("{keyword}"), holds.to_vec()));
        Self { condition, ..self }
    }

    pub(crate) fn with_imports(self, imports: Vec<&'static str>) -> Self {
        Self { imports, ..self }
    }

    /// The text of the item, with a line break at its end.
    pub(crate) fn text(&self) -> String {
        let Self { name, head, lines, mode, condition, .. } = self;
        let head = inline(head);
        let mode = mode.as_ref().map(|mode| format!(" is {mode}")).unwrap_or_default();
        let condition = |before: &str| match condition {
            Some((keyword, holds)) => format!("{before}{keyword} {}", of_it(holds)),
            None => String::new(),
        };
        match lines {
            None => {
                format!("offhook_runtime::__private::{name}!({head}{mode}{});\n", condition(" "))
            }
            Some(lines) => {
                let mut text =
                    format!("offhook_runtime::__private::{name}! {{\n{INDENT}{head} {{\n");
                for line in lines {
                    line.write(&mut text, 2);
                }
                text + INDENT + "}" + &mode + &condition("\n    ") + "\n}\n"
            }
        }
    }
}

impl Line {
    fn write(&self, text: &mut String, depth: usize) {
        let indent = INDENT.repeat(depth);
        text.push_str(&indent);
        match self {
            Self::Tokens(tokens, holds) => {
                text.push_str(&inline(tokens));
                if !holds.is_empty() {
                    text.push_str(" if ");
                    text.push_str(&of_it(holds).replace('\n', &format!("\n{indent}")));
                }
            }
            Self::Block(head, delimiter, lines) => {
                let (open, close) = match delimiter {
                    Delimiter::Bracket => ("[", "]"),
                    _ => (" {", "}"),
                };
                text.push_str(&inline(head));
                text.push_str(open);
                if !lines.is_empty() {
                    text.push('\n');
                    for line in lines {
                        line.write(text, depth + 1);
                    }
                    text.push_str(&indent);
                }
                text.push_str(close);
            }
            Self::Rest(tokens) => text.push_str(&inline(tokens)),
        }
        text.push_str(if matches!(self, Self::Rest(_)) { "\n" } else { ",\n" });
    }
}

/// A closure over `it` that all of several conditions are.
fn of_it(holds: &[TokenStream]) -> String {
    let holds: Vec<String> = holds.iter().map(inline).collect();
    format!("|it| {}", holds.join("\n        && "))
}

/// Tokens on one line, spaced as rustfmt would.
fn inline(tokens: &TokenStream) -> String {
    let mut line = Inline::default();
    line.write(tokens.clone());
    line.text
}

#[derive(Default)]
struct Inline {
    text: String,
    before: Before,
    /// Whether the parameters of a closure have begun.
    in_closure: bool,
}

/// What stands before a token, and how that spaces it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Before {
    /// Nothing, or what clings to the next token.
    #[default]
    Start,
    /// A name, which clings to the arguments after it.
    Name,
    /// The bang after a macro's name.
    Bang,
    /// Another operand.
    Operand,
    /// An operator, or punctuation after which a space stands.
    Operator,
}

impl Inline {
    fn write(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => {
                    self.space(self.before != Before::Start);
                    self.push(&ident.to_string(), Before::Name);
                }
                TokenTree::Literal(literal) => {
                    self.space(self.before != Before::Start);
                    self.push(&literal.to_string(), Before::Operand);
                }
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => {
                    let mut operator = punct.as_char().to_string();
                    let mut spacing = punct.spacing();
                    while spacing == Spacing::Joint
                        && let Some(TokenTree::Punct(next)) = tokens.peek()
                    {
                        operator.push(next.as_char());
                        spacing = next.spacing();
                        tokens.next();
                    }
                    let calls = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                    self.punctuation(&operator, calls);
                }
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let clings = matches!(self.before, Before::Start | Before::Name | Before::Bang);
        self.space(!clings);
        self.push(open, Before::Start);
        self.write(group.stream());
        self.push(close, Before::Operand);
    }

    fn punctuation(&mut self, operator: &str, calls: bool) {
        let after_operand = matches!(self.before, Before::Name | Before::Operand);
        match operator {
            "." | "::" | ".." => self.push(operator, Before::Start),
            "," | ";" | ":" => self.push(operator, Before::Operator),
            "!" if self.before == Before::Name && calls => self.push("!", Before::Bang),
            "|" if self.in_closure => {
                self.in_closure = false;
                self.push("|", Before::Operator);
            }
            "|" if !after_operand => {
                self.in_closure = true;
                self.space(self.before != Before::Start);
                self.push("|", Before::Start);
            }
            "!" | "&" | "*" | "-" if !after_operand => {
                self.space(self.before != Before::Start);
                self.push(operator, Before::Start);
            }
            _ => {
                self.space(true);
                self.push(operator, Before::Operator);
            }
        }
    }

    fn space(&mut self, wanted: bool) {
        if wanted {
            self.text.push(' ');
        }
    }

    fn push(&mut self, text: &str, before: Before) {
        self.text.push_str(text);
        self.before = before;
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::inline;

    #[test]
    fn tokens_are_spaced_as_a_person_would() {
        let lines = [
            (
                quote!(r#type: "type" only(EventType::CallEnd)),
                r#"r#type: "type" only(EventType::CallEnd)"#,
            ),
            (quote!(..additional_properties), "..additional_properties"),
            (quote!(required: &["a", "b"]), r#"required: &["a", "b"]"#),
            (
                quote!(it.0.a.as_ref().is_none_or(|it| !it.is_empty())),
                "it.0.a.as_ref().is_none_or(|it| !it.is_empty())",
            ),
            (quote!(*it >= -5 && it.b % 2 == 0), "*it >= -5 && it.b % 2 == 0"),
            (
                quote!(any(&[*it == 1.5_f64, not(it.c)]) || d(&it.e)),
                "any(&[*it == 1.5_f64, not(it.c)]) || d(&it.e)",
            ),
            (quote!(matches!(it.as_str(), "a" | "b")), r#"matches!(it.as_str(), "a" | "b")"#),
            (quote!(Called("x" | "y") => ), r#"Called("x" | "y") =>"#),
        ];
        for (tokens, text) in lines {
            assert_eq!(inline(&tokens), text);
        }
    }

    #[test]
    fn a_literal_stays_one() {
        let hostile = "\"\n}\r const X: u8 = 1; // */";
        assert_eq!(inline(&quote!(a: #hostile)), r#"a: "\"\n}\r const X: u8 = 1; // */""#);
    }
}
