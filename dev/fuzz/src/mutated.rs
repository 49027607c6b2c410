//! Bytes after a few changes: as a JSON text's tokens if they are one, so that most of it stays as it
//! was, and as bytes.

use offhook_test_support::mutate::{Mutation, Slip, Tree, edit, gaps, mutation};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A payload.
pub(crate) fn payload(body: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let Some(mut tree) = tree(body) else {
        return edited(body.to_vec(), &mut chance);
    };
    change(&mut tree, &vec(mutation(), 1..5), &mut chance);
    written(&tree, &mut chance)
}

/// A vendor's files, as the target `codegen` reads them, after changes to one of them.
pub(crate) fn schemas(body: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let Some(Tree::Object(mut files)) = tree(body) else {
        return edited(body.to_vec(), &mut chance);
    };
    // Most of what can be done to the manifest is refused before any schema is looked at.
    let spares_manifest = chance.draw(&(0..8)) > 0;
    let changed = |(path, _): &&mut (String, Tree)| !spares_manifest || path != "\"vendor.json\"";
    let mut changed: Vec<_> = files.iter_mut().filter(changed).collect();
    if !changed.is_empty() {
        let which = chance.draw(&(0..changed.len()));
        change(&mut changed[which].1, &vec(schema_mutation(), 1..3), &mut chance);
    }
    written(&Tree::Object(files), &mut chance)
}

/// What is no JSON text as a whole.
pub(crate) fn bytes(data: &[u8], seed: u64) -> Vec<u8> {
    edited(data.to_vec(), &mut Chance::new(seed))
}

fn schema_mutation() -> impl Strategy<Value = Mutation> {
    let place = any::<Index>;
    prop_oneof![
        3 => mutation(),
        2 => (place(), select(SCHEMAS)).prop_map(|(at, new)| Mutation::Replace(at, new)),
        2 => (place(), select(KEYWORDS), select(SCHEMAS))
            .prop_map(|(at, keyword, value)| Mutation::Add(at, keyword, value)),
        2 => (place(), select(KEYWORDS))
            .prop_map(|(at, keyword)| Mutation::Rename(at, Slip::To(keyword))),
        2 => (place(), place()).prop_map(|(from, to)| Mutation::Copy(from, to)),
        2 => (place(), select(STRINGS)).prop_map(|(at, new)| Mutation::String(at, new)),
    ]
}

fn tree(body: &[u8]) -> Option<Tree> {
    Tree::try_read(std::str::from_utf8(body).ok()?)
}

fn change(tree: &mut Tree, changes: &impl Strategy<Value = Vec<Mutation>>, chance: &mut Chance) {
    for change in chance.draw(changes) {
        tree.mutate(&change);
    }
}

/// The text of a tree, with space here and there, and at times with edited bytes.
fn written(tree: &Tree, chance: &mut Chance) -> Vec<u8> {
    let spaces = chance.draw(&prop_oneof![3 => Just(0), 1 => any::<u64>()]);
    let body = tree.write(&mut gaps(spaces)).into_bytes();
    if chance.draw(&(0..8)) == 0 { edited(body, chance) } else { body }
}

fn edited(mut body: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    for edit in chance.draw(&vec(edit(), 1..4)) {
        edit.apply(&mut body);
    }
    body
}

/// What is drawn from strategies, by a seed.
struct Chance(TestRunner);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Self(TestRunner::new_with_rng(Config::default(), rng))
    }

    fn draw<S: Strategy>(&mut self, strategy: &S) -> S::Value {
        strategy.new_tree(&mut self.0).expect("no strategy here rejects anything").current()
    }
}

/// The names of members that mean something in a schema.
const KEYWORDS: &[&str] = &[
    "\"$defs\"",
    "\"$id\"",
    "\"$ref\"",
    "\"$schema\"",
    "\"additionalProperties\"",
    "\"allOf\"",
    "\"anyOf\"",
    "\"const\"",
    "\"contains\"",
    "\"default\"",
    "\"dependentRequired\"",
    "\"dependentSchemas\"",
    "\"description\"",
    "\"else\"",
    "\"enum\"",
    "\"exclusiveMaximum\"",
    "\"format\"",
    "\"if\"",
    "\"items\"",
    "\"maxItems\"",
    "\"maxLength\"",
    "\"maxProperties\"",
    "\"maximum\"",
    "\"minItems\"",
    "\"minimum\"",
    "\"multipleOf\"",
    "\"not\"",
    "\"nullable\"",
    "\"oneOf\"",
    "\"pattern\"",
    "\"patternProperties\"",
    "\"prefixItems\"",
    "\"properties\"",
    "\"propertyNames\"",
    "\"required\"",
    "\"then\"",
    "\"title\"",
    "\"type\"",
    "\"unevaluatedProperties\"",
    "\"uniqueItems\"",
    "\"x-advice\"",
    "\"x-enum-descriptions\"",
    "\"x-rust-name\"",
    "\"x-sensitive\"",
    "\"x-source\"",
];

/// Schemas, and values of keywords.
const SCHEMAS: &[&str] = &[
    "true",
    "false",
    "{}",
    "{\"type\":\"string\"}",
    "{\"type\":[\"string\",\"null\"]}",
    "{\"type\":[\"object\",\"array\",\"integer\"]}",
    "{\"type\":\"integer\",\"minimum\":-1}",
    "{\"type\":\"array\",\"items\":{\"type\":\"number\"}}",
    "{\"type\":\"object\",\"properties\":{\"self\":{\"$ref\":\"#\"}}}",
    "{\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"#\"}}",
    "{\"enum\":[\"a\",\"A\",\"_a\"]}",
    "{\"enum\":[1,1.5,null,[],{}]}",
    "{\"const\":{\"a\":[1e400]}}",
    "{\"$ref\":\"#\"}",
    "{\"$ref\":\"#/$defs/a\"}",
    "{\"$ref\":\"shared/envelope.json#/properties/id\"}",
    "{\"pattern\":\"^(a+)+$\"}",
    "{\"pattern\":\"(?<!a)b{1,1000}\"}",
    "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"object\"}]}",
    "{\"anyOf\":[{\"const\":1},{\"const\":\"1\"}]}",
    "{\"allOf\":[{\"required\":[\"a\"]},{\"properties\":{\"a\":{\"type\":\"string\"}}}]}",
    "{\"if\":{\"required\":[\"a\"]},\"then\":false}",
    "{\"not\":{\"type\":\"null\"}}",
    "[\"type\"]",
    "[\"self\",\"Self\",\"type\",\"r#type\"]",
    "[]",
    "0",
    "-1",
    "18446744073709551616",
];

/// Strings that mean something in a schema or make a bad name in Rust.
const STRINGS: &[&str] = &[
    "\"string\"",
    "\"integer\"",
    "\"number\"",
    "\"boolean\"",
    "\"object\"",
    "\"array\"",
    "\"null\"",
    "\"date-time\"",
    "\"uuid\"",
    "\"self\"",
    "\"Self\"",
    "\"crate\"",
    "\"async\"",
    "\"Option\"",
    "\"Unknown\"",
    "\"1st\"",
    "\"_\"",
    "\"\u{e9}t\u{e9}\"",
    "\"*/\"",
    "\"```\\nno code\"",
    "\"a\\u0000b\"",
    "\"\\\\\"",
    "\"\\\"#\"",
    "\"#/properties\"",
    "\"../x.json#\"",
    "\"/type\"",
    "\"/a/b\"",
    "\"sorted\"",
    "\"http://json-schema.org/draft-07/schema#\"",
];
