//! What typify alone makes of the vendors' schemas.

/// The types of Daily's events.
pub mod daily {
    include!(concat!(env!("OUT_DIR"), "/daily.rs"));
}

/// The types of DialStack's events.
pub mod dialstack {
    include!(concat!(env!("OUT_DIR"), "/dialstack.rs"));
}

/// The types of VoiceBlender's events.
pub mod voiceblender {
    include!(concat!(env!("OUT_DIR"), "/voiceblender.rs"));
}
