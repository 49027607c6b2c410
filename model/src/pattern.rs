//! Translates patterns of JSON Schema, which are ECMA-262's, into the syntax of Rust's `regex`.
//!
//! ```
//! # use offhook_model::pattern::translate;
//! assert_eq!(translate(r"^\d{3}$").unwrap(), "^[0-9]{3}$");
//! let error = translate("(?=a)b").unwrap_err();
//! assert_eq!(error.to_string(), "look-ahead `(?=` is not supported: matching must take linear time");
//! ```
//!
//! A pattern means what `RegExp(pattern, "u")` means.
//! Annex B of ECMA-262 allows more without that flag, such as `^{id}$`, `[\w-.]` and `\@`.
//! This is accepted where no other dialect reads it otherwise.
//! Look-around and back-references are refused, because `regex` matches in linear time without them.
//!
//! The translation is one pass over the pattern, without recursion.
//! It escapes every character or writes it anew, so that Rust reads nothing else into it.

mod class;
mod cursor;
mod error;
mod escape;
mod group;
mod property;
mod quantifier;
mod rust_set;
mod set;
#[cfg(test)]
mod tests;

pub use error::{PatternError, Reason};

use cursor::Cursor;
use escape::Escape;
use group::Group;
use quantifier::Quantifier;
use set::{Item, Named, Set};

/// The longest pattern, in bytes.
const LONGEST: usize = 1 << 16;

/// The most groups that may be open at once. `regex` itself allows some 60.
const DEEPEST: usize = 50;

/// The largest automaton, counted in ranges of bytes.
///
/// `regex` takes at most 36 bytes for each, as measured, and its own limit is 10 MiB.
const LARGEST: u64 = 263_000;

/// Translates a pattern into one that `regex::Regex::new` compiles.
///
/// The result matches the strings that ECMA-262's `RegExp(pattern, "u").test` accepts, and no others.
/// It has no capture groups, because their names and numbers are not needed to match.
///
/// # Errors
///
/// Returns the first fault: the pattern is not ECMA-262's, Rust cannot match it, or it is too large.
pub fn translate(pattern: &str) -> Result<String, PatternError> {
    if pattern.len() > LONGEST {
        let message = format!("patterns can be at most {LONGEST} bytes long");
        return Err(PatternError::new(Reason::TooLarge, LONGEST, message));
    }
    Translator::new(pattern).translate()
}

/// A pattern that is ready to match.
#[derive(Clone, Debug)]
pub struct Pattern(regex::Regex);

impl Pattern {
    /// Compiles a pattern of ECMA-262.
    ///
    /// # Errors
    ///
    /// Returns what [`translate`] returns, or that `regex` finds the pattern too large.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let translated = translate(pattern)?;
        let too_large = |_| {
            let message = "the pattern is too large".to_owned();
            PatternError::new(Reason::TooLarge, 0, message)
        };
        regex::Regex::new(&translated).map(Self).map_err(too_large)
    }

    /// Whether a part of `text` matches, or all of it.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// What has just been read, and whether it can be repeated.
#[derive(Clone, Copy)]
enum Previous {
    /// Nothing in this alternative.
    Nothing,
    Assertion,
    Quantifier,
    /// Something that no quantifier follows.
    Term,
}

/// The state of a translation.
struct Translator<'a> {
    cursor: Cursor<'a>,
    output: String,
    /// The group that is being read: at first, the whole pattern.
    group: Group,
    /// The groups around it, the outermost first.
    outer: Vec<Group>,
    previous: Previous,
    /// Whether the pattern has a `\B`.
    has_non_word_boundary: bool,
}

impl<'a> Translator<'a> {
    fn new(pattern: &'a str) -> Self {
        Self {
            cursor: Cursor::new(pattern),
            output: String::with_capacity(pattern.len()),
            group: Group::default(),
            outer: Vec::new(),
            previous: Previous::Nothing,
            has_non_word_boundary: false,
        }
    }

    fn translate(mut self) -> Result<String, PatternError> {
        while let Some(next) = self.cursor.peek() {
            self.term(next)?;
        }
        if !self.outer.is_empty() {
            return Err(PatternError::syntax(self.group.offset, "the group is not closed by `)`"));
        }
        if self.has_non_word_boundary {
            // Rust looks for `\B` at every byte, but after this prefix only between characters.
            return Ok(format!("^(?s:.)*?(?:{})", self.output));
        }
        Ok(self.output)
    }

    fn term(&mut self, next: char) -> Result<(), PatternError> {
        let offset = self.cursor.offset();
        match next {
            '|' => {
                self.cursor.next();
                self.group.next_alternative();
                self.output.push('|');
                self.previous = Previous::Nothing;
                self.grow(offset, 3)
            }
            '(' => self.open_group(),
            ')' => self.close_group(),
            '^' | '$' => self.line_assertion(next),
            '.' => {
                self.cursor.next();
                let negated = true;
                let set = if self.group.flags.dot_all {
                    Set::new(negated)
                } else {
                    Item::Named { named: Named::LineTerminator, negated }.into()
                };
                self.set(offset, &set)
            }
            '[' => {
                let set = class::read(&mut self.cursor)?;
                self.set(offset, &set)
            }
            '\\' => match escape::read(&mut self.cursor)? {
                Escape::Item(item) => self.set(offset, &item.into()),
                Escape::WordBoundary => self.word_assertion(offset, r"(?-u:\b)"),
                Escape::NotWordBoundary => {
                    self.has_non_word_boundary = true;
                    self.word_assertion(offset, r"(?-u:\B)")
                }
            },
            _ if Quantifier::is_next(&self.cursor) => Err(self.nothing_to_repeat()),
            _ => {
                self.cursor.next();
                self.set(offset, &Item::one(u32::from(next)).into())
            }
        }
    }

    /// Writes a set of characters, and how often it is repeated.
    fn set(&mut self, offset: usize, set: &Set) -> Result<(), PatternError> {
        let rendered = set.render(self.group.flags.ignore_case);
        self.output.push_str(&rendered.text);
        self.quantifier(offset, rendered.size)
    }

    fn open_group(&mut self) -> Result<(), PatternError> {
        let offset = self.cursor.offset();
        let opening = group::open(&mut self.cursor, self.group.flags)?;
        if self.outer.len() == DEEPEST {
            let message = format!("groups can be nested at most {DEEPEST} deep");
            return Err(PatternError::new(Reason::TooDeep, offset, message));
        }
        if let Some(name) = opening.name {
            if self.outer.iter().chain([&self.group]).any(|group| group.has_name(&name)) {
                let message = "two groups have the same name, and can both match";
                return Err(PatternError::syntax(offset, message));
            }
            self.group.add_name(name);
        }
        let outer = std::mem::replace(&mut self.group, Group::new(offset, opening.flags));
        self.outer.push(outer);
        self.output.push_str("(?:");
        self.previous = Previous::Nothing;
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), PatternError> {
        let offset = self.cursor.offset();
        let Some(outer) = self.outer.pop() else {
            return Err(PatternError::syntax(offset, "`)` closes no group: write `\\)`"));
        };
        self.cursor.next();
        self.output.push(')');
        let closed = std::mem::replace(&mut self.group, outer);
        let (offset, size) = (closed.offset, closed.size);
        self.group.add_names_of(closed);
        self.quantifier(offset, size)
    }

    /// `^` or `$`, which are the ends of the text.
    fn line_assertion(&mut self, assertion: char) -> Result<(), PatternError> {
        let offset = self.cursor.offset();
        if self.group.flags.multi_line {
            // Rust knows fewer line terminators.
            let message = format!("`{assertion}` with the flag `m` is not supported");
            return Err(PatternError::new(Reason::Unsupported, offset, message));
        }
        self.cursor.next();
        self.output.push(assertion);
        self.previous = Previous::Assertion;
        self.grow(offset, 1)
    }

    /// `\b` or `\B`, which know the letters of ASCII.
    fn word_assertion(&mut self, offset: usize, text: &str) -> Result<(), PatternError> {
        if self.group.flags.ignore_case {
            // With the flag, LONG S and the KELVIN SIGN are letters too.
            let message = r"`\b` and `\B` with the flag `i` are not supported";
            return Err(PatternError::new(Reason::Unsupported, offset, message));
        }
        self.output.push_str(text);
        self.previous = Previous::Assertion;
        self.grow(offset, 1)
    }

    /// Reads and writes the quantifier of a term, if there is one, and counts the term's size.
    fn quantifier(&mut self, offset: usize, size: u64) -> Result<(), PatternError> {
        let quantifier_offset = self.cursor.offset();
        let Some(quantifier) = Quantifier::read(&mut self.cursor)? else {
            self.previous = Previous::Term;
            return self.grow(offset, size);
        };
        self.output.push_str(&quantifier.to_string());
        self.previous = Previous::Quantifier;
        self.grow(quantifier_offset, quantifier.size(size))
    }

    fn grow(&mut self, offset: usize, size: u64) -> Result<(), PatternError> {
        self.group.size = self.group.size.saturating_add(size);
        if self.group.size > LARGEST {
            let message = "the pattern repeats too much: its automaton would be too large";
            return Err(PatternError::new(Reason::TooLarge, offset, message));
        }
        Ok(())
    }

    fn nothing_to_repeat(&self) -> PatternError {
        let offset = self.cursor.offset();
        let message = match (self.previous, self.cursor.peek()) {
            (Previous::Assertion, _) => "an assertion cannot be repeated",
            (Previous::Quantifier, Some('+')) => "possessive quantifiers are not in ECMA-262",
            (Previous::Quantifier, _) => "a quantifier cannot be repeated",
            (Previous::Nothing | Previous::Term, _) => "there is nothing to repeat",
        };
        PatternError::syntax(offset, message)
    }
}
