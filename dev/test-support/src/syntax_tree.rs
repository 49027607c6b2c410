//! JSON text -> a tree of values with their bytes, read by a second reader.
//!
//! What the validator says of places is compared with it. It is not strict.

use std::ops::Range;

use offhook_model::location::tokens;

/// A value and its bytes.
pub struct Node {
    /// Its bytes, without white space around them.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a value is, with the values in it.
pub enum Kind {
    /// A string, number or word.
    Scalar,
    /// An array and its elements.
    Array(Vec<Node>),
    /// An object and its members, in the order of the text.
    Object(Vec<Member>),
}

/// A member of an object.
pub struct Member {
    /// The name, without escapes.
    pub name: String,
    /// The name's bytes, quotes included.
    pub name_span: Range<usize>,
    /// The value.
    pub value: Node,
}

/// A value that a pointer leads to.
pub struct Found<'a> {
    /// The value.
    pub node: &'a Node,
    /// The bytes of its name, if it is a member.
    pub name_span: Option<Range<usize>>,
    /// How many members of the same name stand before it.
    pub earlier: usize,
}

/// Beyond this, the reader gives up.
const MAX_DEPTH: usize = 200;

/// Reads a whole text; `None` if it cannot.
pub fn parse(text: &str) -> Option<Node> {
    let mut reader = Reader { text, at: 0 };
    let root = reader.value(0)?;
    reader.skip_white_space();
    (reader.at == text.len()).then_some(root)
}

/// Line and column of the character at `offset`, from 1, told by looking at all that is before.
pub fn line_and_column(body: &[u8], offset: usize) -> (usize, usize) {
    let before = String::from_utf8_lossy(&body[..offset]);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The deepest nesting of brackets outside strings; exact if the text is JSON.
pub fn depth(text: &str) -> usize {
    let (mut deepest, mut depth, mut quoted) = (0, 0usize, false);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted => drop(characters.next()),
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

impl Node {
    /// All values that a JSON Pointer leads to: several, where a name stands twice.
    pub fn find(&self, pointer: &str) -> Vec<Found<'_>> {
        let mut found = vec![Found { node: self, name_span: None, earlier: 0 }];
        for token in tokens(pointer) {
            found = found.iter().flat_map(|found| found.node.children(&token)).collect();
        }
        found
    }

    fn children(&self, token: &str) -> Vec<Found<'_>> {
        match &self.kind {
            Kind::Scalar => Vec::new(),
            Kind::Array(elements) => {
                let element = token.parse().ok().and_then(|index: usize| elements.get(index));
                let found = |node| Found { node, name_span: None, earlier: 0 };
                element.map(found).into_iter().collect()
            }
            Kind::Object(members) => members
                .iter()
                .filter(|member| member.name == token)
                .enumerate()
                .map(|(earlier, member)| Found {
                    node: &member.value,
                    name_span: Some(member.name_span.clone()),
                    earlier,
                })
                .collect(),
        }
    }

    /// Whether any object in it has a name twice.
    pub fn has_duplicates(&self) -> bool {
        match &self.kind {
            Kind::Scalar => false,
            Kind::Array(elements) => elements.iter().any(Self::has_duplicates),
            Kind::Object(members) => {
                let mut names: Vec<&str> = members.iter().map(|m| m.name.as_str()).collect();
                names.sort_unstable();
                names.windows(2).any(|pair| pair[0] == pair[1])
                    || members.iter().any(|member| member.value.has_duplicates())
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Node> {
        self.skip_white_space();
        let start = self.at;
        let kind = match self.peek()? {
            _ if depth > MAX_DEPTH => return None,
            b'{' => self.object(depth)?,
            b'[' => self.array(depth)?,
            b'"' => {
                self.string()?;
                Kind::Scalar
            }
            _ => {
                let rest = &self.text[start..];
                let length = rest.find([' ', '\n', '\r', '\t', ',', ']', '}', ':', '"']);
                self.at += length.unwrap_or(rest.len());
                Kind::Scalar
            }
        };
        (self.at > start).then_some(Node { span: start..self.at, kind })
    }

    fn array(&mut self, depth: usize) -> Option<Kind> {
        let mut elements = Vec::new();
        self.at += 1;
        if self.eat(b']') {
            return Some(Kind::Array(elements));
        }
        loop {
            elements.push(self.value(depth + 1)?);
            if self.eat(b']') {
                return Some(Kind::Array(elements));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<Kind> {
        let mut members = Vec::new();
        self.at += 1;
        if self.eat(b'}') {
            return Some(Kind::Object(members));
        }
        loop {
            self.skip_white_space();
            let start = self.at;
            let name = (self.peek()? == b'"').then(|| self.string())??;
            let name_span = start..self.at;
            self.eat(b':').then_some(())?;
            members.push(Member { name, name_span, value: self.value(depth + 1)? });
            if self.eat(b'}') {
                return Some(Kind::Object(members));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.find(['"', '\\'])?;
            if self.peek()? == b'"' {
                self.at += 1;
                return serde_json::from_str(&self.text[start..self.at]).ok();
            }
            self.at += 1;
            self.at += self.text[self.at..].chars().next()?.len_utf8();
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_white_space();
        let eaten = self.peek() == Some(byte);
        self.at += usize::from(eaten);
        eaten
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }
}
