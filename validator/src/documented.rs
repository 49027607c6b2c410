//! What a vendor's document knows beyond assertions: which members exist, what it advises, and
//! which values are personal. A walk over the payload along it gives the notices.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::doubts::Doubts;
use crate::finding::{Finding, Room};
use crate::instance::Node;
use crate::judge::Judge;
use crate::report::add_personal;
use crate::rules::{Rule, RuleId, Rules};
use crate::schema::Schemas;
use crate::suggest::{self, MOST_HELP};
use crate::tape::Kind;
use crate::union::{self, Meant};
use crate::verdicts::Verdicts;
use crate::violation::Code;
use offhook_model::TypeSet;
use offhook_model::message;

/// What the schemas say of values beside their assertions.
pub(crate) struct Documented {
    /// By the schemas' numbers.
    spots: Vec<Spot>,
}

/// What the schema of a place says, and those that hold wherever it does.
pub(crate) struct Spot {
    pub(crate) personal: bool,
    pub(crate) advice: Vec<RuleId>,
    /// Those of them that matter to what is in a value, in whatever case.
    pub(crate) judging: Vec<RuleId>,
    /// Whether some have branches, which are not among them.
    pub(crate) branches: bool,
    /// Whether a branch says that a value is personal, or advises something.
    pub(crate) branches_say_more: bool,
}

/// What a walk finds.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) notices: Vec<Finding>,
    pub(crate) personal: Vec<Range<usize>>,
}

impl Documented {
    /// Reads the annotations of all schemas.
    pub(crate) fn new(rules: &Rules) -> Self {
        let mut spots: Vec<_> = rules.ids().map(|id| Spot::of(rules, id)).collect();
        let more = spots.iter().enumerate().filter(|(_, spot)| spot.branches);
        let more: Vec<_> = more.filter(|(id, _)| branches_say_more(rules, &spots, *id)).collect();
        let more: Vec<RuleId> = more.into_iter().map(|(id, _)| id).collect();
        for id in more {
            spots[id].branches_say_more = true;
        }
        Self { spots }
    }

    /// What there is to know of values in the place of the schema `id`.
    pub(crate) fn spot(&self, id: RuleId) -> &Spot {
        &self.spots[id]
    }

    /// Walks the payload. `known` is whether the schema is the payload's own;
    /// of an unknown event it is not said that its members are undocumented.
    pub(crate) fn walk<'a>(
        &'a self,
        schemas: &'a Schemas,
        judge: &'a Judge,
        payload: Node<'a>,
        known: bool,
        room: &'a mut Room,
    ) -> Findings {
        let rules = &judge.rules;
        let findings = Findings::default();
        let verdicts = Verdicts::new(rules, &judge.tests);
        let mut walk =
            Walk { schemas, judge, rules, documented: self, known, room, verdicts, findings };
        walk.value(payload, &[Rules::ROOT]);
        walk.findings
    }
}

impl Spot {
    fn of(rules: &Rules, id: RuleId) -> Self {
        let judging = judging(rules, id);
        let branches = judging.iter().any(|id| !rules.get(*id).unions.is_empty());
        let mut spot = Self {
            personal: false,
            advice: Vec::new(),
            judging,
            branches,
            branches_say_more: false,
        };
        let mut seen = BTreeSet::new();
        let mut starts = vec![id];
        while let Some(start) = starts.pop() {
            // Along references, the nearest annotation counts.
            let mut chain = Vec::new();
            let mut next = Some(start);
            while let Some(id) = next.filter(|id| seen.insert(*id)) {
                chain.push(rules.get(id));
                next = rules.get(id).target;
            }
            spot.personal |= chain.iter().find_map(|rule| rule.sensitive) == Some(true);
            spot.advice.extend(chain.iter().find_map(|rule| rule.advice));
            starts.extend(chain.iter().flat_map(|rule| &rule.all_of));
        }
        spot
    }
}

/// Whether a branch of the schema `id`, or one in a branch, says that a value is personal or advises
/// something.
fn branches_say_more(rules: &Rules, spots: &[Spot], id: RuleId) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let unions = spots[id].judging.iter().flat_map(|id| &rules.get(*id).unions);
        for branch in unions.flat_map(|union| &union.branches) {
            if spots[*branch].personal || !spots[*branch].advice.is_empty() {
                return true;
            }
            if seen.insert(*branch) {
                waiting.push(*branch);
            }
        }
    }
    false
}

/// The schema `id` and those that judge the same value in some case, but for branches of unions, and
/// for those that have none and say nothing of what is in a value.
fn judging(rules: &Rules, id: RuleId) -> Vec<RuleId> {
    let mut judging = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            let rule = rules.get(id);
            if rule.lists_members || rule.looks_inside() || !rule.unions.is_empty() {
                judging.push(id);
            }
            let conditional = [rule.condition, rule.then, rule.otherwise].into_iter().flatten();
            waiting.extend(rule.target.iter().chain(&rule.all_of).copied().chain(conditional));
            waiting.extend(rule.dependents.iter().map(|(_, dependent)| *dependent));
        }
    }
    judging
}

struct Walk<'a> {
    schemas: &'a Schemas,
    judge: &'a Judge,
    rules: &'a Rules,
    documented: &'a Documented,
    known: bool,
    room: &'a mut Room,
    verdicts: Verdicts<'a>,
    findings: Findings,
}

/// What the schemas of several places and the branches of their unions say together.
#[derive(Default)]
struct Merged {
    personal: bool,
    advice: Vec<RuleId>,
    judging: Vec<RuleId>,
}

impl<'a> Walk<'a> {
    /// One value and all below it; a tape is never deep. `places` are the schemas that stand where
    /// the value is documented. Without any, nothing is documented.
    fn value(&mut self, node: Node<'a>, places: &[RuleId]) {
        let spots = &self.documented.spots;
        let merged;
        let (personal, advice, judging) = match places {
            [one] if !spots[*one].branches => {
                let spot = &spots[*one];
                (spot.personal, &spot.advice, &spot.judging)
            }
            several => {
                merged = self.merge(node, several);
                (merged.personal, &merged.advice, &merged.judging)
            }
        };
        // A value of another shape may hold anything.
        let expected = places.iter().any(|id| expects(self.rules.get(*id).types, node));
        if personal || !expected {
            add_personal(&mut self.findings.personal, node.tape.span(node.index));
        }
        for advice in advice {
            self.advise(node, *advice);
        }
        match node.kind() {
            Kind::Object if !places.is_empty() => self.members(node, judging),
            Kind::Array if !places.is_empty() => self.elements(node, judging),
            _ => {}
        }
    }

    /// The places with all the branches that the value may be of. Advice is of branches only that it
    /// is surely of.
    fn merge(&self, node: Node<'a>, places: &[RuleId]) -> Merged {
        let mut merged = Merged::default();
        let mut waiting: Vec<(RuleId, bool)> = places.iter().map(|place| (*place, true)).collect();
        while let Some((place, certain)) = waiting.pop() {
            let spot = &self.documented.spots[place];
            merged.personal |= spot.personal;
            if certain {
                merged.advice.extend(&spot.advice);
            }
            for id in &spot.judging {
                if merged.judging.contains(id) {
                    continue;
                }
                merged.judging.push(*id);
                for union in &self.rules.get(*id).unions {
                    if let Meant::One(branch) = union::meant(union, self.rules, node) {
                        waiting.push((branch, certain));
                    } else {
                        let branches = union::fitting(union, self.rules, node);
                        waiting.extend(branches.into_iter().map(|branch| (branch, false)));
                    }
                }
            }
        }
        merged
    }

    fn members(&mut self, object: Node<'a>, judging: &[RuleId]) {
        let open = is_open(self.rules, judging);
        let (mut absent, mut places) = (None, Vec::new());
        for member in object.children() {
            self.places_of_member(member, judging, &mut places);
            if !places.is_empty() {
                self.value(member, &places);
            } else if !open {
                if self.known {
                    let absent = absent.get_or_insert_with(|| self.absent(object, judging));
                    self.undocumented(member, absent);
                }
                self.value(member, &[]);
            } else if !self.known {
                self.value(member, &[]);
            }
        }
    }

    /// Puts the schemas where a member is documented into `places`, which every member shares.
    fn places_of_member(&self, member: Node<'a>, judging: &[RuleId], places: &mut Vec<RuleId>) {
        places_of_member(self.rules, judging, places, |rule, places| {
            places.extend(rule.of_member(member));
        });
    }

    fn elements(&mut self, array: Node<'a>, judging: &[RuleId]) {
        let rules = self.rules;
        let rules = || judging.iter().map(|id| rules.get(*id));
        for (position, element) in array.children().enumerate() {
            let mut places: Vec<RuleId> =
                rules().filter_map(|rule| rule.of_element(position)).collect();
            for contains in rules().filter_map(|rule| rule.contains.as_ref()) {
                places.extend(Some(contains.schema).filter(|id| self.verdicts.hold(*id, element)));
            }
            if places.is_empty() {
                places.extend(rules().filter_map(|rule| rule.unevaluated_elements));
            }
            places.retain(|id| !self.rules.get(*id).is_never);
            if !places.is_empty() || !self.known {
                self.value(element, &places);
            }
        }
    }

    fn undocumented(&mut self, member: Node<'a>, absent: &[&str]) {
        let Some(pointer) = self.room.take(|| member.tape.pointer(member.index)) else {
            return;
        };
        // Beyond so many, no help is worth its time.
        let helps = self.findings.notices.len() < MOST_HELP;
        let name = member.name().string().unwrap_or_default();
        let near = helps.then(|| suggest::nearest(&name, absent.iter().copied())).flatten();
        self.findings.notices.push(Finding {
            code: Code::Undocumented,
            node: member.index,
            pointer,
            span: member.tape.name_span(member.index).unwrap_or_default(),
            want: "a documented member".into(),
            got: "an undocumented one".into(),
            schema: None,
            help: near.map(message::meant_member),
        });
    }

    /// The documented members that the object lacks.
    fn absent(&self, object: Node<'a>, judging: &[RuleId]) -> Vec<&'a str> {
        let rules = judging.iter().map(|id| self.rules.get(*id));
        let documented = rules.flat_map(|rule| rule.documented_members(self.rules));
        let mut absent: BTreeSet<_> = documented.collect();
        for name in object.children().filter_map(|member| member.name().string()) {
            absent.remove(&*name);
        }
        absent.into_iter().collect()
    }

    fn advise(&mut self, node: Node<'a>, advice: RuleId) {
        if self.judge.tests.hold(self.rules, advice, node) == Some(true) {
            return;
        }
        let doubts = Doubts::everywhere();
        let findings = self.judge.findings(self.schemas, advice, node, &doubts, self.room);
        let notices = findings.into_iter().map(|found| Finding { code: Code::Advice, ..found });
        self.findings.notices.extend(notices);
    }
}

/// Whether any member of an object is as good as documented.
pub(crate) fn is_open(rules: &Rules, judging: &[RuleId]) -> bool {
    let judging = || judging.iter().map(|id| rules.get(*id));
    let others = judging().flat_map(|rule| [rule.additional, rule.unevaluated_members]);
    !judging().any(|rule| rule.lists_members) || others.flatten().any(|id| rules.get(id).is_any())
}

/// Puts the schemas where a member is documented into `places`; `find` adds those that a schema of
/// its object has for it.
pub(crate) fn places_of_member(
    rules: &Rules,
    judging: &[RuleId],
    places: &mut Vec<RuleId>,
    find: impl Fn(&Rule, &mut Vec<RuleId>),
) {
    places.clear();
    for rule in judging.iter().map(|id| rules.get(*id)) {
        let before = places.len();
        find(rule, places);
        // What lets any member be documents none.
        let mut at = before;
        while let Some(id) = places.get(at) {
            let other = rules.get(*id);
            if other.is_never || rule.additional == Some(*id) && other.is_any() {
                places.remove(at);
            } else {
                at += 1;
            }
        }
    }
    if places.is_empty() {
        let others = judging.iter().filter_map(|id| rules.get(*id).unevaluated_members);
        places.extend(others.filter(|id| {
            let unevaluated = rules.get(*id);
            !unevaluated.is_never && !unevaluated.is_any()
        }));
    }
    if places.len() > 1 {
        places.sort_unstable();
        places.dedup();
    }
}

/// Whether some of `types` are of the value's shape: an object, an array, or neither.
fn expects(types: TypeSet, node: Node<'_>) -> bool {
    let shape = match node.kind() {
        Kind::Object => TypeSet::OBJECT,
        Kind::Array => TypeSet::ARRAY,
        _ => TypeSet::SCALARS,
    };
    types & shape != TypeSet::NONE
}

/// Drops notices about values that have a violation already.
pub(crate) fn without_violations(notices: Vec<Finding>, violations: &[Finding]) -> Vec<Finding> {
    if notices.is_empty() {
        return notices;
    }
    let faulty: HashSet<&str> = violations.iter().map(|finding| finding.pointer.as_str()).collect();
    notices.into_iter().filter(|notice| !faulty.contains(notice.pointer.as_str())).collect()
}
