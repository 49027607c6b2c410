//! A vendor's schemas taken apart: what each asserts of a value itself, and which others judge the
//! same value, its members and its elements. What explains a verdict walks along it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::assertions::{self, Assertions};
use crate::instance::Node;
use crate::name::ByName;
use crate::place::Place;
use crate::schema::Schemas;
use crate::types::Types;
use crate::union::{self, Union};

/// The number of a schema among a vendor's.
pub(crate) type RuleId = usize;

/// The schema of a payload, and all that it leads to.
pub(crate) struct Rules {
    by_number: Vec<Rule>,
    by_place: BTreeMap<Place, RuleId>,
}

/// One schema.
#[derive(Default)]
pub(crate) struct Rule {
    pub(crate) place: Place,
    /// Whether several schemas lead to it.
    pub(crate) shared: bool,
    /// Whether it is `false`, which no value meets.
    pub(crate) never: bool,
    pub(crate) assertions: Option<Arc<Assertions>>,
    /// The types that it lets through, as far as that is plain from the schemas of one value.
    pub(crate) types: Types,

    // What judges the same value.
    pub(crate) target: Option<RuleId>,
    pub(crate) all_of: Vec<RuleId>,
    pub(crate) unions: Vec<Union>,
    pub(crate) not: Option<RuleId>,
    pub(crate) condition: Option<RuleId>,
    pub(crate) then: Option<RuleId>,
    pub(crate) otherwise: Option<RuleId>,
    /// By the member that must be there.
    pub(crate) dependents: Vec<(String, RuleId)>,
    /// By the member that must be there, the others that then must be.
    pub(crate) dependent_names: Vec<(String, Vec<String>)>,

    // What judges members.
    /// Whether it tells which there are.
    pub(crate) lists_members: bool,
    pub(crate) properties: ByName<RuleId>,
    pub(crate) patterns: Vec<(Arc<Assertions>, RuleId)>,
    pub(crate) additional: Option<RuleId>,
    pub(crate) unevaluated_members: Option<RuleId>,
    pub(crate) names: Option<RuleId>,

    // What judges elements.
    pub(crate) prefix: Vec<RuleId>,
    pub(crate) items: Option<RuleId>,
    pub(crate) unevaluated_elements: Option<RuleId>,
    pub(crate) contains: Option<Contains>,

    // Annotations.
    pub(crate) sensitive: Option<bool>,
    pub(crate) advice: Option<RuleId>,
}

/// How many elements must meet a schema.
pub(crate) struct Contains {
    pub(crate) rule: RuleId,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

impl Rule {
    /// The rule of the member `node` that is of its name.
    fn listed(&self, node: Node<'_>) -> Option<RuleId> {
        if self.properties.is_empty() {
            return None;
        }
        let name = node.tape.name(node.index)?;
        self.properties.get_hashed(node.tape.hash(node.index), &name).copied()
    }

    /// The rules of the member `node`, of what names and patterns say.
    pub(crate) fn of_member(&self, node: Node<'_>) -> impl Iterator<Item = RuleId> {
        let listed = self.listed(node).into_iter();
        let matching = self.patterns.iter().filter(move |(pattern, _)| pattern.hold(node.name()));
        let mut known = listed.chain(matching.map(|(_, rule)| *rule)).peekable();
        let other = if known.peek().is_none() { self.additional } else { None };
        known.chain(other)
    }

    /// The rule of the element at `position`.
    pub(crate) fn of_element(&self, position: usize) -> Option<RuleId> {
        self.prefix.get(position).copied().or(self.items)
    }

    /// The members that an object lacks beside one of its own, each after that one.
    pub(crate) fn missing_dependents(
        &self,
        object: Node<'_>,
    ) -> impl Iterator<Item = (&str, &str)> {
        let there =
            self.dependent_names.iter().filter(move |(name, _)| object.member(name).is_some());
        there.flat_map(move |(name, others)| {
            let missing = others.iter().filter(move |other| object.member(other).is_none());
            missing.map(move |other| (name.as_str(), other.as_str()))
        })
    }

    /// Whether other schemas judge the same value.
    pub(crate) fn combines(&self) -> bool {
        self.target.is_some()
            || !self.all_of.is_empty()
            || !self.unions.is_empty()
            || self.not.is_some()
            || self.condition.is_some()
            || !self.dependents.is_empty()
    }

    /// Whether it asserts something of members or elements.
    pub(crate) fn looks_inside(&self) -> bool {
        !self.properties.is_empty()
            || !self.patterns.is_empty()
            || self.additional.is_some()
            || self.unevaluated_members.is_some()
            || self.names.is_some()
            || !self.dependent_names.is_empty()
            || !self.prefix.is_empty()
            || self.items.is_some()
            || self.unevaluated_elements.is_some()
            || self.contains.is_some()
    }

    /// Whether it is nothing but other schemas of the same value.
    pub(crate) fn only_combines(&self) -> bool {
        let parts = self.all_of.len()
            + self.unions.len()
            + self.dependents.len()
            + [self.target, self.not, self.condition].iter().flatten().count();
        parts == 1 && self.assertions.is_none() && !self.looks_inside()
    }

    /// The schemas that judge the same value, or do so in some case.
    pub(crate) fn of_same_value(&self) -> impl Iterator<Item = RuleId> {
        let unions = self.unions.iter().flat_map(|union| &union.branches);
        let dependents = self.dependents.iter().map(|(_, rule)| rule);
        let conditional = [&self.condition, &self.then, &self.otherwise];
        self.target
            .iter()
            .chain(&self.all_of)
            .chain(unions)
            .chain(conditional.into_iter().flatten())
            .chain(dependents)
            .copied()
    }

    /// Its assertions, if it has no others than of the `keywords`.
    pub(crate) fn plain(&self, keywords: &[&str]) -> Option<&Assertions> {
        let assertions = self.assertions.as_deref()?;
        let plain = !self.combines() && !self.looks_inside() && assertions.are_only(keywords);
        plain.then_some(assertions)
    }

    /// Whether it says nothing at all, as `true` does.
    pub(crate) fn is_any(&self) -> bool {
        let asserts = self.never || self.assertions.is_some();
        let annotates = self.sensitive.is_some() || self.advice.is_some();
        !asserts && !annotates && !self.combines() && !self.looks_inside()
    }

    /// The names of the members that may be there.
    pub(crate) fn documented_members<'r>(
        &'r self,
        rules: &'r Rules,
    ) -> impl Iterator<Item = &'r str> {
        let may_be = |(_, member): &(&str, &RuleId)| !rules.get(**member).never;
        self.properties.iter().filter(may_be).map(|(name, _)| name)
    }

    /// The members that it requires.
    pub(crate) fn required(&self) -> impl Iterator<Item = &str> {
        let required = self.assertions.as_ref().and_then(|all| all.get("required"));
        required.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }
}

impl Rules {
    /// The number of the payload's schema.
    pub(crate) const ROOT: RuleId = 0;

    /// Takes apart the schema in `file`, and all that it leads to.
    pub(crate) fn new(schemas: &Schemas, file: &str) -> Self {
        let mut builder = Builder {
            schemas,
            rules: Vec::new(),
            by_place: BTreeMap::new(),
            waiting: Vec::new(),
            shared: Vec::new(),
            assertions: HashMap::new(),
        };
        builder.id(Place::root(file));
        while let Some((id, place)) = builder.waiting.pop() {
            let rule = builder.rule(place);
            builder.rules[id] = rule;
        }
        for id in builder.shared {
            builder.rules[id].shared = true;
        }
        let mut rules = Self { by_number: builder.rules, by_place: builder.by_place };
        union::complete(&mut rules);
        rules
    }

    pub(crate) fn get(&self, id: RuleId) -> &Rule {
        &self.by_number[id]
    }

    pub(crate) fn get_mut(&mut self, id: RuleId) -> &mut Rule {
        &mut self.by_number[id]
    }

    pub(crate) fn ids(&self) -> std::ops::Range<RuleId> {
        0..self.by_number.len()
    }

    pub(crate) fn at(&self, place: &Place) -> Option<RuleId> {
        self.by_place.get(place).copied()
    }

    /// The schema itself, or where a mere reference leads.
    pub(crate) fn follow(&self, id: RuleId) -> RuleId {
        let mut followed = id;
        // A chain is no longer than there are rules, unless it is a circle.
        for _ in self.ids() {
            match self.get(followed) {
                Rule { target: Some(target), .. } if self.get(followed).only_combines() => {
                    followed = *target;
                }
                _ => break,
            }
        }
        followed
    }
}

struct Builder<'a> {
    schemas: &'a Schemas,
    rules: Vec<Rule>,
    by_place: BTreeMap<Place, RuleId>,
    /// Those that have a number and are not read yet.
    waiting: Vec<(RuleId, Place)>,
    /// Those to which several lead.
    shared: Vec<RuleId>,
    /// One for all that are alike.
    assertions: HashMap<String, Arc<Assertions>>,
}

impl Builder<'_> {
    fn id(&mut self, place: Place) -> RuleId {
        if let Some(known) = self.by_place.get(&place) {
            self.shared.push(*known);
            return *known;
        }
        let id = self.rules.len();
        self.rules.push(Rule::default());
        self.by_place.insert(place.clone(), id);
        self.waiting.push((id, place));
        id
    }

    fn rule(&mut self, place: Place) -> Rule {
        let schema = match self.schemas.get(&place) {
            Some(Value::Object(schema)) => schema,
            // What is no schema, which a vendor's are checked for, lets nothing through.
            other => {
                let never = other != Some(&Value::Bool(true));
                return Rule { place, never, ..Rule::default() };
            }
        };
        let one = |builder: &mut Self, keyword: &str| {
            schema.contains_key(keyword).then(|| builder.id(place.below(keyword)))
        };
        Rule {
            shared: false,
            never: false,
            assertions: self.asserted(schema),
            types: Types::ALL,
            target: self.schemas.target(&place).map(|target| self.id(target)),
            all_of: self.list(schema, &place, "allOf"),
            unions: ["anyOf", "oneOf"]
                .into_iter()
                .filter(|keyword| schema.contains_key(*keyword))
                .map(|keyword| Union {
                    keyword,
                    branches: self.list(schema, &place, keyword),
                    tag: None,
                })
                .collect(),
            not: one(self, "not"),
            condition: one(self, "if"),
            then: one(self, "then"),
            otherwise: one(self, "else"),
            dependents: self.named(schema, &place, "dependentSchemas"),
            dependent_names: dependent_names(schema),
            lists_members: ["properties", "patternProperties"]
                .iter()
                .any(|keyword| schema.contains_key(*keyword)),
            properties: self.named(schema, &place, "properties").into_iter().collect(),
            patterns: self
                .named(schema, &place, "patternProperties")
                .into_iter()
                .map(|(pattern, rule)| (self.pattern(pattern), rule))
                .collect(),
            additional: one(self, "additionalProperties"),
            unevaluated_members: one(self, "unevaluatedProperties"),
            names: one(self, "propertyNames"),
            prefix: self.list(schema, &place, "prefixItems"),
            items: one(self, "items"),
            unevaluated_elements: one(self, "unevaluatedItems"),
            contains: one(self, "contains").map(|rule| Contains {
                rule,
                min: schema.get("minContains").and_then(whole).unwrap_or(1),
                max: schema.get("maxContains").and_then(whole),
            }),
            sensitive: schema.get("x-sensitive").map(|marked| *marked == Value::Bool(true)),
            advice: one(self, "x-advice"),
            place,
        }
    }

    fn list(&mut self, schema: &Map<String, Value>, place: &Place, keyword: &str) -> Vec<RuleId> {
        let length = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        let place = place.below(keyword);
        (0..length).map(|position| self.id(place.below(&position.to_string()))).collect()
    }

    fn named(
        &mut self,
        schema: &Map<String, Value>,
        place: &Place,
        keyword: &str,
    ) -> Vec<(String, RuleId)> {
        let members = schema.get(keyword).and_then(Value::as_object);
        let place = place.below(keyword);
        let names = members.into_iter().flat_map(Map::keys);
        names.map(|name| (name.clone(), self.id(place.below(name)))).collect()
    }

    fn pattern(&mut self, pattern: String) -> Arc<Assertions> {
        self.shared(Map::from_iter([("pattern".to_owned(), pattern.into())]))
    }

    fn asserted(&mut self, schema: &Map<String, Value>) -> Option<Arc<Assertions>> {
        let own = schema.iter().filter(|(name, _)| assertions::is_of_value(name));
        let own: Map<_, _> = own.map(|(name, value)| (name.clone(), value.clone())).collect();
        (!own.is_empty()).then(|| self.shared(own))
    }

    fn shared(&mut self, assertions: Map<String, Value>) -> Arc<Assertions> {
        let text = Value::from(assertions.clone()).to_string();
        let all = &mut self.assertions;
        Arc::clone(all.entry(text).or_insert_with(|| Arc::new(Assertions::new(assertions))))
    }
}

/// The value of `dependentRequired`.
fn dependent_names(schema: &Map<String, Value>) -> Vec<(String, Vec<String>)> {
    let all = schema.get("dependentRequired").and_then(Value::as_object);
    let strings = |names: &Value| -> Vec<String> {
        let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    };
    all.into_iter().flatten().map(|(name, names)| (name.clone(), strings(names))).collect()
}

/// A count, which may be written as `2.0`.
pub(crate) fn whole(number: &Value) -> Option<u64> {
    number.as_u64().or_else(|| number.as_f64()?.to_string().parse().ok())
}
