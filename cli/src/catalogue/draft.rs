//! A vendor's folder that is being changed, as files.

use offhook_model::json::pretty;
use offhook_model::{Json, MANIFEST, Object as Members};
use offhook_runtime::text::visible_json;

/// A vendor's schemas, to be edited.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(super) folder: String,
    pub(super) manifest: Members,
    pub(super) schemas: Members,
}

impl Draft {
    /// Edits the schema at a place, and gives what `edit` gives; false if there is none.
    pub(crate) fn edit(
        &mut self,
        file: &str,
        pointer: &str,
        edit: impl FnOnce(&mut Members) -> bool,
    ) -> bool {
        let schema = self.schemas.get_mut(file).and_then(|schema| schema.pointer_mut(pointer));
        schema.and_then(Json::as_object_mut).is_some_and(edit)
    }

    pub(crate) fn add_file(&mut self, file: String, schema: Json) {
        self.schemas.insert(file, schema);
    }

    /// Whether there is a file of that name, on systems that ignore the case of names.
    pub(crate) fn is_taken(&self, file: &str) -> bool {
        self.schemas.keys().any(|own| own.eq_ignore_ascii_case(file))
    }

    /// The files with their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (String, String)> {
        let manifest = (MANIFEST.to_owned(), Json::Object(self.manifest.clone()));
        let schemas = self.schemas.iter().map(|(file, schema)| (file.clone(), schema.clone()));
        // A schema that is called like the manifest must not take its place.
        let schemas = schemas.filter(|(file, _)| !file.eq_ignore_ascii_case(MANIFEST));
        std::iter::once(manifest).chain(schemas).map(|(file, json)| {
            (format!("{}/{file}", self.folder), visible_json(&pretty(&json)).into_owned())
        })
    }
}
