//! Which branch of an `anyOf` or `oneOf` a value is meant for: told by its JSON type, or by the tag
//! that the model has found.

use offhook_model::graph::{Tag, TagValue, Union, tag_key};
use offhook_model::{SchemaId, TypeSet};

use super::compiled::CompiledGraph;
use crate::json::node::Node;
use crate::json::tape::Kind;

/// What a value that fits no branch was meant for.
pub(crate) enum Meant<'a> {
    One(SchemaId),
    /// These, for all that can be told; two at least.
    Several(Vec<SchemaId>),
    /// None, as no branch takes values of this type.
    OtherType,
    /// None, as the tag has a value that no branch has.
    UnknownTag(&'a Tag, Node<'a>),
    /// None, as an object lacks the tag or what it stands in, which is called so.
    NoTag(Node<'a>, &'a str),
}

/// Which branch of `union` the value `node` was meant for.
pub(crate) fn meant<'a>(union: &'a Union, graph: &CompiledGraph, node: Node<'a>) -> Meant<'a> {
    let fitting = fitting(union, graph, node);
    match (&union.tag, fitting.as_slice()) {
        _ if union.branches.len() == 1 => Meant::One(union.branches[0]),
        (_, []) => Meant::OtherType,
        (_, [one]) => Meant::One(*one),
        (Some(tag), _) if node.kind() == Kind::Object => match find(tag, node) {
            Found::Value(value) => match branch(tag, value) {
                Some(branch) => Meant::One(branch),
                None => Meant::UnknownTag(tag, value),
            },
            Found::Missing(object, name) => match tag.other {
                Some(other) => Meant::One(other),
                None if tag.is_required => Meant::NoTag(object, name),
                None => Meant::Several(fitting),
            },
            Found::Nothing => Meant::Several(fitting),
        },
        _ => Meant::Several(fitting),
    }
}

/// The branches of `union` that take values of this type.
pub(crate) fn fitting(union: &Union, graph: &CompiledGraph, node: Node<'_>) -> Vec<SchemaId> {
    let ty = node.types();
    let fits = |branch: &SchemaId| graph.get(*branch).types.contains(ty);
    union.branches.iter().copied().filter(fits).collect()
}

/// What stands where a tag should.
enum Found<'a> {
    Value(Node<'a>),
    Missing(Node<'a>, &'a str),
    /// Something that has no members stands on the way.
    Nothing,
}

fn find<'a>(tag: &'a Tag, object: Node<'a>) -> Found<'a> {
    let mut node = object;
    for name in &tag.path {
        if node.kind() != Kind::Object {
            return Found::Nothing;
        }
        match node.member(name) {
            Some(member) => node = member,
            None => return Found::Missing(node, name),
        }
    }
    Found::Value(node)
}

/// The branch that a tag of this value is of.
fn branch(tag: &Tag, value: Node<'_>) -> Option<SchemaId> {
    let string = value.string();
    let key = match value.kind() {
        Kind::String => string.as_deref().map(TagValue::String),
        Kind::Number => value.scalar().map(|scalar| TagValue::Number(scalar.text)),
        Kind::True => Some(TagValue::Bool(true)),
        Kind::False => Some(TagValue::Bool(false)),
        Kind::Null => Some(TagValue::Null),
        Kind::Array | Kind::Object => None,
    };
    key.and_then(|key| tag.branch(&tag_key(key))).or(tag.other)
}

/// Whether a tag's values are of the type of `value`.
pub(crate) fn is_of_tag_type(tag: &Tag, value: Node<'_>) -> bool {
    let types = if tag.types().intersects(TypeSet::NUMBER) {
        tag.types() | TypeSet::NUMBER
    } else {
        tag.types()
    };
    types.contains(value.types())
}
