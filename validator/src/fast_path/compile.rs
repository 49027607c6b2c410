//! Schemas into a [`Program`].
//!
//! Of each value it is known which schemas judge it and in which places it is documented; two values
//! of which both are the same are one to the program.

mod object;

use std::collections::HashMap;

use offhook_model::graph::Union;
use offhook_model::{SchemaId, TypeSet};

use super::program::{Array, Notes, Object, Objects, Program, Several, Shape, Value, ValueId};
use super::scalar::Test;
use super::steps::Token;
use crate::evaluate::compiled::CompiledGraph;
use crate::evaluate::documented::Documented;
use crate::evaluate::format::Format;
use crate::evaluate::keyword::Assertion;
use crate::schemas::Schemas;

/// How many kinds of values a program may have.
const MOST_VALUES: usize = 4_096;

/// Makes the program of the payloads that `graph` judges.
pub(crate) fn compile(
    schemas: &Schemas,
    graph: &CompiledGraph,
    documented: &Documented,
) -> Program {
    let program = Program::default();
    let (known, waiting) = (HashMap::new(), Vec::new());
    let mut compiler = Compiler { schemas, graph, documented, program, known, waiting };
    compiler.id(vec![CompiledGraph::ROOT], vec![CompiledGraph::ROOT]);
    let any = compiler.id(Vec::new(), Vec::new());
    compiler.program.any_object =
        Object { others: any, others_documented: true, ..Object::default() };
    compiler.program.any_array = Array { items: any, most: usize::MAX, ..Array::default() };
    while let Some((id, of)) = compiler.waiting.pop() {
        compiler.program.values[id] = compiler.value(&of);
    }
    compiler.program
}

/// What is known of a value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Of {
    /// The schemas that judge it.
    judges: Vec<SchemaId>,
    /// The places where it is documented. A value without any is not looked into.
    places: Vec<SchemaId>,
}

pub(crate) struct Compiler<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) graph: &'a CompiledGraph,
    pub(crate) documented: &'a Documented,
    program: Program,
    known: HashMap<Of, ValueId>,
    /// Those that have a number and nothing else yet.
    waiting: Vec<(ValueId, Of)>,
}

/// The schemas that judge a value of one type, as far as they are sure to.
pub(crate) struct Judges<'a> {
    pub(crate) sure: Vec<SchemaId>,
    /// Of some branches of these.
    pub(crate) unions: Vec<&'a Union>,
}

impl<'a> Compiler<'a> {
    /// The number of what is asked of a value.
    pub(crate) fn id(&mut self, mut judges: Vec<SchemaId>, mut places: Vec<SchemaId>) -> ValueId {
        judges.retain(|id| !self.graph.get(*id).is_any());
        for ids in [&mut judges, &mut places] {
            ids.sort_unstable();
            ids.dedup();
        }
        let of = Of { judges, places };
        if let Some(known) = self.known.get(&of) {
            return *known;
        }
        let id = self.program.values.len();
        self.program.values.push(Value::of(Shape::Unknown));
        // Those beyond stay unknown, and are not told apart.
        if id < MOST_VALUES {
            self.known.insert(of.clone(), id);
            self.waiting.push((id, of));
        }
        id
    }

    /// The names of the members that a schema lists, in the order in which they are expected.
    pub(crate) fn names(&mut self, id: SchemaId) -> Vec<String> {
        let mut names: Vec<String> =
            self.graph.graph.get(id).properties.iter().map(|(name, _)| name.clone()).collect();
        if self.schemas.sorted {
            names.sort_unstable();
        }
        names
    }

    fn value(&mut self, of: &Of) -> Value {
        if of.judges.is_empty() && of.places.is_empty() {
            return Value::of(Shape::Any);
        }
        let types = of.judges.iter().map(|id| self.graph.get(*id).types);
        let types = types.fold(TypeSet::ALL, |all, one| all & one);
        let tests = of.judges.iter().map(|id| Test::of(self.graph, *id)).collect::<Option<_>>();
        let scalar = tests.map_or(Test::FALSE, Test::all);
        let notes = self.notes(of, types);
        let object = types.contains(TypeSet::OBJECT).then(|| self.objects(of)).flatten();
        let array = types.contains(TypeSet::ARRAY).then(|| self.array(of)).flatten();
        let several = Several { scalar, object: object.unwrap_or(Objects::Unknown), array };
        let (shape, or_null) = plain(types, several);
        let may_add = notes.as_ref().is_some_and(|notes| notes.may_add(types));
        Value { shape, or_null, may_add, notes }
    }

    /// What else there is to know of a value that is valid only if it is of one of these `types`.
    fn notes(&self, of: &Of, types: TypeSet) -> Option<Box<Notes>> {
        if of.places.is_empty() {
            return None;
        }
        let containers = TypeSet::OBJECT | TypeSet::ARRAY;
        let mut notes = Notes {
            of_valid: false,
            personal: TypeSet::NONE,
            advice: Vec::new(),
            unknown: TypeSet::NONE,
        };
        for shape in [TypeSet::OBJECT, TypeSet::ARRAY, TypeSet::SCALARS] {
            let expected = |id: &SchemaId| self.graph.get(*id).types & shape != TypeSet::NONE;
            if !of.places.iter().any(expected) {
                notes.personal = notes.personal | shape;
            }
        }
        for spot in of.places.iter().map(|place| self.documented.spot(*place)) {
            if spot.personal {
                notes.personal = TypeSet::ALL;
            }
            if spot.branches {
                let all = if spot.branches_say_more { TypeSet::ALL } else { containers };
                notes.unknown = notes.unknown | all;
            }
            for advice in &spot.advice {
                notes.unknown = notes.unknown | TypeSet::ARRAY;
                match Test::of(self.graph, *advice) {
                    Some(test) => notes.advice.push(test),
                    None => notes.unknown = notes.unknown | TypeSet::SCALARS,
                }
            }
        }
        notes.of_valid = notes.personal & types != TypeSet::NONE || notes.may_add(types);
        Some(Box::new(notes))
    }

    /// The schemas that judge a value of this type if `judges` do; none if no such value is valid.
    pub(crate) fn judges(&self, judges: &[SchemaId], ty: TypeSet) -> Option<Judges<'a>> {
        let mut found = Judges { sure: Vec::new(), unions: Vec::new() };
        let mut waiting = judges.to_vec();
        while let Some(id) = waiting.pop() {
            let schema = self.graph.get(id);
            if schema.is_never || !schema.types.contains(ty) {
                return None;
            }
            if found.sure.contains(&id) {
                continue;
            }
            found.sure.push(id);
            waiting.extend(schema.target.iter().chain(&schema.all_of));
            for union in &schema.unions {
                let takes = |branch: &&SchemaId| self.graph.get(**branch).types.contains(ty);
                let mut fitting = union.branches.iter().filter(takes);
                match (fitting.next(), fitting.next()) {
                    (Some(only), None) => waiting.push(*only),
                    _ => found.unions.push(union),
                }
            }
        }
        Some(found)
    }

    fn objects(&mut self, of: &Of) -> Option<Objects> {
        let Judges { sure, unions } = self.judges(&of.judges, TypeSet::OBJECT)?;
        if let Some(object) = self.object(&sure, &unions, &of.places) {
            return Some(Objects::One(object));
        }
        // Branches that rules of the object itself can not tell apart may have a tag.
        let at = unions.iter().position(|union| union.tag.is_some())?;
        let tag = unions[at].tag.as_ref().filter(|tag| tag.tells_one())?;
        let mut cases = HashMap::new();
        for (value, branch) in tag.words() {
            let Some(mut judges) = self.judges(&[branch], TypeSet::OBJECT) else {
                continue;
            };
            judges.sure.extend(&sure);
            judges.unions.extend(
                unions.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, union)| *union),
            );
            if let Some(object) = self.object(&judges.sure, &judges.unions, &of.places) {
                cases.insert(value.into(), object);
            }
        }
        let path = tag.path.iter().map(|name| offhook_model::json::quoted(name) + ":");
        Some(Objects::Tagged { path: path.collect(), cases })
    }

    fn object(
        &mut self,
        judges: &[SchemaId],
        unions: &[&Union],
        places: &[SchemaId],
    ) -> Option<usize> {
        let object = object::compile(self, judges, unions, places)?;
        self.program.objects.push(object);
        Some(self.program.objects.len() - 1)
    }

    fn array(&mut self, of: &Of) -> Option<usize> {
        let graph = self.graph;
        let Judges { sure, unions } = self.judges(&of.judges, TypeSet::ARRAY)?;
        let judging: Vec<SchemaId> =
            of.places.iter().flat_map(|id| &self.documented.spot(*id).judging).copied().collect();
        if judging.iter().any(|id| graph.get(*id).contains.is_some()) {
            return None;
        }
        let mut array = Array { most: usize::MAX, ..Array::default() };
        for schema in sure.iter().map(|id| graph.get(*id)) {
            let unknown = schema.contains.is_some()
                || schema.unevaluated_elements.is_some_and(|id| !graph.get(id).is_any())
                || schema.not.is_some()
                || schema.condition.is_some();
            if unknown || !unions.is_empty() {
                return None;
            }
            for assertion in schema.assertions.iter() {
                match assertion {
                    Assertion::Items(least, most) => {
                        array.least = array.least.max(usize::try_from(*least).ok()?);
                        array.most = array.most.min(to_usize(*most));
                    }
                    Assertion::Words(_) | Assertion::Values(_) | Assertion::UniqueItems => {
                        return None;
                    }
                    _ => {}
                }
            }
        }
        let at = |ids: &[SchemaId], position| -> Vec<SchemaId> {
            ids.iter().filter_map(|id| graph.get(*id).of_element(position)).collect()
        };
        let places = |position| -> Vec<SchemaId> {
            let mut places = at(&judging, position);
            if places.is_empty() {
                let rest = judging.iter().filter_map(|id| graph.get(*id).unevaluated_elements);
                places.extend(rest);
            }
            places.retain(|id| !graph.get(*id).is_never);
            places
        };
        let all = sure.iter().chain(&judging);
        let most = all.map(|id| graph.get(*id).prefix.len()).max().unwrap_or_default();
        array.prefix =
            (0..most).map(|position| self.id(at(&sure, position), places(position))).collect();
        array.items = self.id(at(&sure, most), places(most));
        self.program.arrays.push(array);
        Some(self.program.arrays.len() - 1)
    }
}

/// A greatest count, of which no text has more.
pub(super) fn to_usize(most: u64) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}

/// The shape of a value that may be of these `types`, and whether it may be null instead.
fn plain(types: TypeSet, several: Several) -> (Shape, bool) {
    let (scalars, test) = match &several.scalar {
        Test::Assertion(Assertion::Types(scalars)) => (*scalars, None),
        Test::All(tests) => match tests.as_slice() {
            [Test::Assertion(Assertion::Types(scalars)), test] => (*scalars, Some(test)),
            _ => return (Shape::Several(Box::new(several)), false),
        },
        test => (TypeSet::ALL, Some(test)),
    };
    let containers = types & (TypeSet::OBJECT | TypeSet::ARRAY);
    let types = types & (scalars | containers);
    let or_null = types.contains(TypeSet::NULL);
    let shape = match (types & TypeSet::NOT_NULL, test) {
        (TypeSet::STRING, None) => Shape::String,
        (TypeSet::STRING, Some(Test::Assertion(Assertion::Format(format))))
            if matches!(**format, Format::DateTime) =>
        {
            Shape::DateTime
        }
        // None of the words is null.
        (types, Some(Test::Assertion(Assertion::Words(words))))
            if types.contains(TypeSet::STRING) && containers == TypeSet::NONE =>
        {
            return (Shape::Words(words.iter().map(|word| Token::string(word)).collect()), false);
        }
        (TypeSet::NUMBER, None) => Shape::Number,
        (TypeSet::INTEGER, None) => Shape::Integer,
        (TypeSet::BOOLEAN, None) => Shape::Boolean,
        (TypeSet::OBJECT, None) => match several.object {
            Objects::One(object) => Shape::Object(object),
            _ => return (Shape::Several(Box::new(several)), false),
        },
        (TypeSet::ARRAY, None) => several.array.map_or(Shape::Unknown, Shape::Array),
        _ => return (Shape::Several(Box::new(several)), false),
    };
    (shape, or_null)
}
