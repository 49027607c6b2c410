//! The tables in a page: what stands between two markers.

const BEGIN: &str = "<!-- bench: begin -->";
const END: &str = "<!-- bench: end -->";

/// The page with `tables` in the place of those that it has.
pub(crate) fn with_tables(page: &str, tables: &str) -> Result<String, String> {
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) =
        parts.ok_or_else(|| format!("want {BEGIN} and then {END} in the page"))?;
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", tables.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::with_tables;

    #[test]
    fn what_stands_between_the_markers_is_replaced() {
        let page = "# Page\n\n<!-- bench: begin -->\nold\n<!-- bench: end -->\n\nrest\n";
        let fresh = "# Page\n\n<!-- bench: begin -->\n| new |\n<!-- bench: end -->\n\nrest\n";
        assert_eq!(with_tables(page, "| new |\n").as_deref(), Ok(fresh));
        assert_eq!(with_tables(fresh, "| new |\n").as_deref(), Ok(fresh));
        assert!(with_tables("<!-- bench: end --><!-- bench: begin -->", "").is_err());
    }
}
