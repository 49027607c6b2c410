//! A vendor's `SCHEMA`, parsed: its schemas, their places, and where their references lead.

use std::collections::HashMap;
use std::fmt;

use offhook_model::keyword::{Role, Shape, canonical};
use offhook_model::location::escape;
use offhook_model::{Json, Location, Object, SchemaError, SchemaSet};

/// A vendor's schemas.
pub struct Bundle {
    files: Object,
    /// The places of all schemas: the file, and the JSON Pointer.
    places: HashMap<Id, (String, String)>,
}

/// A schema of a [`Bundle`].
#[derive(Clone, Copy)]
pub struct Schema<'b> {
    file: &'b str,
    json: &'b Json,
}

/// What tells the schemas of a bundle apart: where they are in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Id(usize);

impl Bundle {
    /// Reads a `SCHEMA`.
    ///
    /// # Errors
    ///
    /// The text is none.
    pub fn parse(schema: &str) -> Result<Self, SchemaError> {
        let set = SchemaSet::from_bundle(schema)?;
        let files = set.files().map(|(file, json)| (file.to_owned(), json.clone())).collect();
        // The values stay where they are in memory when the map moves.
        let mut bundle = Self { files, places: HashMap::new() };
        let mut places = HashMap::new();
        for (file, json) in &bundle.files {
            bundle.find(Schema { file, json }, &mut String::new(), &mut places);
        }
        bundle.places = places;
        Ok(bundle)
    }

    /// Enters `schema`, which stands at `pointer` of its file, and all that it leads to.
    fn find<'b>(
        &'b self,
        schema: Schema<'b>,
        pointer: &mut String,
        places: &mut HashMap<Id, (String, String)>,
    ) {
        if places.contains_key(&schema.id()) {
            return;
        }
        places.insert(schema.id(), (schema.file.to_owned(), pointer.clone()));
        for keyword in schema.keywords() {
            for (token, below) in schema.subschemas(keyword) {
                let length = pointer.len();
                *pointer += &token;
                self.find(below, pointer, places);
                pointer.truncate(length);
            }
        }
        // It may lead to where no keyword is that we know.
        if let Some((target, mut pointer)) = self.resolved(schema) {
            self.find(target, &mut pointer, places);
        }
    }

    /// The files, in the order of the text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.files.iter().map(|(file, json)| (file.as_str(), json))
    }

    /// The whole of a file.
    pub fn file(&self, file: &str) -> Option<Schema<'_>> {
        let (file, json) = self.files.get_key_value(file)?;
        Some(Schema { file, json })
    }

    /// Where the `$ref` of `schema` leads.
    pub(crate) fn target<'b>(&'b self, schema: Schema<'b>) -> Option<Schema<'b>> {
        Some(self.resolved(schema)?.0)
    }

    fn resolved<'b>(&'b self, schema: Schema<'b>) -> Option<(Schema<'b>, String)> {
        let Location { file, pointer } =
            Location::resolve(schema.file, schema.get("$ref")?.as_str()?);
        let Schema { file, json } = self.file(&file)?;
        Some((Schema { file, json: json.pointer(&pointer)? }, pointer))
    }

    /// The places of all schemas: the file, and the JSON Pointer.
    pub(crate) fn places(&self) -> impl Iterator<Item = (Id, &str, &str)> {
        self.places.iter().map(|(id, (file, pointer))| (*id, file.as_str(), pointer.as_str()))
    }

    /// The place of `schema`, for people.
    pub(crate) fn place(&self, schema: Schema<'_>) -> String {
        self.places
            .get(&schema.id())
            .map_or_else(String::new, |(file, pointer)| format!("{file}#{pointer}"))
    }
}

impl<'b> Schema<'b> {
    pub(crate) fn id(self) -> Id {
        Id(std::ptr::from_ref(self.json).addr())
    }

    /// Whether nothing fits.
    pub(crate) fn is_false(self) -> bool {
        *self.json == Json::Bool(false)
    }

    /// The keywords; none of `true` and `false`.
    pub(crate) fn keywords(self) -> impl Iterator<Item = &'b str> {
        self.json.as_object().into_iter().flat_map(Object::keys).map(String::as_str)
    }

    /// What stands under `keyword`.
    pub(crate) fn get(self, keyword: &str) -> Option<&'b Json> {
        self.json.get(keyword)
    }

    /// The members of what stands under `keyword`.
    pub(crate) fn members(self, keyword: &str) -> impl Iterator<Item = (&'b str, &'b Json)> {
        let members = self.get(keyword).and_then(Json::as_object).into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// The strings in the list under `keyword`.
    pub(crate) fn names(self, keyword: &str) -> impl Iterator<Item = &'b str> {
        strings(self.get(keyword))
    }

    /// The schema under `keyword`, of the same file.
    pub(crate) fn schema(self, keyword: &str) -> Option<Self> {
        Some(self.at(self.get(keyword)?))
    }

    /// The schemas under `keyword` by index.
    pub(crate) fn list(self, keyword: &str) -> Vec<Self> {
        let list = self.get(keyword).and_then(Json::as_array);
        list.into_iter().flatten().map(|json| self.at(json)).collect()
    }

    /// What `prefixItems` and `items` say of the element at `index`.
    pub(crate) fn element(self, index: usize) -> Option<Self> {
        self.list("prefixItems").get(index).copied().or_else(|| self.schema("items"))
    }

    /// The schemas under `keyword` by name.
    pub(crate) fn named(self, keyword: &str) -> impl Iterator<Item = (&'b str, Self)> {
        self.members(keyword).map(move |(name, json)| (name, self.at(json)))
    }

    /// The schema `json`, of the same file.
    fn at(self, json: &'b Json) -> Self {
        Self { file: self.file, json }
    }

    /// The schemas under `keyword`, with the pointers that lead there.
    fn subschemas(self, keyword: &str) -> Vec<(String, Self)> {
        let shape = canonical(keyword).filter(|keyword| keyword.role != Role::Annotation);
        match (shape.map(|keyword| keyword.shape), self.get(keyword)) {
            (Some(Shape::Schema), Some(json)) => vec![(format!("/{keyword}"), self.at(json))],
            (Some(Shape::SchemaMap | Shape::PatternMap), Some(_)) => {
                let named = self.named(keyword);
                named.map(|(name, below)| (format!("/{keyword}/{}", escape(name)), below)).collect()
            }
            (Some(Shape::SchemaList), Some(_)) => {
                let list = self.list(keyword).into_iter().enumerate();
                list.map(|(index, below)| (format!("/{keyword}/{index}"), below)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The schema as JSON text.
impl fmt::Display for Schema<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json.fmt(f)
    }
}

/// The strings in a list.
pub(crate) fn strings(list: Option<&Json>) -> impl Iterator<Item = &str> {
    list.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}
