//! Invocations of the runtime's macros: as tokens, and laid out as a person would write them.
//!
//! prettyplease does not lay out macros. The text here comes from tokens alone, so nothing that a
//! schema says can end a literal or begin an item.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident};
use syn::Expr;

use crate::decoder::Condition;

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
    /// What must hold of `it`.
    condition: Condition,
    /// What must hold of `it` where no value is listed.
    alternative: Condition,
    /// The names in it that a file must import.
    pub(crate) imports: Vec<&'static str>,
}

/// A line, without the comma that ends it.
pub(crate) enum Line {
    /// Tokens, and what must hold of `it` where they do.
    Tokens(TokenStream, Condition),
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
            condition: Condition::True,
            alternative: Condition::False,
            imports: Vec::new(),
        }
    }

    pub(crate) fn with_lines(self, lines: Vec<Line>) -> Self {
        Self { lines: Some(lines), ..self }
    }

    pub(crate) fn with_mode(self, mode: Option<Ident>) -> Self {
        Self { mode, ..self }
    }

    /// `if |it| condition`, unless it always holds.
    pub(crate) fn with_condition(self, condition: &Condition) -> Self {
        Self { condition: condition.clone(), ..self }
    }

    /// `or |it| condition`, unless it never holds.
    pub(crate) fn with_alternative(self, condition: &Condition) -> Self {
        Self { alternative: condition.clone(), ..self }
    }

    pub(crate) fn with_imports(self, imports: Vec<&'static str>) -> Self {
        Self { imports, ..self }
    }

    /// The expressions in it, which may call functions that a file must import.
    pub(crate) fn expressions(&self) -> Vec<Expr> {
        let lines = self.lines.iter().flatten().filter_map(|line| match line {
            Line::Tokens(_, condition) => Some(condition),
            Line::Block(..) | Line::Rest(_) => None,
        });
        let conditions = lines.chain([&self.condition, &self.alternative]);
        conditions.flat_map(Condition::lines).collect()
    }

    /// The text of the item, with a line break at its end.
    pub(crate) fn text(&self) -> String {
        let Self { name, head, lines, mode, condition, alternative, .. } = self;
        let head = inline(head);
        let mode = mode.as_ref().map(|mode| format!(" is {mode}")).unwrap_or_default();
        let condition = |before: &str| match (condition, alternative) {
            (condition, Condition::False) => match closure(condition) {
                Some(closure) => format!("{before}if {closure}"),
                None => String::new(),
            },
            (_, other) => {
                let any = || "|_it| true".to_owned();
                format!("{before}or {}", closure(other).unwrap_or_else(any))
            }
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
            Self::Tokens(tokens, condition) => {
                text.push_str(&inline(tokens));
                if let Some(closure) = closure(condition) {
                    text.push_str(" if ");
                    text.push_str(&closure.replace('\n', &format!("\n{indent}")));
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

/// A closure over `it` that is a condition, unless this always holds.
fn closure(condition: &Condition) -> Option<String> {
    let lines = condition.lines();
    let lines: Vec<String> = lines.iter().map(|line| inline(&line.to_token_stream())).collect();
    (!lines.is_empty()).then(|| format!("|it| {}", lines.join("\n        && ")))
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
                quote!(any(&[*it == 1.5_f64, !it.c]) || !(d(&it.e) && it.f)),
                "any(&[*it == 1.5_f64, !it.c]) || !(d(&it.e) && it.f)",
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
