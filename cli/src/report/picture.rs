//! The faults of one payload into excerpts of its text, each with marks and labels, as they are
//! drawn in one picture.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};
use memchr::memrchr;

use crate::report::excerpt::{Strip, columns, columns_of, columns_within};
use crate::report::label::{Label, Layout};
use crate::report::mask::Mask;

/// Lines further apart than this are not in one excerpt.
const FAR: usize = 1000;

/// Something to be marked.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The bytes of the payload.
    pub(crate) mark: Range<usize>,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) label: Label,
    pub(crate) kind: AnnotationKind,
}

/// Lines of a payload with what is marked in them.
#[derive(Debug)]
pub(crate) struct Scene {
    /// Line and column of the first of its worst faults.
    pub(crate) place: (usize, usize),
    worst: AnnotationKind,
    text: String,
    first_line: usize,
    last_line: usize,
    marks: Vec<(Range<usize>, String, AnnotationKind)>,
    /// Whether something in it is masked.
    pub(crate) masked: bool,
}

/// Draws faults.
pub(crate) struct Painter<'a> {
    pub(crate) body: &'a [u8],
    pub(crate) mask: Option<&'a Mask>,
    /// How many columns of text there is room for.
    pub(crate) width: usize,
}

impl Painter<'_> {
    /// The excerpts with `faults`, which are in the order of the payload.
    pub(crate) fn scenes(&self, faults: &[Fault]) -> Vec<Scene> {
        let mut scenes: Vec<Scene> = Vec::new();
        let mut rest = faults;
        while let Some(first) = rest.first() {
            let near = rest.iter().take_while(|fault| self.fit(first, fault)).count().max(1);
            let (near, after) = rest.split_at(near);
            rest = after;
            let line = first.line;
            match scenes.last_mut() {
                Some(scene) if scene.last_line < line && line - scene.last_line <= FAR => {
                    self.skip_to(scene, first);
                    self.add(scene, near);
                }
                _ => {
                    let mut scene = Scene::new(line);
                    self.add(&mut scene, near);
                    scenes.push(scene);
                }
            }
        }
        scenes
    }

    /// Whether two faults can be seen together on one line: the first one with something of what
    /// is before it, the second one with its label.
    fn fit(&self, first: &Fault, fault: &Fault) -> bool {
        if first.line != fault.line {
            return false;
        }
        let between = columns_within(self.body, first.mark.start..fault.mark.start, self.width);
        between.is_some_and(|between| {
            let plain = between == 0 || first.label.is_plain() && fault.label.is_plain();
            plain && self.width / 8 + 3 + between + self.room(fault) <= self.width
        })
    }

    /// How many columns a fault needs from its start on.
    fn room(&self, fault: &Fault) -> usize {
        let marked = columns_within(self.body, fault.mark.clone(), self.width);
        fault.label.room(marked.unwrap_or(self.width), self.width)
    }

    /// Goes on to the line of `fault`. The renderer shows nothing of what is between, unless it is
    /// only one line.
    fn skip_to(&self, scene: &mut Scene, fault: &Fault) {
        let lines = fault.line - scene.last_line;
        scene.text.push('\n');
        if lines == 2 {
            let end = memrchr(b'\n', &self.body[..fault.mark.start]).unwrap_or(0);
            let start = memrchr(b'\n', &self.body[..end]).map_or(0, |newline| newline + 1);
            let strip = Strip::new(self.body, start..start, self.mask, self.width);
            let excerpt = strip.excerpt(&[], 0, self.width);
            scene.text += &excerpt.text;
            scene.masked |= excerpt.masked;
        }
        scene.text.extend(std::iter::repeat_n('\n', lines - 1));
        scene.last_line = fault.line;
    }

    /// Adds the part of the scene's last line that has all of `faults`.
    fn add(&self, scene: &mut Scene, faults: &[Fault]) {
        let (Some(first), Some(last)) = (faults.first(), faults.last()) else {
            return;
        };
        let around = first.mark.start..last.mark.start;
        let strip = Strip::new(self.body, around, self.mask, self.width);
        let end = |fault: &Fault| strip.columns_before(fault.mark.start) + self.room(fault);
        let skip = faults.iter().map(end).max().unwrap_or_default().saturating_sub(self.width);
        let marks: Vec<_> = faults.iter().map(|fault| fault.mark.clone()).collect();
        let excerpt = strip.excerpt(&marks, skip, self.width);
        let offset = scene.text.len();
        for (fault, span) in faults.iter().zip(excerpt.spans) {
            if fault.kind < scene.worst {
                scene.worst = fault.kind;
                scene.place = (fault.line, fault.column);
            }
            let marked = &excerpt.text[span.clone()];
            let room = self.width.saturating_sub(columns(&excerpt.text[..span.start]));
            let is_last = fault.mark.start == last.mark.start;
            let Layout { lines, marked: most } =
                fault.label.layout(columns(marked).max(1), room, is_last);
            let start = offset + span.start;
            let span = start..start + first_columns(marked, most);
            scene.marks.extend(lines.into_iter().map(|line| (span.clone(), line, fault.kind)));
        }
        scene.text += &excerpt.text;
        scene.masked |= excerpt.masked;
    }
}

impl Scene {
    /// Nothing of a line so far.
    fn new(line: usize) -> Self {
        Self {
            place: (line, 1),
            worst: AnnotationKind::Visible, // Nothing marks it, which is the least.
            text: String::new(),
            first_line: line,
            last_line: line,
            marks: Vec::new(),
            masked: false,
        }
    }

    /// What the renderer takes it as.
    pub(crate) fn snippet<'a>(&'a self, path: &'a str) -> Snippet<'a, Annotation<'a>> {
        let marks =
            self.marks.iter().map(|(span, label, kind)| kind.span(span.clone()).label(label));
        Snippet::source(&*self.text).line_start(self.first_line).path(path).annotations(marks)
    }
}

/// How many bytes of a text fit into so many columns.
fn first_columns(text: &str, columns: usize) -> usize {
    let mut left = columns;
    let fits = text.chars().take_while(|char| {
        let rest = left.checked_sub(columns_of(*char));
        left = rest.unwrap_or(0);
        rest.is_some()
    });
    fits.map(char::len_utf8).sum()
}
