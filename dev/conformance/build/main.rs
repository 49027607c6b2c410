//! Types for the tests, by offhook's own generator: of the JSON-Schema-Test-Suite's schemas, of those
//! of codegen's golden cases, of schemas with numbers of many digits, and of vendors whose events share
//! the schema that names them. Each comes to `OUT_DIR` as a module tree and a table of it.

mod discriminators;
mod numbers;
mod payloads;
mod suite;
mod table;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    let out = Path::new(&out);
    suite::write(&out.join("suite"))?;
    discriminators::write(&out.join("discriminators"))?;
    numbers::write(&out.join("numbers"))?;
    payloads::write(&out.join("payloads"))
}
