//! What must hold of a value, as data: simplified here, and made Rust by one function.

use quote::format_ident;
use syn::{BinOp, Expr, Ident, UnOp, parse_quote};

/// What must hold of a value.
#[derive(Clone, Default)]
pub(crate) enum Condition {
    #[default]
    True,
    False,
    /// All of several conditions hold.
    All(Vec<Self>),
    /// One of several conditions holds, or more than one.
    Any(Vec<Self>),
    /// One of several conditions holds, and no other.
    One(Vec<Self>),
    /// A condition does not hold.
    Not(Box<Self>),
    /// An expression that is true just where the schema is met.
    Exactly(Expr),
    /// An expression that is true only where the schema is met. Where it is false, nobody knows: it
    /// must not be negated.
    Surely(Expr),
    /// A condition holds of every element: `collection.values().all(|it| condition)`.
    Each {
        collection: Expr,
        elements: Ident,
        condition: Box<Self>,
    },
    /// A condition holds of what an `Option` has in it, or else `if_absent`.
    Inside {
        option: Expr,
        condition: Box<Self>,
        if_absent: bool,
    },
}

impl Condition {
    /// All of `conditions`.
    pub(super) fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for condition in conditions {
            match condition {
                Self::True => {}
                Self::False => return Self::False,
                Self::All(several) => all.extend(several),
                one => all.push(one),
            }
        }
        match all.len() {
            0 => Self::True,
            1 => all.remove(0),
            _ => Self::All(all),
        }
    }

    /// At least one of `conditions`.
    pub(super) fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for condition in conditions {
            match condition {
                Self::False => {}
                Self::True => return Self::True,
                Self::Any(several) => any.extend(several),
                one => any.push(one),
            }
        }
        match any.len() {
            0 => Self::False,
            1 => any.remove(0),
            _ => Self::Any(any),
        }
    }

    /// Exactly one of `conditions`; `None` if it is not sure where one of them fails.
    pub(super) fn one(conditions: Vec<Self>) -> Option<Self> {
        conditions.iter().all(Self::is_exact).then_some(())?;
        let length = conditions.len();
        let mut some: Vec<Self> = conditions.into_iter().filter(|it| !it.is_true()).collect();
        let always = length - some.len();
        some.retain(|condition| !condition.is_false());
        match (always, some.len()) {
            (0, 0) | (2.., _) => Some(Self::False),
            (0, 1) => Some(some.remove(0)),
            (0, _) => Some(Self::One(some)),
            (1, _) => Self::any(some).negated(),
        }
    }

    /// `self` only where `consequence`; `None` if it is not sure where `self` fails.
    pub(super) fn implies(self, consequence: Self) -> Option<Self> {
        Some(Self::any([self.negated()?, consequence]))
    }

    /// The opposite; `None` if it is not sure where `self` fails.
    pub(super) fn negated(self) -> Option<Self> {
        self.is_exact().then_some(())?;
        Some(match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Not(condition) => *condition,
            Self::All(several) => Self::any(opposites(several)?),
            Self::Any(several) => Self::all(opposites(several)?),
            Self::Inside { option, condition, if_absent } => {
                let condition = Box::new(condition.negated()?);
                Self::Inside { option, condition, if_absent: !if_absent }
            }
            other => Self::Not(Box::new(other)),
        })
    }

    /// `self` of every element of `collection`, which the method `elements` gives.
    pub(super) fn of_each(self, collection: &Expr, elements: &str) -> Self {
        let collection = collection.clone();
        match self {
            Self::True => Self::True,
            Self::False => Self::Exactly(parse_quote!(#collection.is_empty())),
            condition => {
                let elements = format_ident!("{elements}");
                Self::Each { collection, elements, condition: Box::new(condition) }
            }
        }
    }

    /// `self` of what is in an `Option`, which may be empty.
    pub(super) fn if_present(self, option: Expr) -> Self {
        match self {
            Self::True => Self::True,
            Self::False => Self::Exactly(parse_quote!(#option.is_none())),
            condition => Self::Inside { option, condition: Box::new(condition), if_absent: true },
        }
    }

    /// Whether it holds of every value.
    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::True)
    }

    /// Whether it holds of no value.
    pub(super) fn is_false(&self) -> bool {
        matches!(self, Self::False)
    }

    /// Whether it fails just where the schema is not met.
    fn is_exact(&self) -> bool {
        match self {
            Self::True | Self::False | Self::Exactly(_) => true,
            Self::Surely(_) => false,
            Self::All(several) | Self::Any(several) | Self::One(several) => {
                several.iter().all(Self::is_exact)
            }
            Self::Not(condition)
            | Self::Each { condition, .. }
            | Self::Inside { condition, .. } => condition.is_exact(),
        }
    }

    /// The expressions that must all be true, to be written one below the other.
    pub(crate) fn lines(&self) -> Vec<Expr> {
        match self {
            Self::True => Vec::new(),
            Self::All(several) => {
                several.iter().map(|one| operand(one.expr(), Precedence::And)).collect()
            }
            one => vec![one.expr()],
        }
    }

    /// The condition in Rust.
    fn expr(&self) -> Expr {
        match self {
            Self::True => parse_quote!(true),
            Self::False => parse_quote!(false),
            Self::Exactly(expr) | Self::Surely(expr) => expr.clone(),
            Self::All(several) => joined(several, Precedence::And, &parse_quote!(&&)),
            Self::Any(several) => joined(several, Precedence::Or, &parse_quote!(||)),
            Self::One(several) => match several.as_slice() {
                [one, other] => {
                    let [one, other] =
                        [one, other].map(|it| operand(it.expr(), Precedence::Operand));
                    parse_quote!(#one != #other)
                }
                several => {
                    let several = several.iter().map(Self::expr);
                    parse_quote!(exactly_one([#(#several),*]))
                }
            },
            Self::Not(condition) => negation(condition.expr()),
            Self::Each { collection, elements, condition } => {
                let condition = condition.expr();
                parse_quote!(#collection.#elements().all(|it| #condition))
            }
            Self::Inside { option, condition, if_absent } => {
                let condition = condition.expr();
                if *if_absent {
                    parse_quote!(#option.is_none_or(|it| #condition))
                } else {
                    parse_quote!(#option.is_some_and(|it| #condition))
                }
            }
        }
    }
}

fn opposites(conditions: Vec<Condition>) -> Option<Vec<Condition>> {
    conditions.into_iter().map(Condition::negated).collect()
}

/// How strongly an operator binds its operands, the weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Or,
    And,
    Comparison,
    Operand,
}

impl Precedence {
    fn of(expr: &Expr) -> Self {
        match expr {
            Expr::Binary(binary) => match binary.op {
                BinOp::Or(_) => Self::Or,
                BinOp::And(_) => Self::And,
                _ => Self::Comparison,
            },
            _ => Self::Operand,
        }
    }
}

/// `expr` as an operand of an operator: in parentheses where it would bind less.
fn operand(expr: Expr, operator: Precedence) -> Expr {
    if Precedence::of(&expr) < operator { parse_quote!((#expr)) } else { expr }
}

fn joined(conditions: &[Condition], precedence: Precedence, operator: &BinOp) -> Expr {
    let operands = conditions.iter().map(|condition| operand(condition.expr(), precedence));
    let joined = operands.reduce(|all, one| parse_quote!(#all #operator #one));
    joined.unwrap_or_else(|| Condition::True.expr())
}

/// The opposite of `expr`, as it would be typed.
fn negation(expr: Expr) -> Expr {
    match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => *unary.expr,
        Expr::Binary(mut binary) if matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)) => {
            let is_equal = matches!(binary.op, BinOp::Eq(_));
            binary.op = if is_equal { parse_quote!(!=) } else { parse_quote!(==) };
            Expr::Binary(binary)
        }
        Expr::MethodCall(mut call) if call.method == "is_some" || call.method == "is_none" => {
            let opposite = if call.method == "is_some" { "is_none" } else { "is_some" };
            call.method = format_ident!("{opposite}");
            Expr::MethodCall(call)
        }
        expr => {
            let expr = operand(expr, Precedence::Operand);
            parse_quote!(!#expr)
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;
    use syn::parse_quote;

    use super::Condition;

    fn text(condition: Option<&Condition>) -> String {
        let lines = condition.map(Condition::lines);
        let lines = lines.into_iter().flatten().map(|line| line.to_token_stream().to_string());
        lines.collect::<Vec<_>>().join(" ;; ")
    }

    #[test]
    fn conditions_are_simplified_and_in_parentheses_where_they_must_be() {
        use Condition::{False, True};

        let a = || Condition::Exactly(parse_quote!(a));
        let b = || Condition::Exactly(parse_quote!(b));
        let equal = || Condition::Exactly(parse_quote!(x == 1));
        let present = || Condition::Exactly(parse_quote!(x.is_some()));
        let either = || Condition::any([a(), b()]);
        let both = || Condition::all([a(), b()]);
        let inside = || equal().if_present(parse_quote!(o));
        for (condition, wanted) in [
            (Some(True), ""),
            (Some(Condition::all([True, both(), equal()])), "a ;; b ;; x == 1"),
            (Some(Condition::all([either(), a()])), "(a || b) ;; a"),
            (Some(Condition::all([a(), False])), "false"),
            (Some(Condition::any([both(), False, either()])), "a && b || a || b"),
            (Some(Condition::any([a(), True])), ""),
            (Some(Condition::any([])), "false"),
            (a().negated(), "! a"),
            (equal().negated(), "x != 1"),
            (present().negated(), "x . is_none ()"),
            (either().negated(), "! a ;; ! b"),
            (Condition::one(vec![a(), b()]).and_then(Condition::negated), "a == b"),
            (both().negated().and_then(Condition::negated), "a ;; b"),
            (both().implies(equal()), "! a || ! b || x == 1"),
            (present().implies(both()), "x . is_none () || a && b"),
            (a().implies(True), ""),
            (inside().negated(), "o . is_some_and (| it | x != 1)"),
            (Some(False.if_present(parse_quote!(o))), "o . is_none ()"),
            (Some(either().of_each(&parse_quote!(c), "iter")), "c . iter () . all (| it | a || b)"),
            (Condition::one(vec![a(), equal()]), "a != (x == 1)"),
            (Condition::one(vec![a(), b(), both()]), "exactly_one ([a , b , a && b])"),
            (Condition::one(vec![a(), False]), "a"),
            (Condition::one(vec![a(), True]), "! a"),
            (Condition::one(vec![True, True, a()]), "false"),
        ] {
            assert_eq!(text(condition.as_ref()), wanted);
        }
    }

    #[test]
    fn what_is_not_sure_is_not_negated() {
        let surely = || Condition::Surely(parse_quote!(a));
        let each = surely().of_each(&parse_quote!(c), "iter");
        assert!(each.negated().is_none());
        assert!(surely().implies(Condition::True).is_none());
        assert!(Condition::one(vec![surely(), Condition::False]).is_none());
        assert!(surely().if_present(parse_quote!(o)).negated().is_none());
    }
}
