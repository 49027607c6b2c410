//! What the documents lack, as a page with bars that needs no network.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use offhook_runtime::text::visible;

use crate::catalogue::Vendor;
use crate::drift::finding::{Finding, Presence, findings, percent, presence, share};
use crate::drift::profile::{Day, Profile};
use crate::drift::state::State;
use crate::terminal::counted;

const STYLE: &str = include_str!("page.css");

/// How many days have a bar of their own, the last ones.
const MOST_DAYS: usize = 400;

/// An event, documented or not.
struct Row<'s> {
    vendor: &'s str,
    name: &'s str,
    documented: bool,
    profile: &'s Profile,
}

impl Row<'_> {
    fn day(&self) -> Day {
        let mut all = Day::default();
        self.profile.days.values().for_each(|day| all.merge(*day));
        all
    }
}

/// Writes the page.
pub(crate) fn write(out: &mut dyn Write, state: &State, vendors: &[Vendor]) -> io::Result<()> {
    let findings = findings(state);
    let presence = presence(state, vendors);
    let rows = rows(state);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "offhook drift" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "What the documents lack" }
                p {
                    (counted(state.payloads(), "payload")) ", "
                    (counted(rows.len(), "event")) ", "
                    (counted(findings.len(), "thing")) " that the documents lack. "
                    @if !state.complete { "The run was interrupted: this is what was seen so far." }
                }
                p.legend {
                    span.key.fine {} " as documented "
                    span.key.off {} " deviates from the document, or is not documented"
                }
                h2 { "By day" }
                (by_day(&days(&rows)))
                h2 { "What is lacking" }
                (table(&findings))
                @if let Some(untold) = state.untold() { p { (untold) "." } }
                h2 { "By event" }
                (by_event(&rows))
                (always(&presence))
            }
        }
    };
    writeln!(out, "{}", page.into_string())
}

fn rows(state: &State) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (profiles, documented) in [(&state.events, true), (&state.unknown, false)] {
        for (vendor, events) in profiles {
            let row = |(name, profile)| Row { vendor, name, documented, profile };
            rows.extend(
                events.iter().map(|(name, profile): (&String, _)| row((name.as_str(), profile))),
            );
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.profile.payloads()));
    rows
}

fn days<'s>(rows: &[Row<'s>]) -> BTreeMap<&'s str, Day> {
    let mut days = BTreeMap::<&str, Day>::new();
    for (day, counted) in rows.iter().flat_map(|row| &row.profile.days) {
        days.entry(day).or_default().merge(*counted);
    }
    days
}

/// A bar an event, as wide as it has payloads.
fn by_event(rows: &[Row<'_>]) -> Markup {
    let most = rows.iter().map(|row| row.profile.payloads()).max().unwrap_or_default();
    html! {
        table.bars {
            @for row in rows {
                @let day = row.day();
                tr {
                    th scope="row" {
                        span.vendor { (if row.vendor.is_empty() { "nobody’s".into() } else { visible(row.vendor) }) } " "
                        (visible(row.name))
                        @if !row.documented { " " span.tag { "not documented" } }
                    }
                    td.bar { (bar(day, most)) }
                    td.number { (day.payloads) }
                    td.number { @if day.deviating > 0 { (percent(day.deviating, day.payloads)) } }
                }
            }
        }
    }
}

fn bar(day: Day, most: usize) -> Markup {
    let fine = day.payloads - day.deviating;
    html! {
        div.fine style=(width(fine, most)) {}
        div.off style=(width(day.deviating, most)) {}
    }
}

fn width(count: usize, most: usize) -> String {
    format!("width:{:.3}%", share(count, most))
}

/// A column a day, as high as it has payloads.
fn by_day(days: &BTreeMap<&str, Day>) -> Markup {
    let dateless = days.get("").copied().unwrap_or_default().payloads;
    let shown = calendar(days);
    let seen = |days: &mut dyn Iterator<Item = Day>| days.filter(|day| day.payloads > 0).count();
    let dated = days.iter().filter(|(name, _)| !name.is_empty());
    let earlier = dated.count() - seen(&mut shown.iter().map(|(_, day)| *day));
    let most = shown.iter().map(|(_, day)| day.payloads).max().unwrap_or_default();
    html! {
        @if shown.is_empty() {
            p { "No payload names a day." }
        } @else {
            div.days {
                @for (name, day) in &shown {
                    @let about = format!(
                        "{name}: {}, {} of them deviate", counted(day.payloads, "payload"), day.deviating
                    );
                    div.day title=(about) {
                        div.off style=(format!("height:{:.3}%", share(day.deviating, most))) {}
                        div.fine style=(format!("height:{:.3}%", share(day.payloads - day.deviating, most))) {}
                    }
                }
            }
            p.axis {
                span { (shown[0].0) }
                span { "at most " (counted(most, "payload")) " a day" }
                span { (shown[shown.len() - 1].0) }
            }
        }
        @if earlier > 0 {
            p { "Earlier days with payloads are left out: " (earlier) }
        }
        @if dateless > 0 {
            p { (counted(dateless, "payload")) " without a day" }
        }
    }
}

/// The last days one after the other, those without payloads, too.
fn calendar(days: &BTreeMap<&str, Day>) -> Vec<(Date, Day)> {
    let dated = || days.keys().filter_map(|name| name.parse::<Date>().ok());
    let (Some(first), Some(last)) = (dated().next(), dated().next_back()) else {
        return Vec::new();
    };
    let back = last.series((-1).day()).take(MOST_DAYS).take_while(|day| *day >= first);
    let mut shown: Vec<_> = back
        .map(|date| (date, days.get(&*date.to_string()).copied().unwrap_or_default()))
        .collect();
    shown.reverse();
    shown
}

fn table(findings: &[Finding<'_>]) -> Markup {
    html! {
        @if findings.is_empty() {
            p { "Nothing: the documents know it all." }
        } @else {
            div.wide { table.findings {
                tr {
                    th { "Event" } th { "What" } th { "Field" } th { "Seen" }
                    th { "Count" } th { "Share" } th { "First" } th { "Last" }
                }
                @for finding in findings {
                    tr {
                        td { span.vendor { (visible(finding.vendor)) } " " (visible(finding.event)) }
                        td { (finding.what.as_str()) }
                        td { code { (visible(finding.pointer)) } }
                        td { (visible(&finding.detail)) }
                        td.number { (finding.count) }
                        td.number { (percent(finding.count, finding.of)) }
                        td { (visible(&finding.first)) }
                        td { (visible(&finding.last)) }
                    }
                }
            } }
        }
    }
}

fn always(presence: &[Presence<'_>]) -> Markup {
    let optional: Vec<_> = presence.iter().filter(|it| !it.required).collect();
    let required = presence.len() - optional.len();
    html! {
        @if !optional.is_empty() {
            h2 { "Optional by the document, but always there" }
            div.wide { table.findings {
                tr { th { "Event" } th { "Field" } th { "Count" } th { "Null" } th { "First" } th { "Last" } }
                @for it in optional {
                    tr {
                        td { span.vendor { (visible(it.vendor)) } " " (visible(it.event)) }
                        td { code { (visible(&it.pointer)) } }
                        td.number { (it.count) }
                        td.number { @if it.null > 0 { (percent(it.null, it.count)) } }
                        td { (visible(&it.first)) }
                        td { (visible(&it.last)) }
                    }
                }
            } }
        }
        @if required > 0 {
            p { (counted(required, "required field")) ": never missing." }
        }
    }
}
