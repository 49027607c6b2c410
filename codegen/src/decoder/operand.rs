//! The value that a condition checks, as the Rust expressions of it that conditions need.

use syn::{Expr, parse_quote};

/// The value that a condition checks.
#[derive(Clone)]
pub(super) struct Operand {
    /// An expression of it.
    pub(super) expr: Expr,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The value.
    Value,
    /// A reference to the value.
    Reference,
    /// A `&str`.
    Text,
}

impl Operand {
    /// What `expr` evaluates to.
    pub(super) fn value(expr: Expr) -> Self {
        Self { expr, form: Form::Value }
    }

    /// `it`, which is a reference to the value.
    pub(super) fn reference() -> Self {
        Self { expr: parse_quote!(it), form: Form::Reference }
    }

    /// `it`, which is a `&str`.
    pub(super) fn text() -> Self {
        Self { expr: parse_quote!(it), form: Form::Text }
    }

    /// An expression of the value itself, which is `Copy`.
    pub(super) fn copied(&self) -> Expr {
        let expr = &self.expr;
        match self.form {
            Form::Reference => parse_quote!(*#expr),
            _ => expr.clone(),
        }
    }

    /// An expression of the `&str` that it is or holds.
    pub(super) fn as_str(&self) -> Expr {
        let expr = &self.expr;
        if self.form == Form::Text { expr.clone() } else { parse_quote!(#expr.as_str()) }
    }

    /// An expression of a reference to it.
    pub(super) fn as_reference(&self) -> Expr {
        let expr = &self.expr;
        match self.form {
            Form::Value => parse_quote!(&#expr),
            _ => expr.clone(),
        }
    }
}
