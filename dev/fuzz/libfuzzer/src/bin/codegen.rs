//! The target `codegen`, see offhook-fuzz.

#![no_main]

offhook_libfuzzer::target!("codegen");
