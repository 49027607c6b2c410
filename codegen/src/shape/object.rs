//! Objects into maps, structs, and enums of structs.

use super::{Lowering, Site};
use crate::GenError;
use crate::docs;
use crate::ir::{Branch, Field, Presence, Rest, Shape, Struct, Type, TypeName};
use crate::names;
use crate::union;
use crate::whole::{Key, Whole};
use offhook_model::{Location, TypeSet};

impl Lowering<'_> {
    pub(super) fn object(
        &mut self,
        alternatives: &[&Whole],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let is_map = |one: &&Whole| one.members(self.set).is_empty();
        match alternatives {
            [one] if !is_map(one) => self.structure(one, keys, site),
            several if several.iter().all(is_map) => {
                let mut values = Vec::new();
                for whole in several {
                    let rest = whole.rest(self.set);
                    let closing = ["additionalProperties", "unevaluatedProperties"];
                    if rest.is_empty() && !whole.forbids_more(self.set, &closing) {
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
        let site = self.below(site, &values, "Value");
        Ok(match self.value(values, &site)? {
            (Type::Any, _) => Type::Object,
            (ty, nullable) => Type::Map(Box::new(ty.or_null(nullable))),
        })
    }

    /// One of several objects.
    fn objects(
        &mut self,
        alternatives: &[&Whole],
        keys: &[Key],
        site: &Site,
    ) -> Result<Type, GenError> {
        let (name, index) = self.reserve(keys, site);
        let labels = union::labels(self.set, self.graph, alternatives);
        let mut branches: Vec<Branch> = Vec::new();
        for (alternative, label) in alternatives.iter().zip(labels) {
            let whole = alternative.restricted(self.set, TypeSet::OBJECT);
            let place = alternative.taken.last().unwrap_or(&site.place).clone();
            let entire = whole.head(self.set).as_ref() == Some(&place);
            let summary = docs::summary(self.set, &place);
            let about = place.clone();
            let site = Site { place, hint: format!("{name}{label}"), about, entire };
            let guard = union::guard(self.set, self.graph, &whole);
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
            branches.push(Branch { name: label, summary, ty, guard });
        }
        self.fill(index, Shape::Objects(branches));
        Ok(Type::Named(name))
    }

    fn structure(&mut self, whole: &Whole, keys: &[Key], site: &Site) -> Result<Type, GenError> {
        let (name, index) = self.reserve(keys, site);
        let mut members: Vec<(String, Vec<Whole>)> =
            whole.members(self.set).into_iter().map(|(wire, whole)| (wire, vec![whole])).collect();
        for (wire, wholes) in whole.conditional_members(self.set) {
            if !members.iter().any(|(known, _)| *known == wire) {
                members.push((wire, wholes));
            }
        }
        let required = whole.required(self.set);
        for wire in &required {
            if !members.iter().any(|(known, _)| known == wire) {
                members.push((wire.clone(), vec![whole.member(self.set, wire)]));
            }
        }
        // A member of which no value fits must be absent.
        members.retain(|(_, wholes)| wholes.iter().any(|whole| !whole.kinds(self.set).is_empty()));
        let mut fields: Vec<Field> = Vec::new();
        let names = self.field_names(&members)?;
        for ((wire, wholes), field_name) in members.into_iter().zip(names) {
            fields.push(if let Some(event) = self.named_event(whole, &wire) {
                self.discriminator(wire, field_name, &wholes, event)
            } else {
                let required = required.contains(&wire);
                self.field(&name, &site.place, wire, field_name, wholes, required)?
            });
        }
        let rest = self.rest(whole, &name, &site.place, &fields)?;
        self.fill(index, Shape::Struct(Struct { fields, rest }));
        Ok(Type::Named(name))
    }

    /// The names of fields: first those that are asked for, then those that the wire has as they
    /// are, then the others in order.
    fn field_names(&mut self, members: &[(String, Vec<Whole>)]) -> Result<Vec<String>, GenError> {
        let mut names: Vec<Option<String>> = Vec::new();
        for (_, wholes) in members {
            let place = wholes.first().and_then(|whole| whole.places.first());
            let name = place.and_then(|place| self.claims.field(place));
            if let (Some(place), Some(text)) = (place, &name)
                && names.contains(&name)
            {
                return Err(GenError::at(
                    self.set,
                    &place.child("x-rust-name"),
                    format!("want a field name of its own, got {text:?}, which another has"),
                ));
            }
            names.push(name);
        }
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
        Ok(names.into_iter().flatten().collect())
    }

    /// The field for the member that names the event, which is always there.
    fn discriminator(
        &self,
        wire: String,
        name: String,
        wholes: &[Whole],
        event: TypeName,
    ) -> Field {
        Field {
            docs: docs::field(self.set, wholes, &wire, &name),
            sensitive: docs::sensitive(self.set, wholes),
            ty: Type::Discriminator(event),
            presence: Presence::Required,
            wire,
            name,
        }
    }

    fn field(
        &mut self,
        parent: &str,
        place: &Location,
        wire: String,
        name: String,
        wholes: Vec<Whole>,
        required: bool,
    ) -> Result<Field, GenError> {
        let site = Site {
            hint: format!("{parent}{}", names::pascal(&wire)),
            ..self.site_within(place, &wholes)
        };
        let docs = docs::field(self.set, &wholes, &wire, &name);
        let sensitive = docs::sensitive(self.set, &wholes);
        let takes_anything = wholes.iter().any(|whole| {
            self.kinds_of(&union::alternatives(self.set, whole.clone())) == TypeSet::ALL
        });
        let (ty, nullable) = self.value(wholes, &site)?;
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            // Null is a value like any other, and no absence.
            (false, false) if takes_anything || ty == Type::Null => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        Ok(Field { wire, name, docs, ty, presence, sensitive })
    }

    /// The field for members that have none, if a struct keeps them.
    fn rest(
        &mut self,
        whole: &Whole,
        parent: &str,
        place: &Location,
        fields: &[Field],
    ) -> Result<Option<Rest>, GenError> {
        let values = whole.rest(self.set);
        if values.is_empty() {
            return Ok(None);
        }
        let site = Site {
            place: place.clone(),
            hint: parent.to_owned(),
            about: place.clone(),
            entire: false,
        };
        let sensitive = docs::sensitive(self.set, &values);
        let ty = self.map(values, &site)?;
        let taken = |name: &str| fields.iter().any(|field| field.name == name);
        Ok(Some(Rest { name: names::free("additional_properties", "_", taken), ty, sensitive }))
    }
}
