//! Trains a subword tokenizer.

use tokenizers::decoders::byte_level::ByteLevel as ByteLevelDecoder;
use tokenizers::models::bpe::{BPE, BpeTrainerBuilder};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::processors::byte_level::ByteLevel as ByteLevelProcessor;
use tokenizers::{NormalizerWrapper, TokenizerBuilder, TokenizerImpl};

use crate::SubwordError;

/// The content of a `tokenizer.json`: a byte-level BPE (Sennrich et al. 2016; Radford et al. 2019) of `vocabulary` pieces, learned from `texts`.
///
/// It needs no normalisation and knows every text. The same texts give the same bytes.
///
/// # Errors
/// [`SubwordError::Train`] if the library refuses.
pub fn train<T: AsRef<str> + Sync>(texts: &[T], vocabulary: usize) -> Result<Vec<u8>, SubwordError> {
    let mut trainer = BpeTrainerBuilder::new()
        .show_progress(false)
        .vocab_size(vocabulary)
        .min_frequency(2)
        .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
        .build();
    let mut tokenizer: TokenizerImpl<BPE, NormalizerWrapper, ByteLevel, ByteLevelProcessor, ByteLevelDecoder> =
        TokenizerBuilder::new()
            .with_model(BPE::default())
            .with_pre_tokenizer(Some(ByteLevel::new(false, true, true)))
            .with_post_processor(Some(ByteLevelProcessor::new(false, true, true)))
            .with_decoder(Some(ByteLevelDecoder::default()))
            .build()
            .map_err(SubwordError::Train)?;
    tokenizer.train(&mut trainer, texts.iter().map(AsRef::as_ref)).map_err(SubwordError::Train)?;
    tokenizer.to_string(false).map(String::into_bytes).map_err(SubwordError::Train)
}
