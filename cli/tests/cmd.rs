//! Commands as they stand in `cmd/*.trycmd`, with all that they print.
//!
//! `TRYCMD=overwrite cargo test -p offhook-cli --test cmd` rewrites them; review the difference.

#[test]
fn commands_print_what_they_did() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
