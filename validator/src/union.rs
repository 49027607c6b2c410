//! Which branch of an `anyOf` or `oneOf` a value is meant for: told by its JSON type, or by a tag,
//! which is a member that each branch pins to values of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::instance::Node;
use crate::rules::{RuleId, Rules};
use crate::tape::Kind;
use crate::types::Types;

/// How far below an object its tag may stand.
const TAG_DEPTH: usize = 2;

/// How many unions in unions are looked into for a tag.
const TAG_NESTING: usize = 3;

/// The schemas of an `anyOf` or `oneOf`.
pub(crate) struct Union {
    pub(crate) keyword: &'static str,
    pub(crate) branches: Vec<RuleId>,
    pub(crate) tag: Option<Tag>,
}

/// A member by which the branches for objects are told apart.
pub(crate) struct Tag {
    /// The names of members that lead to it.
    pub(crate) path: Vec<String>,
    /// All its values, in the order of the branches.
    pub(crate) values: Vec<Value>,
    /// The branch of each value, by [`key_of_value`].
    branches: HashMap<String, RuleId>,
    /// The one branch that does not pin it.
    other: Option<RuleId>,
    /// Whether every branch requires it.
    required: bool,
}

/// What a value that fits no branch was meant for.
pub(crate) enum Meant<'a> {
    One(RuleId),
    /// These, for all that can be told; two at least.
    Several(Vec<RuleId>),
    /// None, as no branch takes values of this type.
    OtherType,
    /// None, as the tag has a value that no branch has.
    UnknownTag(&'a Tag, Node<'a>),
    /// None, as an object lacks the tag or what it stands in, which is called so.
    NoTag(Node<'a>, &'a str),
}

impl Union {
    /// Which branch `node` was meant for.
    pub(crate) fn meant<'a>(&'a self, rules: &Rules, node: Node<'a>) -> Meant<'a> {
        let fitting = self.fitting(rules, node);
        match (&self.tag, fitting.as_slice()) {
            _ if self.branches.len() == 1 => Meant::One(self.branches[0]),
            (_, []) => Meant::OtherType,
            (_, [one]) => Meant::One(*one),
            (Some(tag), _) if node.kind() == Kind::Object => match tag.find(node) {
                Found::Value(value) => match tag.branch(value) {
                    Some(branch) => Meant::One(branch),
                    None => Meant::UnknownTag(tag, value),
                },
                Found::Missing(object, name) => match tag.other {
                    Some(other) => Meant::One(other),
                    None if tag.required => Meant::NoTag(object, name),
                    None => Meant::Several(fitting),
                },
                Found::Nothing => Meant::Several(fitting),
            },
            _ => Meant::Several(fitting),
        }
    }

    /// The branches that take values of this type.
    pub(crate) fn fitting(&self, rules: &Rules, node: Node<'_>) -> Vec<RuleId> {
        let ty = Types::of_node(node);
        let fits = |branch: &RuleId| rules.get(*branch).types.contain(ty);
        self.branches.iter().copied().filter(fits).collect()
    }

    /// The types that the branches take.
    pub(crate) fn types(&self, rules: &Rules) -> Types {
        let types = self.branches.iter().map(|branch| rules.get(*branch).types);
        types.fold(Types::NONE, |all, one| all | one)
    }
}

/// What stands where a tag should.
enum Found<'a> {
    Value(Node<'a>),
    Missing(Node<'a>, &'a str),
    /// Something that has no members stands on the way.
    Nothing,
}

impl Tag {
    fn find<'a>(&'a self, object: Node<'a>) -> Found<'a> {
        let mut node = object;
        for name in &self.path {
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
    fn branch(&self, tag: Node<'_>) -> Option<RuleId> {
        key_of_node(tag).and_then(|key| self.branches.get(&key).copied()).or(self.other)
    }

    /// Whether an object that has it is of one branch at most.
    pub(crate) fn tells_one(&self) -> bool {
        self.other.is_none()
    }

    /// Its values that are strings, each with its branch.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, RuleId)> {
        self.branches.iter().filter_map(|(key, branch)| Some((key.strip_prefix('"')?, *branch)))
    }

    /// The types of its values.
    pub(crate) fn types(&self) -> Types {
        self.values.iter().fold(Types::NONE, |all, value| all | Types::of_value(value))
    }
}

/// A scalar as a text of its own: two that are equal have the same.
fn key_of_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(format!("\"{text}")),
        Value::Number(number) => number.as_f64().map(|number| number.to_string()),
        Value::Bool(_) | Value::Null => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

fn key_of_node(node: Node<'_>) -> Option<String> {
    match node.kind() {
        Kind::String => node.string().map(|text| format!("\"{text}")),
        Kind::Number => node.number().as_f64().map(|number| number.to_string()),
        Kind::True => Some("true".to_owned()),
        Kind::False => Some("false".to_owned()),
        Kind::Null => Some("null".to_owned()),
        Kind::Array | Kind::Object => None,
    }
}

/// Tells rules that no value meets, gives rules their types and unions their tags, once all are there.
pub(crate) fn complete(rules: &mut Rules) {
    for id in rules.ids() {
        // `{ "not": {} }` is how `false` was written once.
        rules.get_mut(id).never |= rules.get(id).not.is_some_and(|not| rules.get(not).is_any());
    }
    let mut known = vec![None; rules.ids().len()];
    for id in rules.ids() {
        let types = types(rules, id, &mut known);
        rules.get_mut(id).types = types;
    }
    for id in rules.ids() {
        let tags: Vec<_> =
            rules.get(id).unions.iter().map(|union| tag(rules, &union.branches)).collect();
        for (union, tag) in rules.get_mut(id).unions.iter_mut().zip(tags) {
            union.tag = tag;
        }
    }
}

fn types(rules: &Rules, id: RuleId, known: &mut [Option<Types>]) -> Types {
    if let Some(types) = known[id] {
        return types;
    }
    known[id] = Some(Types::ALL); // Which leads back to itself says nothing.
    let rule = rules.get(id);
    let mut types = if rule.never { Types::NONE } else { Types::ALL };
    if let Some(assertions) = &rule.assertions {
        if let Some(names) = assertions.get("type") {
            types = types & Types::named(names);
        }
        if let Some(value) = assertions.get("const") {
            types = types & Types::of_value(value);
        }
        if let Some(Value::Array(values)) = assertions.get("enum") {
            let all = values.iter().map(Types::of_value);
            types = types & all.fold(Types::NONE, |all, one| all | one);
        }
    }
    for other in rule.target.iter().chain(&rule.all_of) {
        types = types & self::types(rules, *other, known);
    }
    for union in &rule.unions {
        let branches = union.branches.iter().map(|branch| self::types(rules, *branch, known));
        types = types & branches.fold(Types::NONE, |all, one| all | one);
    }
    known[id] = Some(types);
    types
}

/// The values to which an object's schema pins a member.
struct Pin {
    values: Vec<Value>,
    required: bool,
}

/// By the names of members that lead to it.
type Pins = BTreeMap<Vec<String>, Pin>;

/// The tag that tells `branches` apart, if there is one.
fn tag(rules: &Rules, branches: &[RuleId]) -> Option<Tag> {
    let objects = branches.iter().copied();
    let objects: Vec<RuleId> =
        objects.filter(|branch| rules.get(*branch).types.contain(Types::OBJECT)).collect();
    if objects.len() < 2 {
        return None;
    }
    (1..=TAG_DEPTH).find_map(|depth| {
        let pins: Vec<(RuleId, Pins)> =
            objects.iter().map(|branch| (*branch, pins(rules, *branch, depth, 0))).collect();
        let paths: BTreeSet<&Vec<String>> = pins.iter().flat_map(|(_, pins)| pins.keys()).collect();
        let tags = paths.into_iter().filter_map(|path| tag_at(path, &pins));
        // What every branch has tells most.
        tags.min_by_key(|tag| (tag.other.is_some(), !tag.required, tag.path.clone()))
    })
}

/// The member at `path` as tag: if no two branches share a value of it, and all but one pin it.
fn tag_at(path: &[String], pins: &[(RuleId, Pins)]) -> Option<Tag> {
    let mut tag = Tag {
        path: path.to_vec(),
        values: Vec::new(),
        branches: HashMap::new(),
        other: None,
        required: true,
    };
    for (branch, pins) in pins {
        let Some(pin) = pins.get(path) else {
            if tag.other.replace(*branch).is_some() {
                return None;
            }
            continue;
        };
        tag.required &= pin.required;
        for value in &pin.values {
            if tag.branches.insert(key_of_value(value)?, *branch).is_some_and(|of| of != *branch) {
                return None;
            }
            tag.values.push(value.clone());
        }
    }
    Some(tag)
}

/// The members that the schema `id` pins to values, `depth` levels down.
fn pins(rules: &Rules, id: RuleId, depth: usize, nesting: usize) -> Pins {
    let mut pins = Pins::new();
    let parts = parts(rules, id);
    let required: HashSet<&str> = parts.iter().flat_map(|id| rules.get(*id).required()).collect();
    for part in &parts {
        for (name, member) in rules.get(*part).properties.iter() {
            let required = required.contains(name);
            if let Some(values) = scalars(rules, *member, nesting) {
                pins.entry(vec![name.to_owned()]).or_insert(Pin { values, required });
            } else if depth > 1 {
                for (path, pin) in self::pins(rules, *member, depth - 1, nesting) {
                    let path = std::iter::once(name.to_owned()).chain(path).collect();
                    let required = required && pin.required;
                    pins.entry(path).or_insert(Pin { required, ..pin });
                }
            }
        }
    }
    if nesting < TAG_NESTING {
        for union in parts.iter().flat_map(|id| &rules.get(*id).unions) {
            let branches = union.branches.iter();
            let branches = branches.map(|branch| self::pins(rules, *branch, depth, nesting + 1));
            for (path, pin) in branches.reduce(common).unwrap_or_default() {
                pins.entry(path).or_insert(pin);
            }
        }
    }
    pins
}

/// What is pinned in one of two cases.
fn common(one: Pins, mut other: Pins) -> Pins {
    let both = one.into_iter().filter_map(|(path, mut pin)| {
        let more = other.remove(&path)?;
        pin.values.extend(more.values);
        pin.required &= more.required;
        Some((path, pin))
    });
    both.collect()
}

/// The values that the schema `id` lists, if it does and all are scalars.
fn scalars(rules: &Rules, id: RuleId, nesting: usize) -> Option<Vec<Value>> {
    let parts = parts(rules, id);
    let listed = parts.iter().find_map(|part| {
        let assertions = rules.get(*part).assertions.as_deref()?;
        match (assertions.get("const"), assertions.get("enum")) {
            (Some(one), _) => Some(vec![one.clone()]),
            (None, Some(Value::Array(several))) => Some(several.clone()),
            _ => None,
        }
    });
    let values = match listed {
        Some(values) => values,
        None if nesting < TAG_NESTING => {
            let union = parts.iter().find_map(|part| rules.get(*part).unions.first())?;
            let branches = union.branches.iter();
            let branches = branches.map(|branch| scalars(rules, *branch, nesting + 1));
            branches.collect::<Option<Vec<_>>>()?.concat()
        }
        None => return None,
    };
    values.iter().all(|value| !value.is_array() && !value.is_object()).then_some(values)
}

/// The schema `id` and those that hold wherever it does.
fn parts(rules: &Rules, id: RuleId) -> Vec<RuleId> {
    let mut parts = vec![id];
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let rule = rules.get(*part);
        let others: Vec<RuleId> = rule.target.iter().chain(&rule.all_of).copied().collect();
        for other in others {
            if !parts.contains(&other) {
                parts.push(other);
            }
        }
        at += 1;
    }
    parts
}
