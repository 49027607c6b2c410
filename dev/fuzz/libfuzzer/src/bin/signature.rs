//! The target `signature`, see offhook-fuzz.

#![no_main]

offhook_libfuzzer::target!("signature");
