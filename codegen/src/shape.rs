//! [`Whole`]s into types: decides what Rust each value becomes.
//!
//! A type reads every value that fits its schemas, and writes it back; it may read others as well.
//! What it does not tell, the validator does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::GenError;
use crate::bundle::Bundle;
use crate::claims::Claims;
use crate::docs;
use crate::ir::{
    Branch, Definition, Field, Kind, KindVariant, Presence, Rest, Shape, Struct, Type, TypeName,
};
use crate::kinds::Kinds;
use crate::names;
use crate::place::Place;
use crate::union::{self, Alternative};
use crate::vocabulary;
use crate::whole::{Key, Whole};

/// The longest array that becomes a tuple; serde reads none of more than 16.
const LONGEST_TUPLE: usize = 12;

/// Makes a vendor's types.
pub(crate) struct Lowering<'b> {
    bundle: &'b Bundle,
    claims: Claims<'b>,
    /// Where the schemas of the events' discriminators stand, and each event's type.
    discriminators: BTreeMap<Place, TypeName>,
    /// Payloads that are defined elsewhere in their file.
    payloads: BTreeMap<Vec<Key>, Place>,
    /// Payloads that may be null.
    nullable_payloads: BTreeSet<Place>,
    /// Types made or being made, by the wholes that they are made of.
    types: BTreeMap<Vec<Key>, Progress>,
    definitions: Vec<Definition>,
}

/// How far a type has got.
#[derive(Clone)]
enum Progress {
    Made(Type, bool),
    /// Being made. It gets a name if it leads back to itself.
    Open {
        nullable: bool,
        name: Option<TypeName>,
    },
}

/// Where a type is met, for its name and its documentation.
#[derive(Clone)]
struct Site {
    place: Place,
    hint: String,
    /// Whether the type is all that is made of the schema there.
    entire: bool,
}

impl<'b> Lowering<'b> {
    pub(crate) fn new(bundle: &'b Bundle) -> Result<Self, GenError> {
        Ok(Self {
            bundle,
            claims: Claims::new(bundle)?,
            discriminators: BTreeMap::new(),
            payloads: BTreeMap::new(),
            nullable_payloads: BTreeSet::new(),
            types: BTreeMap::new(),
            definitions: Vec::new(),
        })
    }

    /// Notes where the name of the event of `file` stands, so that it is read as such from wherever
    /// it is met.
    pub(crate) fn discriminates(&mut self, file: &str, places: Vec<Place>) {
        let name = self.claims.payload(file);
        // What the constant refers to, and not the reference: others may share that.
        let constant = places.into_iter().rev().find(|place| {
            let schema = self.bundle.get(place);
            schema.get("const").or(schema.get("enum")).is_some()
        });
        if let Some(place) = constant {
            self.discriminators.insert(place, name);
        }
    }

    /// Notes that what the payload's file says of the whole payload is to be called like the file.
    pub(crate) fn expect_payload(&mut self, file: &str) {
        let place = Place::new(file, "");
        let whole = Whole::at(self.bundle, &place);
        let kinds = self.kinds_of(&union::alternatives(self.bundle, whole.clone()));
        let local = |head: Place| head.file == place.file;
        if kinds.has(Kinds::NULL) && kinds != Kinds::ALL {
            self.nullable_payloads.insert(place);
        } else if whole.head(self.bundle).is_some_and(local) {
            self.payloads.entry(vec![whole.key(self.bundle)]).or_insert(place);
        }
    }

    /// The type of the payload whose schema is `file`, which always has a name.
    pub(crate) fn payload(&mut self, file: &str) -> Result<TypeName, GenError> {
        let place = Place::new(file, "");
        let name = self.claims.payload(file);
        let whole = Whole::at(self.bundle, &place);
        let mut site = self.site_at(place, name.clone());
        match self.value(vec![whole], &site)? {
            (Type::Named(made), false) if made == name => {}
            (ty, nullable) => {
                site.entire = true;
                self.claims.entire(&site.place, &name);
                self.define(&site, name.clone(), Shape::Newtype(ty.or_null(nullable)));
            }
        }
        Ok(name)
    }

    /// The type of the schema at `place`, and whether it takes null.
    pub(crate) fn at(&mut self, place: &Place) -> Result<(Type, bool), GenError> {
        let site = self.site_at(place.clone(), self.claims.hint(place));
        self.value(vec![Whole::at(self.bundle, place)], &site)
    }

    pub(crate) fn into_definitions(self) -> Result<Vec<Definition>, GenError> {
        self.claims.refuse_idle()?;
        Ok(self.definitions)
    }

    /// The type of a value that one of `wholes` holds of, and whether it takes null.
    fn value(&mut self, wholes: Vec<Whole>, site: &Site) -> Result<(Type, bool), GenError> {
        if let [whole] = wholes.as_slice()
            && let Some(event) =
                whole.places.iter().find_map(|place| self.discriminators.get(place))
        {
            return Ok((Type::Discriminator(event.clone()), false));
        }
        let mut keys: Vec<Key> = Vec::new();
        let mut different: Vec<Whole> = Vec::new();
        for whole in wholes {
            let key = whole.key(self.bundle);
            if !keys.contains(&key) {
                keys.push(key);
                different.push(whole);
            }
        }
        match self.types.get_mut(&keys) {
            Some(Progress::Made(ty, nullable)) => return Ok((ty.clone(), *nullable)),
            Some(Progress::Open { nullable, name }) => {
                let (nullable, name) = (*nullable, name.clone());
                let site = self.site_of(&different, &keys, site);
                let name = match name {
                    Some(name) => name,
                    None => self.claim(&site),
                };
                let open = Progress::Open { nullable, name: Some(name.clone()) };
                self.types.insert(keys, open);
                return Ok((Type::Named(name), nullable));
            }
            None => {}
        }
        let site = self.site_of(&different, &keys, site);
        let alternatives: Vec<Alternative> = different
            .into_iter()
            .flat_map(|whole| union::alternatives(self.bundle, whole))
            .collect();
        let kinds = self.kinds_of(&alternatives);
        let any = kinds == Kinds::ALL;
        let nullable = kinds.has(Kinds::NULL) && !any && kinds != Kinds::NULL;
        self.types.insert(keys.clone(), Progress::Open { nullable, name: None });
        let ty = if kinds == Kinds::NULL {
            Type::Null
        } else if any {
            self.untyped(&alternatives, &keys, &site)?
        } else {
            self.typed(&alternatives, kinds.without(Kinds::NULL), &keys, &site)?
        };
        let ty = match self.types.get(&keys) {
            Some(Progress::Open { name: Some(name), .. }) => {
                let name = name.clone();
                self.define(&site, name.clone(), Shape::Newtype(ty));
                Type::Named(name)
            }
            _ => ty,
        };
        self.types.insert(keys, Progress::Made(ty.clone(), nullable));
        Ok((ty, nullable))
    }

    /// The kinds of values that fit one of several alternatives.
    fn kinds_of(&self, alternatives: &[Alternative]) -> Kinds {
        let kinds = alternatives.iter().map(|alternative| alternative.whole.kinds(self.bundle));
        kinds.fold(Kinds::NONE, |all, kinds| all | kinds)
    }

    /// Where the type belongs: to the schema that says all of it, if there is one.
    fn site_of(&self, wholes: &[Whole], keys: &[Key], site: &Site) -> Site {
        if let Some(place) = self.payloads.get(keys) {
            return self.site_at(place.clone(), self.claims.hint(place));
        }
        let [whole] = wholes else {
            return site.clone();
        };
        match whole.head(self.bundle) {
            Some(place) if place != site.place => {
                let hint = if place.is_branch_of(&site.place) {
                    site.hint.clone()
                } else {
                    self.claims.hint(&place)
                };
                self.site_at(place, hint)
            }
            _ => site.clone(),
        }
    }

    /// The site of a type that is made of all of the schema at `place`. Of a payload that may be
    /// null, what else it may be is a type of its own.
    fn site_at(&self, place: Place, hint: String) -> Site {
        if self.nullable_payloads.contains(&place) {
            return Site { place, hint: format!("{hint}Value"), entire: false };
        }
        Site { place, hint, entire: true }
    }

    /// Values of any kind, some of which have a structure.
    fn untyped(
        &mut self,
        alternatives: &[Alternative],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let structured: Vec<Kinds> = [Kinds::ARRAY, Kinds::OBJECT]
            .into_iter()
            .filter(|kind| {
                let mut of_kind = alternatives
                    .iter()
                    .filter(|one| one.whole.kinds(self.bundle).has(*kind))
                    .peekable();
                of_kind.peek().is_some()
                    && of_kind.all(|one| one.whole.has_structure(self.bundle, *kind))
            })
            .collect();
        if structured.is_empty() {
            return Ok(Type::Any);
        }
        let mut variants = self.variants(alternatives, &structured, keys, site)?;
        // An object that is any object is no better than any value.
        variants.retain(|variant| match &variant.ty {
            Type::Object => false,
            Type::Array(item) => **item != Type::Any,
            _ => true,
        });
        if variants.is_empty() {
            return Ok(Type::Any);
        }
        variants.push(KindVariant { kind: Kind::Other, ty: Type::Any });
        Ok(self.kinds(variants, keys, site))
    }

    /// Values of some kinds, null aside.
    fn typed(
        &mut self,
        alternatives: &[Alternative],
        kinds: Kinds,
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let mut order: Vec<Kinds> = Vec::new();
        for kind in alternatives.iter().flat_map(|one| one.whole.order(self.bundle)) {
            if !order.contains(&kind) {
                order.push(kind);
            }
        }
        let kinds: Vec<Kinds> =
            order.into_iter().map(|kind| kind & kinds).filter(|kind| !kind.is_empty()).collect();
        match kinds.as_slice() {
            [] => Ok(Type::Any),
            [one] => self.of_kind(alternatives, *one, keys, site),
            several => {
                let variants = self.variants(alternatives, several, keys, site)?;
                Ok(self.kinds(variants, keys, site))
            }
        }
    }

    fn kinds(&mut self, variants: Vec<KindVariant>, keys: &[Key], site: &Site) -> Type {
        let name = self.name(keys, site);
        self.define(site, name.clone(), Shape::Kinds(variants));
        Type::Named(name)
    }

    /// A variant for each of `kinds`.
    fn variants(
        &mut self,
        alternatives: &[Alternative],
        kinds: &[Kinds],
        keys: &[Key],
        site: &Site,
    ) -> Result<Vec<KindVariant>, GenError> {
        // The union has its name before its variants, one of which may lead back to it.
        let name = self.name(keys, site);
        self.types.insert(keys.to_vec(), self.promised(keys, &name));
        let mut variants = Vec::new();
        for kinds in kinds {
            let of_kind: Vec<Whole> = alternatives
                .iter()
                .map(|alternative| alternative.whole.restricted(self.bundle, *kinds))
                .filter(|whole| !whole.kinds(self.bundle).is_empty())
                .collect();
            let (kind, suffix) = match *kinds {
                Kinds::STRING => (Kind::String, "String"),
                Kinds::BOOLEAN => (Kind::Boolean, "Boolean"),
                Kinds::ARRAY => (Kind::Array, "Array"),
                Kinds::OBJECT => (Kind::Object, "Object"),
                _ => (Kind::Number, "Number"),
            };
            let site =
                Site { place: site.place.clone(), hint: format!("{name}{suffix}"), entire: false };
            let (ty, _) = self.value(of_kind, &site)?;
            variants.push(KindVariant { kind, ty });
        }
        Ok(variants)
    }

    /// Values of one kind.
    fn of_kind(
        &mut self,
        alternatives: &[Alternative],
        kind: Kinds,
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let alternatives: Vec<&Alternative> = alternatives
            .iter()
            .filter(|alternative| alternative.whole.kinds(self.bundle).has(kind))
            .collect();
        match kind {
            Kinds::STRING => self.string(&alternatives, keys, site),
            Kinds::BOOLEAN => Ok(Type::Boolean),
            Kinds::INTEGER => Ok(Type::Integer),
            Kinds::ARRAY => self.array(&alternatives, site),
            Kinds::OBJECT => self.object(&alternatives, keys, site),
            _ => Ok(Type::Number),
        }
    }

    fn string(
        &mut self,
        alternatives: &[&Alternative],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let wholes: Vec<&Whole> = alternatives.iter().map(|one| &one.whole).collect();
        let listed: Vec<&'b str> = wholes
            .iter()
            .filter_map(|whole| whole.listed(self.bundle))
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if !listed.is_empty() {
            let variants = vocabulary::variants(self.bundle, &site.place, &wholes, &listed)?;
            let name = self.name(keys, site);
            self.define(site, name.clone(), Shape::Enum(variants));
            return Ok(Type::Named(name));
        }
        let timestamps = wholes.iter().all(|whole| whole.has_format(self.bundle, "date-time"));
        Ok(if timestamps { Type::Timestamp } else { Type::String })
    }

    fn array(&mut self, alternatives: &[&Alternative], site: &Site) -> Result<Type, GenError> {
        if let [Alternative { whole, .. }] = alternatives {
            let prefix = whole.prefix(self.bundle);
            let length = prefix.len() as u64;
            let (least, most) = whole.bounds(self.bundle, "minItems", "maxItems");
            let ends = whole.elements(self.bundle).kinds(self.bundle).is_empty();
            let exact = least >= length && (ends || most <= length);
            if (1..=LONGEST_TUPLE).contains(&prefix.len()) && exact {
                let mut elements = Vec::new();
                for (i, element) in prefix.into_iter().enumerate() {
                    let wholes = vec![element];
                    let site = below(site, &wholes, &(i + 1).to_string());
                    let (ty, nullable) = self.value(wholes, &site)?;
                    elements.push(ty.or_null(nullable));
                }
                return Ok(Type::Tuple(elements));
            }
        }
        let mut elements = Vec::new();
        for Alternative { whole, .. } in alternatives {
            let prefix = whole.prefix(self.bundle);
            let rest = whole.elements(self.bundle);
            let (_, most) = whole.bounds(self.bundle, "minItems", "maxItems");
            if most > prefix.len() as u64 && !rest.kinds(self.bundle).is_empty() {
                elements.push(rest);
            }
            elements.extend(prefix);
        }
        if elements.is_empty() {
            return Ok(Type::Array(Box::new(Type::Any)));
        }
        let site = below(site, &elements, "Item");
        let (ty, nullable) = self.value(elements, &site)?;
        Ok(Type::Array(Box::new(ty.or_null(nullable))))
    }

    fn object(
        &mut self,
        alternatives: &[&Alternative],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let is_map = |one: &&Alternative| one.whole.members(self.bundle).is_empty();
        match alternatives {
            [one] if !is_map(one) => self.structure(&one.whole, keys, site),
            several if several.iter().all(is_map) => {
                let mut values = Vec::new();
                for Alternative { whole, .. } in several {
                    let rest = whole.rest(self.bundle);
                    let closing = ["additionalProperties", "unevaluatedProperties"];
                    if rest.is_empty() && !whole.forbids_more(self.bundle, &closing) {
                        return Ok(Type::Object);
                    }
                    values.extend(rest);
                }
                self.map(values, site)
            }
            _ => self.objects(alternatives, keys, site),
        }
    }

    /// An object whose members are all of one type.
    fn map(&mut self, values: Vec<Whole>, site: &Site) -> Result<Type, GenError> {
        if values.is_empty() {
            return Ok(Type::Object);
        }
        let site = below(site, &values, "Value");
        Ok(match self.value(values, &site)? {
            (Type::Any, _) => Type::Object,
            (ty, nullable) => Type::Map(Box::new(ty.or_null(nullable))),
        })
    }

    /// One of several objects.
    fn objects(
        &mut self,
        alternatives: &[&Alternative],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let name = self.name(keys, site);
        self.types.insert(keys.to_vec(), self.promised(keys, &name));
        let labels = union::labels(self.bundle, alternatives);
        let mut branches: Vec<Branch> = Vec::new();
        for (alternative, label) in alternatives.iter().zip(labels) {
            let whole = alternative.whole.restricted(self.bundle, Kinds::OBJECT);
            let place = alternative.branches.last().unwrap_or(&site.place).clone();
            let entire = whole.head(self.bundle).as_ref() == Some(&place);
            let site = Site { place, hint: format!("{name}{label}"), entire };
            let guard = union::guard(self.bundle, &whole);
            let (ty, _) = self.value(vec![whole], &site)?;
            let label = match &ty {
                Type::Named(named) => {
                    let rest = named.strip_prefix(&name).filter(|rest| names::is_type(rest));
                    rest.unwrap_or(named).to_owned()
                }
                _ => label,
            };
            let taken = |name: &str| branches.iter().any(|other| other.name == name);
            let label = names::free(&names::variant(&label), "", taken);
            branches.push(Branch { name: label, ty, guard });
        }
        self.define(site, name.clone(), Shape::Objects(branches));
        Ok(Type::Named(name))
    }

    fn structure(&mut self, whole: &Whole, keys: &[Key], site: &Site) -> Result<Type, GenError> {
        let name = self.name(keys, site);
        // The struct stands before the types of its fields, and a field may lead back to it.
        self.types.insert(keys.to_vec(), self.promised(keys, &name));
        let index = self.definitions.len();
        self.define(site, name.clone(), Shape::Enum(Vec::new()));
        let mut members: Vec<(String, Vec<Whole>)> = whole
            .members(self.bundle)
            .into_iter()
            .map(|(wire, whole)| (wire, vec![whole]))
            .collect();
        for (wire, wholes) in whole.conditional_members(self.bundle) {
            if !members.iter().any(|(known, _)| *known == wire) {
                members.push((wire, wholes));
            }
        }
        let required = whole.required(self.bundle);
        for wire in &required {
            if !members.iter().any(|(known, _)| known == wire) {
                members.push((wire.clone(), vec![whole.member(self.bundle, wire)]));
            }
        }
        // A member of which no value fits must be absent.
        members
            .retain(|(_, wholes)| wholes.iter().any(|whole| !whole.kinds(self.bundle).is_empty()));
        let mut fields: Vec<Field> = Vec::new();
        let names = self.field_names(&members);
        for ((wire, wholes), field_name) in members.into_iter().zip(names) {
            let required = required.contains(&wire);
            fields.push(self.field(&name, wire, field_name, wholes, required)?);
        }
        let rest = self.rest(whole, &name, &fields)?;
        if let Some(definition) = self.definitions.get_mut(index) {
            definition.shape = Shape::Struct(Struct { fields, rest });
        }
        Ok(Type::Named(name))
    }

    /// The names of fields: first those that are asked for, then those that the wire has as they
    /// are, then the others in order.
    fn field_names(&mut self, members: &[(String, Vec<Whole>)]) -> Vec<String> {
        let mut names: Vec<Option<String>> = members
            .iter()
            .map(|(_, wholes)| {
                let place = wholes.first().and_then(|whole| whole.places.first())?;
                self.claims.field(place)
            })
            .collect();
        for exact in [true, false] {
            for (i, (wire, _)) in members.iter().enumerate() {
                let name = names::snake(wire);
                if names[i].is_none() && (!exact || name.trim_start_matches("r#") == wire) {
                    let taken =
                        |name: &str| names.iter().flatten().any(|taken| taken.as_str() == name);
                    names[i] = Some(names::free(&name, "_", taken));
                }
            }
        }
        names.into_iter().flatten().collect()
    }

    fn field(
        &mut self,
        parent: &str,
        wire: String,
        name: String,
        wholes: Vec<Whole>,
        required: bool,
    ) -> Result<Field, GenError> {
        let at = wholes.first().and_then(|whole| whole.places.first()).cloned();
        let site = Site {
            place: at.clone().unwrap_or_else(|| Place::new("", "")),
            hint: format!("{parent}{}", names::pascal(&wire)),
            entire: wholes.len() == 1,
        };
        let (ty, nullable) = self.value(wholes, &site)?;
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) if matches!(ty, Type::Any | Type::Null) => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        Ok(Field {
            wire,
            name,
            docs: at.iter().flat_map(|at| docs::field(self.bundle, at)).collect(),
            ty,
            presence,
            sensitive: at.is_some_and(|at| docs::sensitive(self.bundle, &at)),
        })
    }

    /// The field for members that have none, if a struct keeps them.
    fn rest(
        &mut self,
        whole: &Whole,
        parent: &str,
        fields: &[Field],
    ) -> Result<Option<Rest>, GenError> {
        let values = whole.rest(self.bundle);
        let Some(first) = values.first() else {
            return Ok(None);
        };
        let at = first.places.first().cloned();
        let site = Site {
            place: at.clone().unwrap_or_else(|| Place::new("", "")),
            hint: parent.to_owned(),
            entire: false,
        };
        let ty = self.map(values, &site)?;
        let taken = |name: &str| fields.iter().any(|field| field.name == name);
        Ok(Some(Rest {
            name: names::free("additional_properties", "_", taken),
            ty,
            sensitive: at.is_some_and(|at| docs::sensitive(self.bundle, &at)),
        }))
    }

    /// The name of the type being made.
    fn name(&mut self, keys: &[Key], site: &Site) -> TypeName {
        match self.types.get(keys) {
            Some(
                Progress::Open { name: Some(name), .. } | Progress::Made(Type::Named(name), _),
            ) => name.clone(),
            _ => self.claim(site),
        }
    }

    fn claim(&mut self, site: &Site) -> TypeName {
        if site.entire {
            self.claims.entire(&site.place, &site.hint)
        } else {
            self.claims.part(&site.place, &site.hint)
        }
    }

    /// The type called `name`, before it is made.
    fn promised(&self, keys: &[Key], name: &str) -> Progress {
        let nullable = match self.types.get(keys) {
            Some(Progress::Open { nullable, .. } | Progress::Made(_, nullable)) => *nullable,
            None => false,
        };
        Progress::Made(Type::Named(name.to_owned()), nullable)
    }

    fn define(&mut self, site: &Site, name: TypeName, shape: Shape) {
        self.definitions.push(Definition {
            docs: docs::definition(self.bundle, &site.place),
            place: site.place.clone(),
            entire: site.entire,
            name,
            shape,
        });
    }
}

/// The site of a value inside the one at `site`, of which one of `wholes` holds.
fn below(site: &Site, wholes: &[Whole], suffix: &str) -> Site {
    let place = wholes.iter().find_map(|whole| whole.places.first());
    Site {
        hint: format!("{}{suffix}", site.hint),
        entire: wholes.len() == 1 && place.is_some(),
        place: place.unwrap_or(&site.place).clone(),
    }
}
