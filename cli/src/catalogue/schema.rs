//! A schema where it stands, together with those that it refers to.

use std::collections::BTreeSet;

use crate::catalogue::Vendor;
use offhook_model::location::escape;
use offhook_model::pattern::Pattern;
use offhook_model::{Json, Location};

/// A schema of a vendor's.
#[derive(Clone, Debug)]
pub(crate) struct Schema<'v> {
    vendor: &'v Vendor,
    pub(crate) file: String,
    pub(crate) pointer: String,
    node: &'v Json,
}

impl<'v> Schema<'v> {
    pub(crate) fn at(vendor: &'v Vendor, file: &str, pointer: &str) -> Option<Self> {
        let node = vendor.file(file)?.pointer(pointer)?;
        Some(Self { vendor, file: file.to_owned(), pointer: pointer.to_owned(), node })
    }

    /// Where it stands, as reports name it: `dialstack/call.end.json#/properties/id`.
    pub(crate) fn location(&self) -> String {
        format!("{}/{}#{}", self.vendor.folder, self.file, self.pointer)
    }

    /// It, and the schemas that apply to the same value because of `$ref`, the nearest first.
    pub(crate) fn layers(&self) -> Vec<Self> {
        let mut layers = vec![self.clone()];
        let mut seen = BTreeSet::new();
        while let Some(next) = layers.last().and_then(Self::target)
            && seen.insert((next.file.clone(), next.pointer.clone()))
        {
            layers.push(next);
        }
        layers
    }

    /// All schemas that apply to the same value whatever it is: its layers, and what `allOf` lists.
    pub(crate) fn all(&self) -> Vec<Self> {
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        let mut ahead = vec![self.clone()];
        while let Some(schema) = ahead.pop() {
            for layer in schema.layers() {
                if seen.insert((layer.file.clone(), layer.pointer.clone())) {
                    ahead.extend(layer.children("allOf").into_iter().rev());
                    all.push(layer);
                }
            }
        }
        all
    }

    /// The value of a keyword: of an annotation that several layers have, the nearest one's counts.
    pub(crate) fn keyword(&self, keyword: &str) -> Option<&'v Json> {
        self.layers().into_iter().find_map(|layer| layer.own(keyword))
    }

    /// The value of a keyword in this very schema.
    pub(crate) fn own(&self, keyword: &str) -> Option<&'v Json> {
        self.node.get(keyword)
    }

    /// The text of an annotation.
    pub(crate) fn text(&self, keyword: &str) -> Option<&'v str> {
        self.keyword(keyword)?.as_str()
    }

    /// The schema itself, as it is written.
    pub(crate) fn json(&self) -> &'v Json {
        self.node
    }

    /// The schema that a keyword of this very one holds.
    pub(crate) fn child(&self, keyword: &str) -> Option<Self> {
        Some(self.part(keyword, self.own(keyword)?))
    }

    /// The schemas that a keyword of this very one lists.
    pub(crate) fn children(&self, keyword: &str) -> Vec<Self> {
        self.child(keyword).map(|list| list.elements()).unwrap_or_default()
    }

    /// The schemas that a keyword of this very one names, in the order in which they stand.
    pub(crate) fn named(&self, keyword: &str) -> Vec<(&'v str, Self)> {
        self.child(keyword).map(|object| object.members()).unwrap_or_default()
    }

    /// The schemas in what is a list of some.
    pub(crate) fn elements(&self) -> Vec<Self> {
        let elements = self.node.as_array().unwrap_or_default().iter().enumerate();
        elements.map(|(at, node)| self.part(&at.to_string(), node)).collect()
    }

    /// The schemas in what is an object of some, by name.
    pub(crate) fn members(&self) -> Vec<(&'v str, Self)> {
        let members = self.node.as_object().into_iter().flatten();
        members.map(|(name, node)| (name.as_str(), self.part(name, node))).collect()
    }

    fn part(&self, name: &str, node: &'v Json) -> Self {
        let pointer = format!("{}/{}", self.pointer, escape(name));
        Self { pointer, node, ..self.clone() }
    }

    /// The schemas that this very one has for a member, whatever it is called.
    pub(crate) fn of_member(&self, name: &str) -> Vec<Self> {
        let own = self.child("properties").and_then(|members| members.child(name));
        let matching = self.named("patternProperties").into_iter();
        let matching = matching.filter(|(pattern, _)| {
            Pattern::new(pattern).is_ok_and(|pattern| pattern.is_match(name))
        });
        let matching = matching.map(|(_, schema)| schema);
        let known: Vec<Self> = own.into_iter().chain(matching).collect();
        if known.is_empty() {
            return self.child("additionalProperties").into_iter().collect();
        }
        known
    }

    /// The schema that this very one has for the element at an index.
    pub(crate) fn of_element(&self, at: usize) -> Option<Self> {
        let listed = self.children("prefixItems").into_iter().nth(at);
        listed.or_else(|| self.child("items"))
    }

    /// The schema that `$ref` of this very one leads to.
    pub(crate) fn target(&self) -> Option<Self> {
        let reference = self.own("$ref")?.as_str()?;
        let Location { file, pointer } = Location::resolve(&self.file, reference);
        Self::at(self.vendor, &file, &pointer)
    }
}
