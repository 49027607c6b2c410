//! Which type name belongs to which schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::GenError;
use crate::ir::TypeName;
use crate::names;
use offhook_model::location::tokens;
use offhook_model::{Draft, Json, Location, SchemaSet, keyword, stem};

/// The names of a vendor's types.
pub(crate) struct Claims<'b> {
    set: &'b SchemaSet,
    /// Names in use, with the schema that uses them; none for those that the generated code needs.
    taken: BTreeMap<TypeName, Option<Location>>,
    /// Names that were given before their types are made.
    promised: BTreeMap<Location, TypeName>,
    /// Names of types that have been made.
    made: BTreeMap<Location, TypeName>,
    /// `x-rust-name`s that named something.
    used: BTreeSet<Location>,
}

impl<'b> Claims<'b> {
    /// Gives the names that do not depend on what types there are: those that schemas ask for, and
    /// those of payloads.
    pub(crate) fn new(set: &'b SchemaSet) -> Result<Self, GenError> {
        let taken = names::RESERVED.iter().map(|name| ((*name).to_owned(), None)).collect();
        let mut claims = Self {
            set,
            taken,
            promised: BTreeMap::new(),
            made: BTreeMap::new(),
            used: BTreeSet::new(),
        };
        for (file, schema) in set.files() {
            let mut open = vec![(Location::new(file, ""), schema)];
            while let Some((place, schema)) = open.pop() {
                if let Some(name) = schema.get("x-rust-name").and_then(Json::as_str) {
                    claims.asked(&place, name)?;
                }
                open.extend(keyword::subschemas(Draft::Draft202012, &place, schema));
            }
        }
        let by_path = ambiguous(set);
        let named = set.manifest().discriminator.is_some();
        for file in set.payload_files() {
            let place = Location::new(file, "");
            if !claims.promised.contains_key(&place) {
                let name = root_name(file, by_path);
                let name = if named {
                    // The variant for events that are not documented is called Unknown.
                    claims.free(if name == "Unknown" { "UnknownEvent" } else { &name }, "Event")
                } else {
                    claims.free(&name, "Value")
                };
                claims.promise(place, name);
            }
        }
        Ok(claims)
    }

    /// A name that a schema asks for.
    fn asked(&mut self, place: &Location, name: &str) -> Result<(), GenError> {
        let at = place.child("x-rust-name");
        if names::is_field(name) {
            return Ok(());
        }
        if !names::is_type(name) {
            return Err(GenError::at(
                self.set,
                &at,
                format!(
                    "want a name for a Rust type, such as \"CallStatus\", or for a field, such as \"call_status\", got {name:?}"
                ),
            ));
        }
        let is_event = self.set.manifest().discriminator.is_some()
            && self.set.is_payload(&place.file)
            && place.pointer.is_empty();
        if is_event && name == "Unknown" {
            let message = "want a name other than \"Unknown\", the variant for events that are not documented";
            return Err(GenError::at(self.set, &at, message));
        }
        match self.taken.get(name) {
            None => {
                self.promise(place.clone(), name.to_owned());
                Ok(())
            }
            Some(other) => {
                let other =
                    other.as_ref().map_or("the generated code".to_owned(), Location::to_string);
                Err(GenError::at(
                    self.set,
                    &at,
                    format!("want a type name of its own, got {name:?}, which {other} has"),
                ))
            }
        }
    }

    fn promise(&mut self, place: Location, name: TypeName) {
        self.taken.insert(name.clone(), Some(place.clone()));
        self.promised.insert(place, name);
    }

    /// The name of the payload whose schema is `file`.
    pub(crate) fn payload(&self, file: &str) -> TypeName {
        self.promised.get(&Location::new(file, "")).cloned().unwrap_or_default()
    }

    /// The name of the type that is made of all of the schema at `place`.
    pub(crate) fn entire(&mut self, place: &Location, hint: &str) -> TypeName {
        let name = match self.promised.get(place) {
            Some(name) if !self.used.contains(place) => name.clone(),
            // The schema is part of another type already.
            Some(name) => self.free(name, "Value"),
            None => self.free(hint, "Value"),
        };
        if self.promised.contains_key(place) {
            self.used.insert(place.clone());
        }
        self.taken.insert(name.clone(), Some(place.clone()));
        self.made.insert(place.clone(), name.clone());
        name
    }

    /// The name of a type that is made of a part of the schema at `place`.
    pub(crate) fn part(&mut self, place: &Location, hint: &str) -> TypeName {
        let name = self.free(hint, "Value");
        self.taken.insert(name.clone(), Some(place.clone()));
        name
    }

    /// The name of the field that the schema at `place` asks for.
    pub(crate) fn field(&mut self, place: &Location) -> Option<String> {
        let name = self.set.at(place).get("x-rust-name")?.as_str()?;
        names::is_field(name).then(|| {
            self.used.insert(place.clone());
            name.to_owned()
        })
    }

    /// What a type would be called that is made of the schema at `place`: by the way from the
    /// nearest schema that has a name.
    pub(crate) fn hint(&self, place: &Location) -> String {
        let tokens: Vec<String> = tokens(&place.pointer).map(String::from).collect();
        let mut at = Location::new(&place.file, "");
        let mut hint = self.known(&at).unwrap_or_else(|| root_name(&place.file, false));
        let mut tokens = tokens.iter();
        while let Some(keyword) = tokens.next() {
            at = at.child(keyword);
            let mut step = |at: &mut Location| {
                let name = tokens.next().map(String::as_str).unwrap_or_default();
                *at = at.child(name);
                names::pascal(name)
            };
            match keyword.as_str() {
                "$defs" | "definitions" => hint = step(&mut at),
                "properties" | "dependentSchemas" => hint += &step(&mut at),
                "patternProperties" => {
                    step(&mut at);
                    hint += "Value";
                }
                "oneOf" | "anyOf" | "allOf" | "prefixItems" => {
                    let index: usize = step(&mut at)[1..].parse().unwrap_or_default();
                    if keyword != "allOf" {
                        hint += &(index + 1).to_string();
                    }
                }
                "items" => hint += "Item",
                "additionalProperties" | "unevaluatedProperties" => hint += "Value",
                _ => {}
            }
            if let Some(known) = self.known(&at) {
                hint = known;
            }
        }
        hint
    }

    fn known(&self, place: &Location) -> Option<TypeName> {
        self.promised.get(place).or_else(|| self.made.get(place)).cloned()
    }

    /// `hint`, or what is nearest to it among the names that are free.
    fn free(&self, hint: &str, suffix: &str) -> TypeName {
        let hint = match self.taken.get(hint) {
            Some(None) => format!("{hint}{suffix}"),
            _ => hint.to_owned(),
        };
        names::free(&hint, "", |name| self.taken.contains_key(name))
    }

    /// Every `x-rust-name` names something: it has no influence on anything else.
    pub(crate) fn refuse_idle(&self) -> Result<(), GenError> {
        for (file, schema) in self.set.files() {
            let mut open = vec![(Location::new(file, ""), schema)];
            while let Some((place, schema)) = open.pop() {
                if schema.get("x-rust-name").is_some() && !self.used.contains(&place) {
                    return Err(GenError::at(
                        self.set,
                        &place.child("x-rust-name"),
                        "want it where a type is made, or in snake case at a property: no type is made of this schema alone",
                    ));
                }
                open.extend(keyword::subschemas(Draft::Draft202012, &place, schema));
            }
        }
        Ok(())
    }
}

/// Whether the stems of a vendor's files do not tell them apart.
fn ambiguous(set: &SchemaSet) -> bool {
    let mut seen = BTreeSet::new();
    !set.payload_files().all(|file| seen.insert(root_name(file, false)))
        && set.manifest().discriminator.is_none()
}

/// What the type is called that is made of a whole file: by its stem, or by its path.
fn root_name(file: &str, by_path: bool) -> TypeName {
    let path = stem(file);
    let stem = path.rsplit('/').next().unwrap_or(path);
    names::pascal(if by_path { path } else { stem })
}
