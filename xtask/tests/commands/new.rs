//! `cargo xtask new` and `cargo xtask tidy`: what they print, and their exit status.

use crate::folder::Folder;

#[test]
fn a_new_event_says_what_is_next_and_tidy_lists_it() {
    let folder = Folder::with(&[]);
    let new = folder.xtask("new blue_sky call.parked --schemas in");
    assert_eq!((new.code, new.stderr.as_str()), (Some(0), ""), "{new:?}");
    let expected = "\
in/blue_sky/vendor.json
in/blue_sky/call.parked.json
next: replace every TODO, and write the event's members
      put the document's example at in/blue_sky/examples/call.parked.json
      run `cargo xtask gen --schemas in --out DIR`, and `cargo xtask tidy --schemas in` for what is missing
      schemas/README.md has the rules for schemas
";
    assert_eq!(new.stdout, expected);
    let generated = folder.xtask("gen --schemas in --out out");
    assert_eq!(generated.code, Some(0), "{generated:?}");
    let tidy = folder.xtask("tidy --schemas in");
    let first = "in/blue_sky/call.parked.json#: expected examples/call.parked.json or ";
    assert!(tidy.stdout.starts_with(first), "{tidy:?}");
    assert_eq!((tidy.code, tidy.stderr.as_str()), (Some(1), "in: 4 places to tidy\n"));
}

#[test]
fn what_is_refused_is_said_in_full() {
    let folder = Folder::with(&[("in/acme/vendor.json", "{")]);
    for (arguments, expected) in [
        ("new acme a/b --schemas in", "error: expected a name of letters, digits, "),
        ("new acme a --schemas in", "error: in/acme/vendor.json#: expected "),
        ("tidy --schemas in", "error: in/acme/vendor.json#: expected "),
    ] {
        let outcome = folder.xtask(arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.stderr.starts_with(expected), "{outcome:?}");
    }
}

#[test]
fn the_schemas_of_this_repository_are_the_default() {
    let tidy = Folder::with(&[]).xtask("tidy");
    assert!(tidy.stdout.ends_with("schemas: nothing to tidy\n"), "{tidy:?}");
    assert_eq!(tidy.code, Some(0));
}
