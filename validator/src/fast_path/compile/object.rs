//! The schemas of an object into what a program asks of its members.

use offhook_model::graph::Union;
use offhook_model::{SchemaId, TypeSet};

use super::{Compiler, to_usize};
use crate::evaluate::SchemaIds;
use crate::evaluate::compiled::CompiledSchema;
use crate::evaluate::documented::{is_open, places_of_member};
use crate::evaluate::keyword::Assertion;
use crate::fast_path::program::{Asked, Fact, Facts, Member, Members, Object, Rule, UNTOLD};
use crate::fast_path::scalar::Test;
use crate::fast_path::steps::Token;

/// How far schemas of one object may nest in one another before nothing is made of them.
const MOST_NESTING: usize = 16;

/// How many members an object may list.
const MOST_MEMBERS: usize = Members::BITS as usize;

/// Makes what is asked of an object that `judges` judge and some branches of `unions`, and that is
/// documented in `places`; none if there are no words for it.
pub(crate) fn compile(
    compiler: &mut Compiler<'_>,
    judges: &[SchemaId],
    unions: &[&Union],
    places: &[SchemaId],
) -> Option<Object> {
    let spots = || places.iter().map(|id| compiler.documented.spot(*id));
    let judging: Vec<SchemaId> = spots().flat_map(|spot| &spot.judging).copied().collect();
    let advice: Vec<SchemaId> = spots().flat_map(|spot| &spot.advice).copied().collect();
    let mut object = Builder {
        compiler,
        names: Vec::new(),
        facts: Vec::new(),
        rests: Vec::new(),
        bits: 0,
        of_advice: false,
    };
    for id in judges.iter().chain(&judging) {
        if object.compiler.graph.get(*id).properties.len() > MOST_MEMBERS {
            return None;
        }
        for name in object.compiler.names(*id) {
            object.number(&name);
        }
    }
    if object.compiler.schemas.sorted {
        object.names.sort_unstable();
    }
    let mut rules = Vec::new();
    for id in judges {
        rules.extend(object.own_rules(*id, MOST_NESTING)?);
    }
    for union in unions {
        rules.push(object.union(union, MOST_NESTING)?);
    }
    object.of_advice = true;
    // Advice that is too long to check does not seem to hold, which has it checked elsewhere.
    let unknown = || Rule::Not(Box::new(Rule::TRUE));
    let mut advice: Vec<Rule> =
        advice.iter().map(|id| object.rule(*id, MOST_NESTING).unwrap_or_else(unknown)).collect();
    let patterns = |id: &SchemaId| !object.compiler.graph.get(*id).patterns.is_empty();
    if judging.iter().any(patterns) {
        advice.push(unknown());
    }
    object.finish(judges, places, &judging, rules, advice)
}

/// An object in the making.
struct Builder<'c, 'a> {
    compiler: &'c mut Compiler<'a>,
    names: Vec<String>,
    /// By the number of the member.
    facts: Vec<(usize, Fact)>,
    rests: Vec<Rest>,
    /// How many facts there are.
    bits: u32,
    /// Whether what is made is advice.
    of_advice: bool,
}

/// That some member which a schema does not list breaks what it says of such.
struct Rest {
    schema: SchemaId,
    additional: SchemaId,
    bit: Facts,
    of_advice: bool,
}

impl Builder<'_, '_> {
    fn number(&mut self, name: &str) -> usize {
        self.names.iter().position(|other| other == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    /// That a member is there.
    fn there(&mut self, name: &str) -> Option<Rule> {
        let number = u32::try_from(self.number(name)).ok()?;
        Some(Rule::There(Members::checked_shl(1, number)?))
    }

    fn all_there<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> Option<Rule> {
        let all = names.map(|name| self.there(name));
        Some(Rule::All(all.collect::<Option<_>>()?))
    }

    /// That a member that is there meets a schema.
    fn member(&mut self, name: &str, id: SchemaId) -> Option<Rule> {
        let absent = Rule::Not(Box::new(self.there(name)?));
        let graph = self.compiler.graph;
        if graph.get(id).is_never {
            return Some(absent);
        }
        let bit = self.bit()?;
        let fact = self.fact(id, bit, true, self.of_advice)?;
        let number = self.number(name);
        self.facts.push((number, fact));
        Some(Rule::Any(vec![absent, Rule::Fact(bit)]))
    }

    fn bit(&mut self) -> Option<Facts> {
        self.bits += 1;
        Facts::checked_shl(1, self.bits - 1).filter(|bit| *bit != UNTOLD)
    }

    fn fact(&self, id: SchemaId, bit: Facts, holds: bool, of_advice: bool) -> Option<Fact> {
        let graph = self.compiler.graph;
        let (test, types) = (Test::of(graph, id)?, graph.get(id).types);
        Some(Fact { bit, test, holds, types, of_advice })
    }

    /// What the schema `id` asks of an object, if there are words for all of it.
    fn rule(&mut self, id: SchemaId, nesting: usize) -> Option<Rule> {
        let nesting = nesting.checked_sub(1)?;
        let schema = self.compiler.graph.get(id);
        if schema.is_never || !schema.types.contains(TypeSet::OBJECT) {
            return Some(Rule::Not(Box::new(Rule::TRUE)));
        }
        if !schema.patterns.is_empty() {
            return None;
        }
        let mut all = self.own_rules(id, nesting)?;
        if let Some(additional) = schema.additional
            && !self.compiler.graph.get(additional).is_any()
        {
            let bit = self.bit()?;
            self.rests.push(Rest { schema: id, additional, bit, of_advice: self.of_advice });
            all.push(Rule::Not(Box::new(Rule::Fact(bit))));
        }
        for assertion in schema.assertions.iter() {
            match assertion {
                Assertion::Properties(..) => return None,
                Assertion::Required(names) => {
                    all.push(self.all_there(names.iter().map(|name| &*name.text))?);
                }
                _ => {}
            }
        }
        for (name, member) in schema.properties.iter() {
            if !self.compiler.graph.get(*member).is_any() {
                all.push(self.member(name, *member)?);
            }
        }
        for other in schema.target.iter().chain(&schema.all_of) {
            all.push(self.rule(*other, nesting)?);
        }
        for union in &schema.unions {
            all.push(self.union(union, nesting)?);
        }
        Some(Rule::All(all))
    }

    fn union(&mut self, union: &Union, nesting: usize) -> Option<Rule> {
        let branches = union.branches.iter().map(|branch| self.rule(*branch, nesting));
        let branches = branches.collect::<Option<_>>()?;
        Some(if union.keyword == "oneOf" { Rule::One(branches) } else { Rule::Any(branches) })
    }

    /// What a schema asks of an object, but for what it says of each member, what is required, how
    /// many members there are, and what is asked by other schemas in any case.
    fn own_rules(&mut self, id: SchemaId, nesting: usize) -> Option<Vec<Rule>> {
        let graph = self.compiler.graph;
        let schema = graph.get(id);
        let lists = |assertion| matches!(assertion, &Assertion::Words(_) | &Assertion::Values(_));
        let unknown = schema.assertions.iter().any(lists)
            || schema.names.is_some()
            || schema.unevaluated_members.is_some_and(|id| !graph.get(id).is_any());
        if unknown {
            return None;
        }
        let mut all = Vec::new();
        let not = |rule| Rule::Not(Box::new(rule));
        if let Some(other) = schema.not {
            all.push(not(self.rule(other, nesting)?));
        }
        if let Some(condition) = schema.condition {
            for (then, holds) in [(schema.then, true), (schema.otherwise, false)] {
                let Some(then) = then else {
                    continue;
                };
                let condition = self.rule(condition, nesting)?;
                let unless = if holds { not(condition) } else { condition };
                all.push(Rule::Any(vec![unless, self.rule(then, nesting)?]));
            }
        }
        for (name, dependent) in &schema.dependents {
            let absent = not(self.there(name)?);
            all.push(Rule::Any(vec![absent, self.rule(*dependent, nesting)?]));
        }
        for (name, others) in &schema.dependent_names {
            let absent = not(self.there(name)?);
            let others = self.all_there(others.iter().map(String::as_str))?;
            all.push(Rule::Any(vec![absent, others]));
        }
        Some(all)
    }

    fn finish(
        mut self,
        judges: &[SchemaId],
        places: &[SchemaId],
        judging: &[SchemaId],
        rules: Vec<Rule>,
        advice: Vec<Rule>,
    ) -> Option<Object> {
        let all = self.compiler.graph;
        let (mut required, mut least, mut most) = (0, 0, usize::MAX);
        for schema in judges.iter().map(|id| all.get(*id)) {
            if !schema.patterns.is_empty() {
                return None;
            }
            for assertion in schema.assertions.iter() {
                match assertion {
                    Assertion::Properties(fewest, greatest) => {
                        least = least.max(usize::try_from(*fewest).ok()?);
                        most = most.min(to_usize(*greatest));
                    }
                    Assertion::Required(names) => {
                        for name in names.iter() {
                            let Rule::There(member) = self.there(&name.text)? else {
                                return None;
                            };
                            required |= member;
                        }
                    }
                    _ => {}
                }
            }
        }
        let names = std::mem::take(&mut self.names);
        if names.len() > MOST_MEMBERS {
            return None;
        }
        let mut members: Vec<Member> = names
            .iter()
            .map(|name| {
                let (value, documented) = self.value(Some(name), judges, places, judging);
                Member { value, documented, facts: Asked::default() }
            })
            .collect();
        let mut facts_of_others = Asked::default();
        for Rest { schema, additional, bit, of_advice } in std::mem::take(&mut self.rests) {
            let listed = &all.get(schema).properties;
            for (number, name) in names.iter().enumerate() {
                if listed.get(name).is_none() {
                    self.facts.push((number, self.fact(additional, bit, false, of_advice)?));
                }
            }
            facts_of_others.add(self.fact(additional, bit, false, of_advice)?);
        }
        for (number, fact) in self.facts.drain(..) {
            members[number].facts.add(fact);
        }
        let names = names.iter().map(|name| Token::name(name)).collect();
        let counts = least > 0 || most < usize::MAX;
        let count = counts.then_some(least..=most);
        let (others, others_documented) = self.value(None, judges, places, judging);
        let object = Object {
            names,
            members,
            required,
            others,
            facts_of_others,
            others_documented,
            count,
            rules,
            advice,
        };
        Some(object)
    }

    /// What is asked of the member of this name, or of one that is not listed, and whether it is as
    /// good as documented.
    fn value(
        &mut self,
        name: Option<&str>,
        judges: &[SchemaId],
        places: &[SchemaId],
        judging: &[SchemaId],
    ) -> (usize, bool) {
        let graph = self.compiler.graph;
        let of_member = |schema: &CompiledSchema| {
            name.and_then(|name| schema.properties.get(name)).copied().or(schema.additional)
        };
        let judges = judges.iter().filter_map(|id| of_member(graph.get(*id))).collect();
        let mut documented = SchemaIds::new();
        if !places.is_empty() {
            places_of_member(graph, judging, &mut documented, |schema, places| {
                places.extend(of_member(schema));
            });
        }
        let open = !documented.is_empty() || places.is_empty() || is_open(graph, judging);
        (self.compiler.id(judges, documented.into_vec()), open)
    }
}
