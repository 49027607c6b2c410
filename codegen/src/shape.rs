//! [`Whole`]s into types: decides what Rust each value becomes.
//!
//! A type reads every value that fits its schemas, and writes it back; it may read others as well.
//! What it does not tell, the validator does.

mod object;

use std::collections::{BTreeMap, BTreeSet};

use crate::GenError;
use crate::claims::Claims;
use crate::docs;
use crate::ir::{Definition, Kind, KindVariant, Shape, Type, TypeName};
use crate::union;
use crate::vocabulary;
use crate::whole::{Key, Whole};
use offhook_model::{Graph, Json, Location, SchemaSet, TypeSet};

/// Makes a vendor's types.
pub(crate) struct Lowering<'b> {
    set: &'b SchemaSet,
    graph: &'b Graph,
    claims: Claims<'b>,
    discriminators: Vec<Discriminator>,
    /// Payloads that are defined elsewhere in their file.
    payloads: BTreeMap<Vec<Key>, Location>,
    /// Payloads that may be null.
    nullable_payloads: BTreeSet<Location>,
    /// Types made or being made, by the wholes that they are made of.
    types: BTreeMap<Vec<Key>, Progress>,
    definitions: Vec<Definition>,
}

/// The member of a payload that names its event.
///
/// Its own schema may be shared with other events, and with members that name nothing. The event is
/// therefore identified by the schemas of the enclosing object.
struct Discriminator {
    /// The schemas of the object that has the member.
    object: BTreeSet<Location>,
    member: String,
    /// The type of the event.
    event: TypeName,
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
    place: Location,
    hint: String,
    /// What tells people about it.
    about: Location,
    /// Whether the type is all that is made of the schema there.
    entire: bool,
}

impl<'b> Lowering<'b> {
    pub(crate) fn new(set: &'b SchemaSet, graph: &'b Graph) -> Result<Self, GenError> {
        Ok(Self {
            set,
            graph,
            claims: Claims::new(set)?,
            discriminators: Vec::new(),
            payloads: BTreeMap::new(),
            nullable_payloads: BTreeSet::new(),
            types: BTreeMap::new(),
            definitions: Vec::new(),
        })
    }

    /// Records that `member` names the event of `file` in objects that `object` describes.
    pub(crate) fn discriminates(&mut self, file: &str, object: &Whole, member: &str) {
        self.discriminators.push(Discriminator {
            object: object.key(self.set).0,
            member: member.to_owned(),
            event: self.claims.payload(file),
        });
    }

    /// Returns the event that `member` names in objects that `object` describes, if it names one.
    fn named_event(&self, object: &Whole, member: &str) -> Option<TypeName> {
        // Not its key: a place that only has a union is none of that once a branch is chosen.
        let describes = |place: &Location| object.places.contains(place);
        let names = |one: &&Discriminator| one.member == member && one.object.iter().all(describes);
        self.discriminators.iter().find(names).map(|one| one.event.clone())
    }

    /// Notes that what the payload's file says of the whole payload is to be called like the file.
    pub(crate) fn expect_payload(&mut self, file: &str) {
        let place = Location::new(file, "");
        let whole = Whole::at(self.set, &place);
        let kinds = self.kinds_of(&union::alternatives(self.set, whole.clone()));
        // Where payloads name their event, no other can be of the same schema.
        let named = self.set.manifest().discriminator.is_some();
        let local = |head: Location| named || head.file == place.file;
        if kinds.intersects(TypeSet::NULL) && kinds != TypeSet::ALL {
            self.nullable_payloads.insert(place);
        } else if whole.head(self.set).is_some_and(local) {
            self.payloads.entry(vec![whole.key(self.set)]).or_insert(place);
        }
    }

    /// The type of the payload whose schema is `file`, which always has a name.
    pub(crate) fn payload(&mut self, file: &str) -> Result<TypeName, GenError> {
        let place = Location::new(file, "");
        let name = self.claims.payload(file);
        let whole = Whole::at(self.set, &place);
        let keys = [whole.key(self.set)];
        let mut site = self.site_at(place, name.clone());
        match self.value(vec![whole], &site)? {
            (Type::Named(made), false) if made == name => {}
            (ty, nullable) => {
                site.entire = true;
                self.claims.entire(&site.place, &name);
                self.define(&site, name.clone(), &keys, Shape::Newtype(ty.or_null(nullable)));
            }
        }
        Ok(name)
    }

    /// The type of the schema at `place`, and whether it takes null.
    pub(crate) fn at(&mut self, place: &Location) -> Result<(Type, bool), GenError> {
        let site = self.site_at(place.clone(), self.claims.hint(place));
        self.value(vec![Whole::at(self.set, place)], &site)
    }

    pub(crate) fn into_definitions(self) -> Result<Vec<Definition>, GenError> {
        self.claims.refuse_idle()?;
        Ok(self.definitions)
    }

    /// The type of a value that one of `wholes` holds of, and whether it takes null.
    fn value(&mut self, wholes: Vec<Whole>, site: &Site) -> Result<(Type, bool), GenError> {
        let mut keys: Vec<Key> = Vec::new();
        let mut seen: BTreeSet<Key> = BTreeSet::new();
        let mut different: Vec<Whole> = Vec::new();
        for whole in wholes {
            let key = whole.key(self.set);
            if seen.insert(key.clone()) {
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
        let alternatives: Vec<Whole> =
            different.into_iter().flat_map(|whole| union::alternatives(self.set, whole)).collect();
        let kinds = self.kinds_of(&alternatives);
        let any = kinds == TypeSet::ALL;
        let nullable = kinds.intersects(TypeSet::NULL) && !any && kinds != TypeSet::NULL;
        self.types.insert(keys.clone(), Progress::Open { nullable, name: None });
        let ty = if kinds == TypeSet::NULL {
            Type::Null
        } else if any {
            self.untyped(&alternatives, &keys, &site)?
        } else if let Some(whole) = self.only_alternative(&alternatives, &keys) {
            self.value(vec![whole], &site)?.0
        } else {
            self.typed(&alternatives, kinds.without(TypeSet::NULL), &keys, &site)?
        };
        let ty = match self.types.get(&keys) {
            Some(Progress::Open { name: Some(name), .. }) => {
                let name = name.clone();
                self.define(&site, name.clone(), &keys, Shape::Newtype(ty));
                Type::Named(name)
            }
            _ => ty,
        };
        self.types.insert(keys, Progress::Made(ty.clone(), nullable));
        Ok((ty, nullable))
    }

    /// What is left of a union once null is set aside, if that is one schema which has, or will
    /// have, a type of its own.
    fn only_alternative(&self, alternatives: &[Whole], keys: &[Key]) -> Option<Whole> {
        let mut left = alternatives
            .iter()
            .filter(|whole| !whole.kinds(self.set).without(TypeSet::NULL).is_empty());
        let (Some(whole), None) = (left.next(), left.next()) else {
            return None;
        };
        (whole.key(self.set) != *keys.first()?).then(|| whole.clone())
    }

    /// The kinds of values that fit one of several alternatives.
    fn kinds_of(&self, alternatives: &[Whole]) -> TypeSet {
        let kinds = alternatives.iter().map(|alternative| alternative.kinds(self.set));
        kinds.fold(TypeSet::NONE, |all, kinds| all | kinds)
    }

    /// Where the type belongs: to the schema that says all of it, if there is one.
    fn site_of(&self, wholes: &[Whole], keys: &[Key], site: &Site) -> Site {
        if let Some(place) = self.payloads.get(keys) {
            return self.site_at(place.clone(), self.claims.hint(place));
        }
        let [whole] = wholes else {
            return site.clone();
        };
        match whole.head(self.set) {
            Some(place) if place != site.place => {
                let hint = if whole.taken.contains(&place) {
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
    fn site_at(&self, place: Location, hint: String) -> Site {
        let about = place.clone();
        if self.nullable_payloads.contains(&place) {
            return Site { place, hint: format!("{hint}Value"), about, entire: false };
        }
        Site { place, hint, about, entire: true }
    }

    /// Values of any kind, some of which have a structure.
    fn untyped(
        &mut self,
        alternatives: &[Whole],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let structured: Vec<TypeSet> = [TypeSet::ARRAY, TypeSet::OBJECT]
            .into_iter()
            .filter(|kind| {
                let mut of_kind = alternatives
                    .iter()
                    .filter(|one| one.kinds(self.set).intersects(*kind))
                    .peekable();
                of_kind.peek().is_some() && of_kind.all(|one| one.has_structure(self.set, *kind))
            })
            .collect();
        if structured.is_empty() {
            return Ok(Type::Any);
        }
        let (name, index) = self.reserve(keys, site);
        let mut variants = self.variants(alternatives, &structured, &name, site)?;
        // An object that is any object is no better than any value.
        variants.retain(|variant| match &variant.ty {
            Type::Object => false,
            Type::Array(item) => **item != Type::Any,
            _ => true,
        });
        if variants.is_empty() {
            self.definitions.remove(index);
            return Ok(Type::Any);
        }
        variants.push(KindVariant { kind: Kind::Other, ty: Type::Any });
        self.fill(index, Shape::Kinds(variants));
        Ok(Type::Named(name))
    }

    /// Values of some kinds, null aside.
    fn typed(
        &mut self,
        alternatives: &[Whole],
        kinds: TypeSet,
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let mut order: Vec<TypeSet> = Vec::new();
        for kind in alternatives.iter().flat_map(|one| one.order(self.set)) {
            if !order.contains(&kind) {
                order.push(kind);
            }
        }
        let kinds: Vec<TypeSet> =
            order.into_iter().map(|kind| kind & kinds).filter(|kind| !kind.is_empty()).collect();
        match kinds.as_slice() {
            [] => Ok(Type::Any),
            [one] => self.of_kind(alternatives, *one, keys, site),
            several => {
                let (name, index) = self.reserve(keys, site);
                let variants = self.variants(alternatives, several, &name, site)?;
                self.fill(index, Shape::Kinds(variants));
                Ok(Type::Named(name))
            }
        }
    }

    /// A variant for each of `kinds`.
    fn variants(
        &mut self,
        alternatives: &[Whole],
        kinds: &[TypeSet],
        name: &str,
        site: &Site,
    ) -> Result<Vec<KindVariant>, GenError> {
        let mut variants = Vec::new();
        for kinds in kinds {
            let of_kind: Vec<Whole> = alternatives
                .iter()
                .map(|alternative| alternative.restricted(self.set, *kinds))
                .filter(|whole| !whole.kinds(self.set).is_empty())
                .collect();
            let (kind, suffix) = match *kinds {
                TypeSet::STRING => (Kind::String, "String"),
                TypeSet::BOOLEAN => (Kind::Boolean, "Boolean"),
                TypeSet::ARRAY => (Kind::Array, "Array"),
                TypeSet::OBJECT => (Kind::Object, "Object"),
                _ => (Kind::Number, "Number"),
            };
            let site = Site { hint: format!("{name}{suffix}"), entire: false, ..site.clone() };
            let (ty, _) = self.value(of_kind, &site)?;
            variants.push(KindVariant { kind, ty });
        }
        Ok(variants)
    }

    /// Values of one kind.
    fn of_kind(
        &mut self,
        alternatives: &[Whole],
        kind: TypeSet,
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let alternatives: Vec<&Whole> = alternatives
            .iter()
            .filter(|alternative| alternative.kinds(self.set).intersects(kind))
            .collect();
        match kind {
            TypeSet::STRING => self.string(&alternatives, keys, site),
            TypeSet::BOOLEAN => Ok(Type::Boolean),
            TypeSet::INTEGER => Ok(Type::Integer),
            TypeSet::ARRAY => self.array(&alternatives, site),
            TypeSet::OBJECT => self.object(&alternatives, keys, site),
            _ => Ok(Type::Number),
        }
    }

    fn string(
        &mut self,
        alternatives: &[&Whole],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let listed: Vec<&'b str> = alternatives
            .iter()
            .filter_map(|whole| whole.listed(self.set))
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        if !listed.is_empty() {
            let variants = vocabulary::variants(self.set, &site.place, alternatives, &listed)?;
            let name = self.name(keys, site);
            self.define(site, name.clone(), keys, Shape::Enum(variants));
            return Ok(Type::Named(name));
        }
        let timestamps = alternatives.iter().all(|whole| whole.has_format(self.set, "date-time"));
        Ok(if timestamps { Type::Timestamp } else { Type::String })
    }

    fn array(&mut self, alternatives: &[&Whole], site: &Site) -> Result<Type, GenError> {
        if let [whole] = alternatives
            && let Some(prefix) = whole.exact_prefix(self.set)
        {
            let mut elements = Vec::new();
            for (i, element) in prefix.into_iter().enumerate() {
                let wholes = vec![element];
                let site = self.below(site, &wholes, &(i + 1).to_string());
                let (ty, nullable) = self.value(wholes, &site)?;
                elements.push(ty.or_null(nullable));
            }
            return Ok(Type::Tuple(elements));
        }
        let mut elements = Vec::new();
        for whole in alternatives {
            let prefix = whole.prefix(self.set);
            let rest = whole.elements(self.set);
            let (_, most) = whole.bounds(self.set, "minItems", "maxItems");
            if most > prefix.len() as u64 && !rest.kinds(self.set).is_empty() {
                elements.push(rest);
            }
            elements.extend(prefix);
        }
        if elements.is_empty() {
            return Ok(Type::Array(Box::new(Type::Any)));
        }
        let site = self.below(site, &elements, "Item");
        let (ty, nullable) = self.value(elements, &site)?;
        Ok(Type::Array(Box::new(ty.or_null(nullable))))
    }

    /// The site of an element or member of the value at `site`, of which one of `wholes` holds.
    fn below(&self, site: &Site, wholes: &[Whole], suffix: &str) -> Site {
        Site { hint: format!("{}{suffix}", site.hint), ..self.site_within(&site.place, wholes) }
    }

    /// The site of a value inside the one at `place`, of which one of `wholes` holds.
    fn site_within(&self, place: &Location, wholes: &[Whole]) -> Site {
        let first = wholes.iter().find_map(|whole| whole.places.first());
        let about = first.unwrap_or(place).clone();
        let hint = String::new();
        match wholes {
            [whole] if whole.head(self.set).is_some() => {
                Site { place: about.clone(), hint, about, entire: true }
            }
            _ => Site { place: place.clone(), hint, about, entire: false },
        }
    }

    /// A place for a type before those that it is made of, one of which may lead back to it.
    fn reserve(&mut self, keys: &[Key], site: &Site) -> (TypeName, usize) {
        let name = self.name(keys, site);
        self.types.insert(keys.to_vec(), self.promised(keys, &name));
        self.define(site, name.clone(), keys, Shape::Enum(Vec::new()));
        (name, self.definitions.len() - 1)
    }

    /// What the type becomes that has the place at `index`.
    fn fill(&mut self, index: usize, shape: Shape) {
        if let Some(definition) = self.definitions.get_mut(index) {
            definition.shape = shape;
        }
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

    /// Whether a whole payload is sensitive: there is no field that says so.
    fn is_sensitive_payload(&self, place: &Location) -> bool {
        if !place.pointer.is_empty() || !self.set.is_payload(&place.file) {
            return false;
        }
        let whole = Whole::at(self.set, place);
        if whole.members(self.set).is_empty() {
            return docs::sensitive(self.set, &[whole]);
        }
        // Fields speak for themselves.
        let said = whole.places.iter().find_map(|place| self.set.at(place).get("x-sensitive"));
        said == Some(&Json::Bool(true))
    }

    fn define(&mut self, site: &Site, name: TypeName, keys: &[Key], shape: Shape) {
        self.definitions.push(Definition {
            docs: docs::definition(self.set, &site.about),
            place: site.place.clone(),
            keys: keys.to_vec(),
            entire: site.entire,
            sensitive: site.entire && self.is_sensitive_payload(&site.place),
            name,
            shape,
        });
    }
}
