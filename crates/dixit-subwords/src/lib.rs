//! Subword tokens by Hugging Face tokenizers, aligned with our words.
