//! The commands that messages tell a person to run.

use std::path::Path;

use offhook_runtime::text::visible;

/// How a person runs the generator: what messages repeat, so that it can be typed again.
///
/// ```
/// use std::path::Path;
///
/// use offhook_codegen::CommandLine;
///
/// let command = CommandLine { program: "offhook", schemas: None, out: Some(Path::new("src/a b")) };
/// assert_eq!(command.generate(), "offhook gen --out 'src/a b'");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CommandLine<'a> {
    /// The program, as a person types it: `offhook`.
    pub program: &'a str,
    /// The folder of schemas that was named, if any was.
    pub schemas: Option<&'a Path>,
    /// The output folder that was named, if any was.
    pub out: Option<&'a Path>,
}

impl CommandLine<'_> {
    /// Returns the command that generates the modules, with invisible characters escaped.
    pub fn generate(&self) -> String {
        format!("{} gen{}{}", self.program, self.schemas_option(), option("out", self.out))
    }

    /// Returns the command that lists what is left to do, with invisible characters escaped.
    pub fn tidy(&self) -> String {
        format!("{} tidy{}", self.program, self.schemas_option())
    }

    fn schemas_option(&self) -> String {
        option("schemas", self.schemas)
    }
}

fn option(name: &str, folder: Option<&Path>) -> String {
    let Some(folder) = folder else { return String::new() };
    let folder = folder.display().to_string();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/\\._-:".contains(&byte);
    let folder = if folder.bytes().all(is_plain) {
        folder
    } else {
        format!("'{}'", folder.replace('\'', r"'\''"))
    };
    format!(" --{name} {}", visible(&folder))
}
