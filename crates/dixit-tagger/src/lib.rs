//! Sequence labelling: features, model, decoding and training, for any task.
