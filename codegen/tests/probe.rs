//! Temporary.
#[test]
fn probe() {
    let Ok(root) = std::env::var("PROBE") else { return };
    let dir = std::path::PathBuf::from(root);
    let (schemas, out) = (dir.join("schemas"), dir.join("out"));
    match std::panic::catch_unwind(|| offhook_codegen::generate(&schemas)) {
        Err(e) => println!(">> PANIC {:?}<<", e.downcast_ref::<String>().map(|s| s.chars().take(300).collect::<String>())),
        Ok(Err(e)) => println!(">> ERR {}<<", e.to_string().replace(&format!("{}/", dir.display()), "")),
        Ok(Ok(vendors)) => {
            let files: Vec<_> = vendors.iter().flat_map(|v| v.files.clone()).collect();
            offhook_codegen::write(&files, &out).unwrap();
            println!(">> OK<<");
        }
    }
}
