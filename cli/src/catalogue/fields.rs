//! An event's schema into its fields: one for every member that it names, and for the elements and
//! members without a name of their own.

use std::collections::BTreeSet;

use crate::catalogue::field_token;
use crate::catalogue::schema::Schema;
use offhook_model::Json;

/// A place in payloads, and what the document says of it.
#[derive(Clone, Debug)]
pub(crate) struct Field<'v> {
    /// The way from the payload to it.
    pub(crate) path: Vec<Step>,
    /// Whether it is there wherever what it is in is there.
    pub(crate) required: bool,
    pub(crate) schema: Schema<'v>,
}

/// A step deeper into a payload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// To the member of that name.
    Member(String),
    /// To a member of any other name, or to an element.
    Any,
}

/// Deeper than this no document goes; what refers to itself does.
const DEEPEST: usize = 16;

/// The fields of what `schema` describes, each after the one that it is in.
pub(crate) fn fields<'v>(schema: &Schema<'v>) -> Vec<Field<'v>> {
    let mut fields = Vec::new();
    add(&mut fields, schema, &[], &mut Vec::new());
    fields
}

fn add<'v>(
    fields: &mut Vec<Field<'v>>,
    schema: &Schema<'v>,
    path: &[Step],
    around: &mut Vec<String>,
) {
    let location = schema.location();
    if path.len() >= DEEPEST || around.contains(&location) {
        return;
    }
    around.push(location);
    let all = schema.all();
    let required: BTreeSet<&str> = all.iter().flat_map(required).collect();
    let mut seen = BTreeSet::new();
    let members = all.iter().flat_map(|schema| schema.named("properties"));
    for (name, member) in members.filter(|(name, _)| seen.insert(*name)).collect::<Vec<_>>() {
        let step = Step::Member(name.to_owned());
        push(fields, &member, path, step, required.contains(name), around);
    }
    let others = ["additionalProperties", "items"];
    let others = others.iter().flat_map(|keyword| all.iter().map(|schema| schema.child(keyword)));
    let others = others.flatten().filter(|schema| !matches!(schema.json(), Json::Bool(_)));
    for other in others.collect::<Vec<_>>() {
        push(fields, &other, path, Step::Any, false, around);
    }
    around.pop();
}

fn push<'v>(
    fields: &mut Vec<Field<'v>>,
    schema: &Schema<'v>,
    path: &[Step],
    step: Step,
    required: bool,
    around: &mut Vec<String>,
) {
    let path = [path, &[step]].concat();
    fields.push(Field { path: path.clone(), required, schema: schema.clone() });
    add(fields, schema, &path, around);
}

/// The members that a schema requires.
fn required<'v>(schema: &Schema<'v>) -> impl Iterator<Item = &'v str> + use<'v> {
    let names = schema.own("required").and_then(Json::as_array).unwrap_or_default();
    names.iter().filter_map(Json::as_str)
}

impl Field<'_> {
    /// The JSON Pointer to it, with a `*` for what has no name of its own, and `~2` for a member
    /// that is called `*`.
    pub(crate) fn pointer(&self) -> String {
        let token = |step: &Step| match step {
            Step::Member(name) => format!("/{}", field_token(name)),
            Step::Any => "/*".to_owned(),
        };
        self.path.iter().map(token).collect()
    }

    /// The member's name; `*` for what has none of its own.
    pub(crate) fn name(&self) -> &str {
        match self.path.last() {
            Some(Step::Member(name)) => name,
            _ => "*",
        }
    }

    /// Whether its value may be personal.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.schema.all().iter().any(|schema| schema.own("x-sensitive").is_some_and(Json::is_true))
    }
}
