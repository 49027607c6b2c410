//! The errors of `jsonschema` into findings: a code, a pointer, what was wanted and what was found.

use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::finding::{Finding, Room};
use crate::instance::Node;
use crate::schema::{Judge, Place, Schemas};
use crate::suggest;
use crate::tape::{Index, Kind, Tape, escape};
use crate::violation::Code;
use crate::wanted::{self, article, join, wanted_types};

/// Everything that `judge` has against the value `node`, each fault once.
pub(crate) fn findings(
    schemas: &Schemas,
    judge: &Judge,
    tape: &Tape<'_>,
    node: Index,
    room: &mut Room,
) -> Vec<Finding> {
    let mut explainer = Explainer { schemas, tape, room, findings: Vec::new() };
    for error in judge.iter_errors(Node::new(tape, node)) {
        explainer.explain(&error);
    }
    let mut findings = explainer.findings;
    let mistyped = findings.iter().filter(|finding| finding.code == Code::Type);
    let mistyped: HashSet<Index> = mistyped.map(|finding| finding.node).collect();
    // A wrong type says nothing more about that value.
    findings.retain(|finding| {
        matches!(finding.code, Code::Type | Code::Forbidden) || !mistyped.contains(&finding.node)
    });
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.code, finding.pointer.clone())));
    findings
}

/// The kind of a value, as a report names it.
pub(crate) fn kind_of(tape: &Tape<'_>, node: Index) -> &'static str {
    match tape.kind(node) {
        Kind::Object => "an object",
        Kind::Array => "an array",
        Kind::String => "a string",
        Kind::Number => "a number",
        Kind::True | Kind::False => "a boolean",
        Kind::Null => "null",
    }
}

struct Explainer<'a> {
    schemas: &'a Schemas,
    tape: &'a Tape<'a>,
    room: &'a mut Room,
    findings: Vec<Finding>,
}

impl Explainer<'_> {
    fn explain(&mut self, error: &ValidationError<'_>) {
        let node = Node::index_of(error);
        let place = self.place(error);
        let (code, want) = match error.kind() {
            ValidationErrorKind::Type { kind } => {
                return self.mistyped(node, &place, &wanted_types(kind));
            }
            ValidationErrorKind::Required { property } => {
                return self.missing(node, &place, property.as_str().unwrap_or_default());
            }
            ValidationErrorKind::FalseSchema => return self.forbidden(node, &place),
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                for name in unexpected {
                    if let Some(member) = self.tape.member(node, name) {
                        self.forbidden(member, &place);
                    }
                }
                return;
            }
            ValidationErrorKind::AnyOf { context }
            | ValidationErrorKind::OneOfNotValid { context } => {
                return self.no_branch(node, &place, context);
            }
            ValidationErrorKind::Enum { options } => {
                return self.unlisted(node, &place, options, &[]);
            }
            kind => wanted::value(kind),
        };
        let got = match code {
            Code::Const
            | Code::Format
            | Code::Pattern
            | Code::Range
            | Code::Length
            | Code::Items => other_of(self.tape, node),
            _ => kind_of(self.tape, node).to_owned(),
        };
        self.push(code, node, &place, want, got, None);
    }

    /// A finding about a value itself.
    fn push(
        &mut self,
        code: Code,
        node: Index,
        place: &Place,
        want: String,
        got: String,
        help: Option<String>,
    ) {
        let Some(pointer) = self.room.take(|| self.tape.pointer(node)) else {
            return;
        };
        self.findings.push(Finding {
            code,
            node,
            pointer,
            span: self.tape.span(node),
            want,
            got,
            schema: Some(self.schemas.name(place)),
            help,
        });
    }

    fn mistyped(&mut self, node: Index, place: &Place, types: &[&str]) {
        let integral = types.contains(&"integer") && !types.contains(&"number");
        let got = match self.tape.kind(node) {
            Kind::Number if integral => "a number with a fraction",
            _ => kind_of(self.tape, node),
        };
        let want = join(types.iter().map(|name| article(name)));
        self.push(Code::Type, node, place, want, got.to_owned(), None);
    }

    fn missing(&mut self, object: Index, place: &Place, name: &str) {
        let lookalike =
            suggest::undocumented_lookalike(self.schemas, place, self.tape, object, name);
        let pointer = || format!("{}/{}", self.tape.pointer(object), escape(name));
        let Some(pointer) = self.room.take(pointer) else {
            return;
        };
        self.findings.push(Finding {
            code: Code::Required,
            node: object,
            pointer,
            span: self.tape.span(object),
            want: format!("the member {}", Value::from(name)),
            got: "an object without it".to_owned(),
            schema: Some(self.schemas.name(place)),
            help: lookalike
                .map(|found| format!("`{found}` is not documented: should it be `{name}`?")),
        });
    }

    fn forbidden(&mut self, member: Index, place: &Place) {
        let Some(span) = self.tape.name_span(member) else {
            let want = "no value here".to_owned();
            return self.push(
                Code::Forbidden,
                member,
                place,
                want,
                kind_of(self.tape, member).to_owned(),
                None,
            );
        };
        let Some(pointer) = self.room.take(|| self.tape.pointer(member)) else {
            return;
        };
        let name = self.tape.name(member).unwrap_or_default();
        self.findings.push(Finding {
            code: Code::Forbidden,
            node: member,
            pointer,
            span,
            want: format!("no member {}", Value::from(&*name)),
            got: "one".to_owned(),
            schema: Some(self.schemas.name(place)),
            help: None,
        });
    }

    fn unlisted(&mut self, node: Index, place: &Place, options: &Value, patterns: &[&str]) {
        let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut wants: Vec<String> = match options {
            [one] => vec![one.to_string()],
            several => vec![format!(
                "one of {}",
                several.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
            )],
        };
        wants.extend(patterns.iter().map(|pattern| format!("a string that matches `{pattern}`")));
        let help = self.tape.string(node).and_then(|text| {
            let near = suggest::nearest(&text, options.iter().filter_map(Value::as_str))?;
            Some(format!("did you mean {}?", Value::from(near)))
        });
        let got = other_of(self.tape, node);
        self.push(Code::Enum, node, place, wants.join(", or "), got, help);
    }

    /// A value that fits none of several schemas.
    fn no_branch(
        &mut self,
        node: Index,
        place: &Place,
        branches: &[Vec<ValidationError<'static>>],
    ) {
        if let Some((options, patterns)) = self.vocabulary(place) {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            return self.unlisted(node, place, &options, &patterns);
        }
        let mistyped = |branch: &&Vec<ValidationError<'static>>| {
            branch.iter().any(|error| {
                Node::index_of(error) == node
                    && matches!(error.kind(), ValidationErrorKind::Type { .. })
            })
        };
        let (wrong, right): (Vec<_>, Vec<_>) = branches.iter().partition(mistyped);
        match right.as_slice() {
            [] => {
                let kinds =
                    wrong.iter().copied().flatten().filter_map(|error| match error.kind() {
                        ValidationErrorKind::Type { kind } if Node::index_of(error) == node => {
                            Some(wanted_types(kind))
                        }
                        _ => None,
                    });
                let mut types: Vec<&str> = kinds.flatten().collect();
                let mut seen = std::collections::BTreeSet::new();
                types.retain(|name| seen.insert(*name));
                self.mistyped(node, place, &types);
            }
            // The one branch for values of this type is the one meant.
            [meant] => {
                for error in *meant {
                    self.explain(error);
                }
            }
            _ => {
                let want = "a value that fits a branch of the union".to_owned();
                self.push(
                    Code::Union,
                    node,
                    place,
                    want,
                    kind_of(self.tape, node).to_owned(),
                    None,
                );
            }
        }
    }

    /// The values and patterns of a union that only lists strings.
    fn vocabulary(&self, place: &Place) -> Option<(Value, Vec<String>)> {
        let branches = self.schemas.get(place)?.as_array()?;
        let (mut values, mut patterns) = (Vec::new(), Vec::new());
        for branch in branches {
            match (branch.get("enum"), branch.get("const"), branch.get("pattern")) {
                (Some(Value::Array(listed)), None, None) => values.extend(listed.iter().cloned()),
                (None, Some(value), None) => values.push(value.clone()),
                (None, None, Some(Value::String(pattern))) => patterns.push(pattern.clone()),
                _ => return None,
            }
        }
        (!values.is_empty()).then_some((Value::Array(values), patterns))
    }

    fn place(&self, error: &ValidationError<'_>) -> Place {
        let location =
            error.absolute_keyword_location().map(|location| location.as_str().to_owned());
        location.and_then(|location| self.schemas.place(&location)).unwrap_or_else(|| Place {
            file: String::new(),
            pointer: error.schema_path().as_str().to_owned(),
        })
    }
}

/// What is there where a value of the right type is not the right one.
fn other_of(tape: &Tape<'_>, node: Index) -> String {
    match tape.kind(node) {
        Kind::String => "another string".to_owned(),
        Kind::Number => "another number".to_owned(),
        Kind::Object => "another object".to_owned(),
        Kind::Array => "another array".to_owned(),
        Kind::True | Kind::False => "the other boolean".to_owned(),
        Kind::Null => "null".to_owned(),
    }
}
