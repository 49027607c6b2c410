//! The target `locate`, see offhook-fuzz.

#![no_main]

offhook_libfuzzer::target!("locate");
