//! Which assertions of its schemas a type's decoder checks, as Rust, beside reading the type.
//!
//! A decoder that cannot tell whether a value conforms gives up, and so must one that is made here
//! without an assertion being understood: it is [`Mode::Unchecked`], and costs only speed.

mod applicator;
mod condition;
mod object;
mod operand;
mod pattern;
mod value;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use offhook_model::{Graph, Json, Location, SchemaSet, TypeSet, keyword};
use proc_macro2::Ident;
use quote::format_ident;
use syn::parse_quote;

use crate::ir::{Branch, Definition, Kind, KindVariant, Shape, Vendor};
use crate::union;
use crate::whole::{Union, Whole};

pub(crate) use condition::Condition;
use operand::Operand;
pub(crate) use pattern::Pattern;

/// What the decoder of a type does beyond reading it.
pub(crate) struct Decoder {
    pub(crate) mode: Mode,
    /// What must hold of a value.
    pub(crate) condition: Condition,
    /// What must hold of a string that an open vocabulary does not list.
    pub(crate) unlisted: Condition,
    /// What must hold of the value of a variant, in the order of the variants.
    pub(crate) of_variants: Vec<Condition>,
    /// The names that lead to the member that tells the objects of a union apart, and its values in
    /// the order of the variants.
    pub(crate) tag: Option<(Vec<String>, Vec<Vec<String>>)>,
    /// The patterns that are called for.
    pub(crate) patterns: Vec<Pattern>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    #[default]
    Open,
    /// An object has no other members than those of fields.
    Closed,
    /// It always gives up.
    Unchecked,
}

impl Mode {
    /// What the runtime's macros call it, after `is`.
    pub(crate) fn name(self) -> Option<Ident> {
        match self {
            Self::Open => None,
            Self::Closed => Some(format_ident!("closed")),
            Self::Unchecked => Some(format_ident!("unchecked")),
        }
    }
}

/// The decoder of `definition`.
pub(crate) fn decoder(
    set: &SchemaSet,
    graph: &Graph,
    vendor: &Vendor,
    definition: &Definition,
) -> Decoder {
    let mut checks = Checks {
        set,
        graph,
        vendor,
        name: &definition.name,
        patterns: Vec::new(),
        mode: Mode::Open,
        told_apart: RefCell::default(),
    };
    let wholes: Vec<Whole> = definition.keys.iter().map(Whole::of_key).collect();
    let mut decoder = Decoder {
        mode: Mode::Unchecked,
        condition: Condition::True,
        unlisted: Condition::False,
        of_variants: Vec::new(),
        tag: None,
        patterns: Vec::new(),
    };
    let understood = match &definition.shape {
        Shape::Struct(made) => checks.structure(made, &wholes).map(|it| decoder.condition = it),
        Shape::Enum(_) => checks.vocabulary(&wholes).map(|it| decoder.unlisted = it),
        Shape::Kinds(variants) => {
            checks.kinds(variants, &wholes).map(|conditions| decoder.of_variants = conditions)
        }
        Shape::Objects(branches) => {
            checks.tag(branches, &wholes).map(|tag| decoder.tag = Some(tag))
        }
        Shape::Newtype(ty) => {
            let it = Operand::value(parse_quote!(it.0));
            checks.value(ty, &wholes, &it).map(|it| decoder.condition = it)
        }
    };
    // No value conforms then, and a decoder has none to give.
    let never = |condition: &Condition| condition.is_false();
    let understood = understood
        .filter(|()| !never(&decoder.condition) && !decoder.of_variants.iter().any(never));
    if understood.is_some() {
        decoder.mode = checks.mode;
        decoder.patterns = checks.patterns;
    }
    decoder
}

/// Finds what there is to check of one type. `None` is for what is not understood.
struct Checks<'b> {
    set: &'b SchemaSet,
    graph: &'b Graph,
    vendor: &'b Vendor,
    /// The type's name.
    name: &'b str,
    patterns: Vec<Pattern>,
    mode: Mode,
    /// What [`Checks::tells_apart`] has answered, by the union.
    told_apart: RefCell<BTreeMap<Location, bool>>,
}

/// A keyword that asserts something of a value, in the schema at a place.
struct Assertion<'b> {
    place: Location,
    keyword: &'b str,
    value: &'b Json,
}

impl<'b> Checks<'b> {
    /// The ways through all unions of `whole`, if at most one can be that of a value.
    fn alternatives(&self, whole: &Whole) -> Option<Vec<Whole>> {
        let alternatives = union::alternatives(self.set, whole.clone());
        let decided: BTreeSet<&Location> =
            alternatives.iter().flat_map(|alternative| alternative.decided_since(whole)).collect();
        for place in decided {
            let only_one = place.pointer.ends_with("/oneOf");
            if only_one && !union::tells_apart(self.set, self.graph, whole, &self.union(place)) {
                return None;
            }
        }
        Some(alternatives)
    }

    fn union(&self, place: &Location) -> Union {
        let branches = self.set.at(place).as_array().map_or(0, <[Json]>::len);
        let branches = (0..branches).map(|branch| place.child(&branch.to_string()));
        Union { branches: branches.collect(), place: place.clone() }
    }

    /// What is asserted of values of `kinds` that no Rust type says.
    fn assertions(&self, whole: &Whole, kinds: TypeSet) -> Option<Vec<Assertion<'b>>> {
        let mut assertions = Vec::new();
        for place in &whole.places {
            let schema = match self.set.at(place) {
                Json::Bool(true) => continue,
                Json::Object(schema) => schema,
                _ => return None,
            };
            for (keyword, value) in schema {
                let is_said = match keyword.as_str() {
                    // The `if` says what `then` and `else` do.
                    "$ref" | "allOf" | "else" | "then" | "type" => true,
                    "anyOf" | "oneOf" => self.is_decided(whole, &place.child(keyword)),
                    keyword => {
                        keyword::is_annotation(keyword)
                            || keyword::canonical(keyword)
                                .is_some_and(|keyword| !kinds.intersects(keyword.types))
                    }
                };
                if !is_said {
                    assertions.push(Assertion { place: place.clone(), keyword, value });
                }
            }
        }
        Some(assertions)
    }

    /// Whether a branch of the union is part of the whole.
    fn is_decided(&self, whole: &Whole, place: &Location) -> bool {
        let union = self.union(place);
        let taken = union.branches.iter().any(|branch| {
            let (places, ..) = Whole::at(self.set, branch).key(self.set);
            !places.is_empty() && places.iter().all(|place| whole.places.contains(place))
        });
        taken
            && whole.has_decided(place)
            && (place.pointer.ends_with("/anyOf") || self.tells_apart(&union))
    }

    /// Whether a value of the schema around `union` can be of one branch at most.
    fn tells_apart(&self, union: &Union) -> bool {
        if let Some(known) = self.told_apart.borrow().get(&union.place) {
            return *known;
        }
        let around = Whole::at(self.set, &union.place.parent());
        let tells_apart = union::tells_apart(self.set, self.graph, &around, union);
        self.told_apart.borrow_mut().insert(union.place.clone(), tells_apart);
        tells_apart
    }

    /// What a string may be that no variant is for.
    fn vocabulary(&mut self, wholes: &[Whole]) -> Option<Condition> {
        let mut others = Vec::new();
        for whole in wholes {
            for alternative in self.alternatives(whole)? {
                if !alternative.kinds(self.set).intersects(TypeSet::STRING) {
                    continue;
                }
                let assertions = self.assertions(&alternative, TypeSet::STRING)?;
                if assertions.iter().all(Assertion::lists) && !assertions.is_empty() {
                    continue;
                }
                others.push(self.string(&assertions, &Operand::text())?);
            }
        }
        Some(Condition::any(others))
    }

    /// What must hold of the value of each variant.
    fn kinds(&mut self, variants: &[KindVariant], wholes: &[Whole]) -> Option<Vec<Condition>> {
        let alternatives: Option<Vec<Vec<Whole>>> =
            wholes.iter().map(|whole| self.alternatives(whole)).collect();
        let alternatives = alternatives?.concat();
        let mut of_variants = Vec::new();
        for variant in variants {
            let kinds = match variant.kind {
                Kind::String => TypeSet::STRING,
                Kind::Number => TypeSet::NUMBER,
                Kind::Boolean => TypeSet::BOOLEAN,
                Kind::Array => TypeSet::ARRAY,
                Kind::Object => TypeSet::OBJECT,
                Kind::Other => return None,
            };
            let of_kind: Vec<Whole> = alternatives
                .iter()
                .map(|alternative| alternative.restricted(self.set, kinds))
                .filter(|whole| !whole.kinds(self.set).is_empty())
                .collect();
            of_variants.push(self.value(&variant.ty, &of_kind, &Operand::reference())?);
        }
        Some(of_variants)
    }

    /// The member that tells objects apart, and its values.
    fn tag(
        &mut self,
        branches: &[Branch],
        wholes: &[Whole],
    ) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        let mut alternatives = Vec::new();
        for whole in wholes {
            for alternative in self.alternatives(whole)? {
                if alternative.kinds(self.set).intersects(TypeSet::OBJECT) {
                    alternatives.push(alternative.restricted(self.set, TypeSet::OBJECT));
                }
            }
        }
        if alternatives.len() != branches.len() {
            return None;
        }
        for (branch, alternative) in branches.iter().zip(&alternatives) {
            let of_branch = std::slice::from_ref(alternative);
            if !self.value(&branch.ty, of_branch, &Operand::reference())?.is_true() {
                return None;
            }
        }
        let tag = union::tag(self.graph, &alternatives.iter().collect::<Vec<_>>())?;
        let values = (0..branches.len()).map(|branch| {
            tag.values_of(branch).map(|value| Some(value.as_str()?.to_owned())).collect()
        });
        let values: Vec<Vec<String>> = values.collect::<Option<_>>()?;
        let can_be_found = tag.path.iter().all(|name| is_plain(name))
            && values.iter().all(|values| !values.is_empty());
        can_be_found.then_some((tag.path, values))
    }
}

impl Assertion<'_> {
    /// Whether it lists values.
    fn lists(&self) -> bool {
        matches!(self.keyword, "const" | "enum")
    }
}

/// Whether a member's name is written in JSON as it is.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.contains(['"', '\\']) && !name.contains(char::is_control)
}
