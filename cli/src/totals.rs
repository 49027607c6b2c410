//! How many payloads there were, and what was found in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use offhook_validator::{Code, Report, Validator, Violation};
use serde::{Deserialize, Serialize};

use crate::edition::edition;
use crate::terminal::counted;

/// What was counted so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Totals {
    /// All payloads.
    #[serde(flatten)]
    pub(crate) payloads: Verdicts,
    /// Violations by code.
    pub(crate) violations: BTreeMap<Code, usize>,
    /// Notices by code.
    pub(crate) notices: BTreeMap<Code, usize>,
    /// How many of both were left out of reports.
    pub(crate) omitted: usize,
    /// The payloads of documented events, by document (`vendor@date`) and event.
    pub(crate) events: BTreeMap<String, BTreeMap<String, Verdicts>>,
    /// What could not be read, or not to its end.
    pub(crate) unreadable: BTreeSet<String>,
}

/// How many payloads are valid, and how many not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Verdicts {
    pub(crate) valid: usize,
    pub(crate) invalid: usize,
}

impl Totals {
    pub(crate) fn add(&mut self, report: &Report) {
        self.payloads.add(report);
        if let (Some(vendor), Some(event)) = (report.vendor(), report.event()) {
            self.event(&edition(vendor, report.document()), event).add(report);
        }
        count(&mut self.violations, report.violations());
        count(&mut self.notices, report.notices());
        self.omitted += report.omitted();
    }

    fn event(&mut self, edition: &str, event: &str) -> &mut Verdicts {
        let events = self.events.entry(edition.to_owned()).or_default();
        events.entry(event.to_owned()).or_default()
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: Self) {
        self.payloads.merge(other.payloads);
        for (own, others) in
            [(&mut self.violations, other.violations), (&mut self.notices, other.notices)]
        {
            for (code, count) in others {
                *own.entry(code).or_default() += count;
            }
        }
        self.omitted += other.omitted;
        for (vendor, events) in other.events {
            let own = self.events.entry(vendor).or_default();
            for (event, verdicts) in events {
                own.entry(event).or_default().merge(verdicts);
            }
        }
        self.unreadable.extend(other.unreadable);
    }

    /// The violations by code, the most frequent first: `3 violations (2 type, 1 enum)`.
    pub(crate) fn violations(&self) -> String {
        let count = counted(self.violations.values().sum(), "violation");
        format!("{count} ({})", by_frequency(&self.violations))
    }
}

/// What a worker counts, where most payloads give no cause for a report.
#[derive(Default)]
pub(crate) struct Tally {
    reported: Totals,
    /// The others by where their event's name lies in memory: to compare names would take longer than
    /// anything else that is done with such a payload here.
    clean: BTreeMap<usize, Clean>,
}

/// Payloads of an event of which there is nothing to say.
struct Clean {
    edition: String,
    event: String,
    count: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, report: &Report) {
        self.reported.add(report);
    }

    /// Counts a payload of which there is nothing to say. Names that lie in the same place must be the
    /// same.
    pub(crate) fn add_clean(&mut self, validator: &Validator, event: &str) {
        let new = || Clean {
            edition: edition(validator.vendor(), validator.document()),
            event: event.to_owned(),
            count: 0,
        };
        self.clean.entry(event.as_ptr().addr()).or_insert_with(new).count += 1;
    }
}

impl From<Tally> for Totals {
    fn from(tally: Tally) -> Self {
        let mut totals = tally.reported;
        for Clean { edition, event, count } in tally.clean.into_values() {
            totals.payloads.valid += count;
            totals.event(&edition, &event).valid += count;
        }
        totals
    }
}

impl Verdicts {
    fn add(&mut self, report: &Report) {
        *(if report.is_valid() { &mut self.valid } else { &mut self.invalid }) += 1;
    }

    fn merge(&mut self, other: Self) {
        self.valid += other.valid;
        self.invalid += other.invalid;
    }

    pub(crate) fn all(self) -> usize {
        self.valid + self.invalid
    }
}

/// Counts violations or notices by code.
pub(crate) fn count(codes: &mut BTreeMap<Code, usize>, findings: &[Violation]) {
    for finding in findings {
        *codes.entry(finding.code).or_default() += 1;
    }
}

/// What was counted by code, the most frequent first: `2 type, 1 enum`.
pub(crate) fn by_frequency(codes: &BTreeMap<impl fmt::Display, usize>) -> String {
    let mut codes: Vec<_> = codes.iter().collect();
    codes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let codes: Vec<_> = codes.iter().map(|(code, count)| format!("{count} {code}")).collect();
    codes.join(", ")
}

/// `12 payloads: 10 valid, 2 invalid; 3 violations (2 type, 1 enum), 1 notice`
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verdicts { valid, invalid } = self.payloads;
        f.write_str(&counted(self.payloads.all(), "payload"))?;
        let verdicts = [(valid, "valid"), (invalid, "invalid")];
        let verdicts = verdicts.iter().filter(|(count, _)| *count > 0);
        let verdicts: Vec<_> = verdicts.map(|(count, what)| format!("{count} {what}")).collect();
        if !verdicts.is_empty() {
            write!(f, ": {}", verdicts.join(", "))?;
        }
        let mut findings = Vec::new();
        if !self.violations.is_empty() {
            findings.push(self.violations());
        }
        if !self.notices.is_empty() {
            findings.push(counted(self.notices.values().sum(), "notice"));
        }
        if self.omitted > 0 {
            findings.push(format!("{} more left out", self.omitted));
        }
        if !findings.is_empty() {
            write!(f, "; {}", findings.join(", "))?;
        }
        Ok(())
    }
}
