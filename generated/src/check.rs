//! What schemas ask of values beyond their type, for generated decoders.
