//! Objects: which members there are, and what each must be.

use offhook_model::{Json, Object};

use super::demand::Demand;
use super::{DEEP, Generator, TRIES, listed, text};
use crate::bundle::{Schema, strings};

impl<'b> Generator<'b> {
    pub(super) fn object(&mut self, demand: &Demand<'b>, depth: u32) -> Option<Object> {
        let required = required(demand);
        let least = demand.at_least("minProperties").max(required.len());
        let most = demand.at_most("maxProperties");
        let mut names = self.names(demand, &required, depth);
        add_dependent(demand, &mut names);
        names.truncate(most.max(required.len()));
        self.add_others(demand, &mut names, least, most, depth);
        add_dependent(demand, &mut names);
        let mut members = Object::new();
        for name in names {
            let schemas = self.member(demand, &name);
            match self.value(&schemas, depth + 1) {
                Some(value) => drop(members.insert(name, value)),
                None if required.contains(&name.as_str()) => return None,
                None => {}
            }
        }
        (least..=most).contains(&members.len()).then_some(members)
    }

    /// The required names, and some or all or none of the others that are documented.
    fn names(&mut self, demand: &Demand<'b>, required: &[&str], depth: u32) -> Vec<String> {
        let mut names: Vec<String> = required.iter().map(|name| (*name).to_owned()).collect();
        let Some(id) = demand.id().filter(|_| depth <= DEEP) else {
            return names;
        };
        let (all, none) = match self.draw(id, "members", 5) {
            0 => (true, false),
            1 => (false, true),
            _ => (false, false),
        };
        for (name, schema) in demand.parts.iter().flat_map(|part| part.named("properties")) {
            let possible = !none
                && !schema.is_false()
                && !demand.forbidden.contains(&name)
                && !names.iter().any(|known| known == name);
            if possible && (all || self.draw(schema.id(), "present", 2) == 0) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Adds names that are not documented, or only by a pattern: a few, or as many as are lacking.
    fn add_others(
        &mut self,
        demand: &Demand<'b>,
        names: &mut Vec<String>,
        least: usize,
        most: usize,
        depth: u32,
    ) {
        let some = match demand.id() {
            Some(id) if depth <= DEEP => self.draw(id, "others", 5).saturating_sub(2),
            _ => 0,
        };
        let wanted = (names.len() + some).max(least).min(most);
        for _ in 0..TRIES + wanted * 2 {
            if names.len() >= wanted {
                break;
            }
            if let Some(name) = self.other_name(demand)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
    }

    /// A name for a member that may be there.
    pub(super) fn other_name(&mut self, demand: &Demand<'b>) -> Option<String> {
        let named: Vec<Schema<'b>> =
            demand.parts.iter().filter_map(|part| part.schema("propertyNames")).collect();
        let patterns: Vec<&str> = demand
            .parts
            .iter()
            .flat_map(|part| part.named("patternProperties"))
            .filter(|(_, schema)| !schema.is_false())
            .map(|(pattern, _)| pattern)
            .collect();
        let documented = demand.parts.iter().flat_map(|part| part.named("properties"));
        let documented: Vec<&str> = documented.map(|(name, _)| name).collect();
        let name = match self.decks.below(3) {
            0 => self.decks.pick(&documented).map(|name| (*name).to_owned()),
            1 => {
                let pattern = self.decks.pick(&patterns).and_then(|text| self.patterns.get(text));
                pattern.and_then(|pattern| pattern.sample(&mut self.decks, 0, usize::MAX))
            }
            _ => None,
        };
        let name = match name {
            Some(name) => name,
            None if named.is_empty() => {
                let length = self.decks.below(9);
                text::of_length(length, &mut self.decks)
            }
            None => self.name_of(&named)?,
        };
        let of_name = Json::String(name.clone());
        let possible = named.iter().all(|schema| self.holds(*schema, &of_name))
            && !demand.forbidden.contains(&name.as_str())
            && !self.member(demand, &name).iter().any(|schema| schema.is_false());
        possible.then_some(name)
    }

    /// A name that meets the `propertyNames` given.
    pub(super) fn name_of(&mut self, schemas: &[Schema<'b>]) -> Option<String> {
        let demand = self.demand(schemas)?;
        match listed(&demand) {
            Some(listed) => self.decks.pick(&listed)?.as_str().map(str::to_owned),
            None => self.string(&demand),
        }
    }

    /// What the value of the member `name` must be.
    fn member(&mut self, demand: &Demand<'b>, name: &str) -> Vec<Schema<'b>> {
        let mut schemas = Vec::new();
        for part in &demand.parts {
            let own = self.documented(*part, name);
            if own.is_empty() {
                schemas.extend(part.schema("additionalProperties"));
                if let Some(unevaluated) = part.schema("unevaluatedProperties")
                    && !demand.parts.iter().any(|other| self.evaluates(*other, name))
                {
                    schemas.push(unevaluated);
                }
            }
            schemas.extend(own);
        }
        schemas
    }

    /// Whether a schema says something of the member `name`, be it only in general.
    fn evaluates(&mut self, schema: Schema<'b>, name: &str) -> bool {
        schema.get("additionalProperties").is_some() || !self.documented(schema, name).is_empty()
    }

    /// What the `properties` and `patternProperties` of a schema say of the member `name`.
    pub(super) fn documented(&mut self, schema: Schema<'b>, name: &str) -> Vec<Schema<'b>> {
        let by_name = schema.named("properties").filter(|(known, _)| *known == name);
        let mut found: Vec<Schema<'b>> = by_name.map(|(_, schema)| schema).collect();
        for (pattern, schema) in schema.named("patternProperties") {
            if self.patterns.get(pattern).is_some_and(|pattern| pattern.matches(name)) {
                found.push(schema);
            }
        }
        found
    }
}

/// The names that must be there, each once.
fn required<'b>(demand: &Demand<'b>) -> Vec<&'b str> {
    let mut names = Vec::new();
    let of_parts = demand.parts.iter().flat_map(|part| part.names("required"));
    for name in of_parts.chain(demand.required.iter().copied()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Adds the names that must be there because of others.
fn add_dependent(demand: &Demand<'_>, names: &mut Vec<String>) {
    let rules: Vec<(&str, Vec<&str>)> = demand
        .parts
        .iter()
        .flat_map(|part| part.members("dependentRequired"))
        .map(|(name, dependent)| (name, strings(Some(dependent)).collect()))
        .collect();
    let mut index = 0;
    while let Some(name) = names.get(index).cloned() {
        let dependent = rules.iter().filter(|(trigger, _)| *trigger == name);
        for dependent in dependent.flat_map(|(_, dependent)| dependent) {
            if !names.iter().any(|known| known == dependent) {
                names.push((*dependent).to_owned());
            }
        }
        index += 1;
    }
}
