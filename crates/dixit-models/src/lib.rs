//! The trained models as bytes, with their cards.
