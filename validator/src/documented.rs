//! What a vendor's document knows beyond assertions: which members exist, what it advises, and
//! which values are personal. A walk over the payload along it gives the notices.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use serde_json::{Map, Value};

use crate::finding::{Finding, Room};
use crate::judge;
use crate::schema::{Compiler, Judge, Place, SchemaError, Schemas};
use crate::suggest;
use crate::tape::{Index, Kind, Tape};
use crate::violation::Code;

/// How many undocumented members of a payload are compared with the documented ones.
const MOST_HELP: usize = 64;

/// The documented shape of one file's payloads, as a graph of spots.
pub(crate) struct Documented {
    spots: Vec<Spot>,
}

/// All that schemas say together of one place in payloads.
#[derive(Default)]
struct Spot {
    members: BTreeMap<String, usize>,
    /// The spot of members that have no spot of their own.
    others: Option<usize>,
    elements: Option<usize>,
    /// Whether members that are not listed are expected.
    open: bool,
    /// The documented shapes; none if no type is documented.
    shapes: BTreeSet<Shape>,
    personal: bool,
    advice: Vec<Advice>,
}

/// How far a value holds others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Scalar,
    Array,
    Object,
}

struct Advice {
    judge: Judge,
    /// Where the advice stands.
    place: Place,
}

/// What a walk finds.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) notices: Vec<Finding>,
    pub(crate) personal: Vec<Range<usize>>,
}

impl Documented {
    /// Reads the schema `file` and all that it leads to.
    pub(crate) fn new(compiler: &Compiler<'_>, file: &str) -> Result<Self, SchemaError> {
        let schemas = compiler.schemas;
        let mut builder = Builder { compiler, schemas, spots: Vec::new(), known: BTreeMap::new() };
        builder.spot(&BTreeSet::from([Place::root(file)]))?;
        Ok(Self { spots: builder.spots })
    }

    /// Walks the payload. `known` is whether the document has the payload's event; of an unknown one
    /// it is not said that its members are undocumented.
    pub(crate) fn walk(
        &self,
        schemas: &Schemas,
        tape: &Tape<'_>,
        known: bool,
        room: &mut Room,
    ) -> Findings {
        let findings = Findings::default();
        let mut walk = Walk { schemas, tape, known, documented: self, room, findings };
        walk.value(0, Some(0));
        walk.findings
    }
}

struct Builder<'a> {
    compiler: &'a Compiler<'a>,
    schemas: &'a Schemas,
    spots: Vec<Spot>,
    known: BTreeMap<BTreeSet<Place>, usize>,
}

impl Builder<'_> {
    fn spot(&mut self, places: &BTreeSet<Place>) -> Result<usize, SchemaError> {
        if let Some(known) = self.known.get(places) {
            return Ok(*known);
        }
        let index = self.spots.len();
        self.spots.push(Spot::default());
        self.known.insert(places.clone(), index);

        let mut spot = Spot::default();
        let mut all = BTreeSet::new();
        for place in places {
            self.collect(place, &mut all);
            self.annotations(place, &mut spot)?;
        }
        let mut names: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
        let (mut others, mut elements) = (BTreeSet::new(), BTreeSet::new());
        let mut listed = false;
        for place in &all {
            let Some(schema) = self.schemas.get(place).and_then(Value::as_object) else {
                continue;
            };
            let types = match schema.get("type") {
                Some(Value::Array(several)) => several.as_slice(),
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            spot.shapes.extend(types.iter().map(|name| match name.as_str() {
                Some("object") => Shape::Object,
                Some("array") => Shape::Array,
                _ => Shape::Scalar,
            }));
            let properties = schema.get("properties").and_then(Value::as_object);
            listed |= properties.is_some();
            for (name, member) in properties.into_iter().flatten() {
                // What must be absent is not thereby documented.
                if *member != Value::Bool(false) {
                    names
                        .entry(name.clone())
                        .or_default()
                        .insert(place.below("properties").below(name));
                }
            }
            match schema.get("additionalProperties") {
                Some(Value::Bool(false)) | None => {}
                Some(Value::Bool(true)) => spot.open = true,
                Some(_) => {
                    spot.open = true;
                    others.insert(place.below("additionalProperties"));
                }
            }
            if schema.contains_key("items") {
                elements.insert(place.below("items"));
            }
        }
        spot.open |= !listed;
        for (name, places) in names {
            spot.members.insert(name, self.spot(&places)?);
        }
        if !others.is_empty() {
            spot.others = Some(self.spot(&others)?);
        }
        if !elements.is_empty() {
            spot.elements = Some(self.spot(&elements)?);
        }
        self.spots[index] = spot;
        Ok(index)
    }

    /// `place` and every schema that judges the same value.
    fn collect(&self, place: &Place, all: &mut BTreeSet<Place>) {
        if !all.insert(place.clone()) {
            return;
        }
        if let Some(target) = self.schemas.target(place) {
            self.collect(&target, all);
        }
        let Some(schema) = self.schemas.get(place).and_then(Value::as_object) else {
            return;
        };
        for keyword in ["if", "then", "else"] {
            if schema.contains_key(keyword) {
                self.collect(&place.below(keyword), all);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let branches = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            for branch in 0..branches {
                self.collect(&place.below(keyword).below(&branch.to_string()), all);
            }
        }
    }

    /// The annotations of the schema at `place`, or else of what it refers to, and of its `allOf`.
    fn annotations(&self, place: &Place, spot: &mut Spot) -> Result<(), SchemaError> {
        let mut chain = vec![place.clone()];
        while let Some(target) = chain.last().and_then(|last| self.schemas.target(last)) {
            if chain.contains(&target) {
                break;
            }
            chain.push(target);
        }
        let schemas: Vec<(&Place, &Map<String, Value>)> = chain
            .iter()
            .filter_map(|place| Some((place, self.schemas.get(place)?.as_object()?)))
            .collect();
        let sensitive = schemas.iter().find_map(|(_, schema)| schema.get("x-sensitive"));
        spot.personal |= sensitive == Some(&Value::Bool(true));
        if let Some((place, advice)) =
            schemas.iter().find_map(|(place, schema)| Some((place, schema.get("x-advice")?)))
        {
            let place = place.below("x-advice");
            spot.advice.push(Advice { judge: self.compiler.compile(advice, &place)?, place });
        }
        for (place, schema) in schemas {
            let branches = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
            for branch in 0..branches {
                self.annotations(&place.below("allOf").below(&branch.to_string()), spot)?;
            }
        }
        Ok(())
    }
}

struct Walk<'a> {
    schemas: &'a Schemas,
    tape: &'a Tape<'a>,
    known: bool,
    documented: &'a Documented,
    room: &'a mut Room,
    findings: Findings,
}

impl Walk<'_> {
    /// One value and all below it; a tape is never deep. Without a spot, nothing is documented.
    fn value(&mut self, node: Index, spot: Option<usize>) {
        let spot = spot.map(|index| &self.documented.spots[index]);
        let shape = match self.tape.kind(node) {
            Kind::Object => Shape::Object,
            Kind::Array => Shape::Array,
            _ => Shape::Scalar,
        };
        let expected = |spot: &Spot| spot.shapes.is_empty() || spot.shapes.contains(&shape);
        // A value of another shape may hold anything.
        if spot.is_none_or(|spot| spot.personal || !expected(spot)) {
            self.findings.personal.push(self.tape.span(node));
        }
        let Some(spot) = spot else {
            return;
        };
        for advice in &spot.advice {
            self.advise(node, advice);
        }
        match self.tape.kind(node) {
            Kind::Object => self.members(node, spot),
            Kind::Array => {
                for element in self.tape.children(node) {
                    if let Some(elements) = spot.elements {
                        self.value(element, Some(elements));
                    }
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, object: Index, spot: &Spot) {
        let mut absent = None;
        for member in self.tape.children(object) {
            let name = self.tape.name(member).unwrap_or_default();
            match spot.members.get(&*name).copied().or(spot.others) {
                Some(below) => self.value(member, Some(below)),
                None if spot.open => {
                    if !self.known {
                        self.value(member, None);
                    }
                }
                None => {
                    if self.known {
                        let absent = absent.get_or_insert_with(|| self.absent(object, spot));
                        self.undocumented(member, &name, absent);
                    }
                    self.value(member, None);
                }
            }
        }
    }

    fn undocumented(&mut self, member: Index, name: &str, absent: &[&str]) {
        let Some(pointer) = self.room.take(|| self.tape.pointer(member)) else {
            return;
        };
        // Beyond so many, no help is worth its time.
        let helps = self.findings.notices.len() < MOST_HELP;
        let near = helps.then(|| suggest::nearest(name, absent.iter().copied())).flatten();
        self.findings.notices.push(Finding {
            code: Code::Undocumented,
            node: member,
            pointer,
            span: self.tape.name_span(member).unwrap_or_default(),
            want: "a documented member".to_owned(),
            got: "an undocumented one".to_owned(),
            schema: None,
            help: near.map(|near| format!("did you mean `{near}`?")),
        });
    }

    /// The documented members that the object lacks.
    fn absent<'s>(&self, object: Index, spot: &'s Spot) -> Vec<&'s str> {
        let names = self.tape.children(object).filter_map(|member| self.tape.name(member));
        let present: HashSet<_> = names.filter(|name| spot.members.contains_key(&**name)).collect();
        spot.members.keys().map(String::as_str).filter(|name| !present.contains(*name)).collect()
    }

    fn advise(&mut self, node: Index, advice: &Advice) {
        let findings = judge::findings(self.schemas, &advice.judge, self.tape, node, self.room);
        for finding in findings {
            let schema = finding.schema.as_deref().unwrap_or_default();
            let pointer = schema.rsplit_once('#').map_or(schema, |(_, pointer)| pointer);
            let place = Place {
                file: advice.place.file.clone(),
                pointer: format!("{}{pointer}", advice.place.pointer),
            };
            self.findings.notices.push(Finding {
                code: Code::Advice,
                schema: Some(self.schemas.name(&place)),
                ..finding
            });
        }
    }
}

/// Drops notices about values that have a violation already.
pub(crate) fn without_violations(notices: Vec<Finding>, violations: &[Finding]) -> Vec<Finding> {
    let faulty: HashSet<&str> = violations.iter().map(|finding| finding.pointer.as_str()).collect();
    notices.into_iter().filter(|notice| !faulty.contains(notice.pointer.as_str())).collect()
}
