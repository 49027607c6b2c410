//! The target `decode`, see offhook-fuzz.

#![no_main]

offhook_libfuzzer::target!("decode");
