//! Types for the tests, by offhook's own generator: of the JSON-Schema-Test-Suite's schemas, and of
//! those of codegen's golden cases. Each comes to `OUT_DIR` as a module tree and a table of it.

mod payloads;
mod refusal;
mod suite;
mod table;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    let out = Path::new(&out);
    suite::write(&out.join("suite"))?;
    payloads::write(&out.join("payloads"))
}
