//! Text of schemas and manifests that would be code, HTML or a test of rustdoc: it changes literals
//! and documentation, and nothing else.

mod tokens;
mod vendor;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use offhook_codegen::{GeneratedFile, GeneratedVendor, generate, module_tree};
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use serde_json::{Value, json};
use tempfile::TempDir;

use tokens::{code, doc_comments};
use vendor::vendor;

/// What a careless generator would let out of a literal or a comment.
const HOSTILE: &str = concat!(
    "x\n}\n*/ \"# ' \\ pub const INJECTED: &str = include_str!(\"/etc/hostname\");\r// {{ #[doc]\u{0}",
    "\u{1b}[2J\u{202e}\u{2028}\n\n```\npanic!(\"tick\");\n```\n\n~~~rust \npanic!(\"tilde\");\n~~~\n\n",
    "`````\npanic!(\"five\");\n`````\n\n    panic!(\"indented\");\n\n\tpanic!(\"tab\");\n\n",
    "- x\n\n      panic!(\"item\");\n\n> ~~~\n> panic!(\"quote\");\n\n1. ```\n   panic!(\"list\");\n\n",
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- <pre>\n\n| a `|` <b> |\n|---|\n| `x |\n\n",
    "[`String`] [Vec] [x](Option) [y][String] ![z](https://example.org/z.png)\n\n[String]: Vec\n\n",
    "[^1]: <1@example.org> <ftp://example.org> `` ` ``` ` \\` <i> \\",
);

/// The same words, without anything between them that means something.
fn harmless(text: &str) -> String {
    text.replace(|char: char| !char.is_ascii_alphanumeric(), " ")
}

/// What is generated from such a vendor, in a folder of that name.
fn generated(folder: &str, name: &str, text: &str) -> Vec<GeneratedVendor> {
    let schemas = written(folder, vendor(name, text));
    generate(schemas.path()).unwrap_or_else(|error| panic!("{error}"))
}

fn written(folder: &str, files: Vec<(String, Value)>) -> TempDir {
    let schemas = tempfile::tempdir().expect("a folder for the schemas");
    for (file, content) in files {
        let path = schemas.path().join(folder).join(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, content.to_string()).expect("a schema");
    }
    schemas
}

/// Folders cannot have every name.
fn folder_name(text: &str) -> String {
    let text: String = text.chars().filter(|char| !matches!(char, '/' | '\0')).collect();
    text.trim_start_matches('.').chars().take(60).collect()
}

fn files(vendors: Vec<GeneratedVendor>) -> Vec<GeneratedFile> {
    let tree = module_tree(&vendors);
    vendors.into_iter().flat_map(|vendor| vendor.files).chain([tree]).collect()
}

fn is_rust(file: &GeneratedFile) -> bool {
    Path::new(&file.path).extension().is_some_and(|extension| extension == "rs")
}

/// Holds a file against its twin.
fn same_code(one: &GeneratedFile, twin: &GeneratedFile) {
    assert_eq!(one.path, twin.path);
    let [tokens, others] = [one, twin].map(|file| code(parsed(file)).to_string());
    let at = tokens.bytes().zip(others.bytes()).take_while(|(one, other)| one == other).count();
    let near = |text: &str| text.chars().skip(at.saturating_sub(60)).take(200).collect::<String>();
    assert_eq!(tokens.len(), at, "{}: {} || {}", one.path, near(&tokens), near(&others));
    assert_eq!(others.len(), at, "{}: {} || {}", one.path, near(&tokens), near(&others));
}

fn parsed(file: &GeneratedFile) -> TokenStream {
    let parsed = syn::parse_file(&file.text);
    parsed.unwrap_or_else(|error| panic!("{}: {error}\n{}", file.path, file.text)).to_token_stream()
}

#[test]
fn hostile_text_makes_the_items_of_its_harmless_twin() {
    // Decoders give up on names that JSON writes with escapes: the twin's has one that it does.
    let name = harmless(HOSTILE) + "\"";
    let twins = [
        ((HOSTILE, HOSTILE), (name.as_str(), &*harmless(HOSTILE))),
        (("name", HOSTILE), ("name", &*harmless(HOSTILE))),
    ];
    for (hostile, twin) in twins {
        let [hostile, twin] =
            [hostile, twin].map(|(name, text)| files(generated("acme", name, text)));
        assert_eq!(hostile.len(), twin.len());
        for (one, other) in hostile.iter().zip(&twin).filter(|(one, _)| is_rust(one)) {
            same_code(one, other);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_hostile_folder_makes_the_items_of_its_harmless_twin() {
    let name = folder_name(HOSTILE);
    let hostile = files(generated(&name, "name", "text"));
    let twin = files(generated(&harmless(&name), "name", "text"));
    for (one, other) in hostile.iter().zip(&twin).filter(|(one, _)| is_rust(one)) {
        same_code(one, other);
        assert!(!one.text.lines().next().unwrap_or_default().contains(char::is_control));
    }
}

#[test]
fn names_that_would_be_code_are_refused() {
    for (place, value) in [
        ("/properties/a/x-rust-name", json!(HOSTILE)),
        ("/properties/a/x-enum-names", json!({ "a": HOSTILE })),
        ("/properties/a/format", json!(HOSTILE)),
        ("/$schema", json!(HOSTILE)),
    ] {
        let mut schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": { "a": { "type": "string", "enum": ["a"] } }
        });
        let (parent, name) = place.rsplit_once('/').expect("a pointer");
        schema.pointer_mut(parent).expect("a schema")[name] = value;
        let manifest = json!({
            "title": "Acme",
            "document": { "name": "Acme", "read": "2026-11-30" },
            "discriminator": null
        });
        let files = vec![("vendor.json".to_owned(), manifest), ("thing.json".to_owned(), schema)];
        let schemas = written("acme", files);
        let error = generate(schemas.path()).expect_err(place);
        let pointer = error.faults()[0].pointer();
        assert!(pointer.is_some_and(|pointer| pointer.starts_with(place)), "{error}");
    }
}

/// Runs the rustdoc of this toolchain in `folder`.
fn rustdoc(folder: &Path, arguments: &[&str]) -> Output {
    let rustdoc = PathBuf::from(env!("CARGO")).with_file_name("rustdoc");
    let mut command = Command::new(rustdoc);
    command.current_dir(folder).args(["--edition", "2024", "--crate-name", "acme", "lib.rs"]);
    command.args(arguments).output().expect("rustdoc is beside cargo")
}

#[test]
fn rustdoc_finds_no_test_no_link_and_no_html_in_hostile_text() {
    let mut comments = Vec::new();
    for file in files(generated("acme", HOSTILE, HOSTILE)).iter().filter(|file| is_rust(file)) {
        doc_comments(parsed(file), &mut comments);
    }
    assert!(comments.len() > 60, "{}", comments.len());
    // What our own words link to, and each comment at an item of its own.
    let mut text = "//! Generated comments.\n#![deny(rustdoc::all)]\n#![allow(rustdoc::bare_urls)]\n\
        pub const SCHEMA: &str = \"\";\npub mod acme {\n\
        pub const SCHEMA: &str = \"\";\npub const EXAMPLES: &str = \"\";\npub enum Event { Unknown }\n\
        pub struct First;\npub struct Second;\n"
        .to_owned();
    for (i, comment) in comments.iter().enumerate() {
        for line in comment {
            writeln!(text, "#[doc = {line:?}]").expect("a string takes any text");
        }
        writeln!(text, "pub struct Comment{i};").expect("a string takes any text");
    }
    text.push_str("}\n");
    let folder = tempfile::tempdir().expect("a folder for the comments");
    fs::write(folder.path().join("lib.rs"), &text).expect("a file for the comments");

    let tests = rustdoc(folder.path(), &["--test"]);
    let said = String::from_utf8_lossy(&tests.stdout).into_owned();
    assert!(tests.status.success() && said.contains("running 0 tests"), "{said}\n{text}");

    let pages = rustdoc(folder.path(), &["-o", "doc"]);
    let said = String::from_utf8_lossy(&pages.stderr).into_owned();
    assert!(pages.status.success(), "{said}");
    for (i, comment) in comments.iter().enumerate() {
        let page = folder.path().join(format!("doc/acme/acme/struct.Comment{i}.html"));
        let page = fs::read_to_string(page).expect("a page for each comment");
        let shown = page.split("<div class=\"docblock\">").nth(1).expect("the comment");
        let shown = shown.split("</details>").next().unwrap_or_default();
        for never in ["<script", "<img", "<pre", "struct.String", "struct.Vec", "enum.Option"] {
            assert!(!shown.contains(never), "{never}: {comment:?}\n{shown}");
        }
        for link in shown.split("href=\"").skip(1) {
            let ours = ["enum.Event", "constant.", "struct.First", "struct.Second", "../constant."];
            assert!(ours.iter().any(|ours| link.starts_with(ours)), "{link}");
        }
    }
}
