//! The target `scan`, see offhook-fuzz.

#![no_main]

offhook_libfuzzer::target!("scan");
