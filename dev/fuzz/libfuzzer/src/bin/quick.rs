//! The target `quick`, see offhook-fuzz.

#![no_main]

offhook_libfuzzer::target!("quick");
