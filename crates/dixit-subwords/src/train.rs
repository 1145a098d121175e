//! Trains a subword tokenizer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tokenizers::decoders::byte_level::ByteLevel as ByteLevelDecoder;
use tokenizers::models::TrainerWrapper;
use tokenizers::models::bpe::{BPE, BpeTrainerBuilder};
use tokenizers::models::unigram::{Unigram, UnigramTrainer};
use tokenizers::models::wordpiece::{WordPiece, WordPieceTrainerBuilder};
use tokenizers::normalizers::BertNormalizer;
use tokenizers::normalizers::unicode::NFKC;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::processors::bert::BertProcessing;
use tokenizers::processors::byte_level::ByteLevel as ByteLevelProcessor;
use tokenizers::processors::template::TemplateProcessing;
use tokenizers::{
    AddedToken, NormalizedString, Normalizer as _, OffsetReferential, OffsetType, PreTokenizedString,
    PreTokenizer as _, Tokenizer, Trainer as _, decoders,
};

use crate::SubwordError;

/// A kind of subword model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// Byte-level byte-pair encoding (Sennrich et al. 2016; Radford et al. 2019): changes nothing of a text, knows every text.
    #[default]
    Bpe,
    /// `WordPiece` (Schuster & Nakajima 2012; Devlin et al. 2019): case is kept; `[CLS]` and `[SEP]` stand around a text.
    WordPiece,
    /// Unigram (Kudo 2018) over NFKC, with `▁` for spaces; `<s>` and `</s>` stand around a text.
    Unigram,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Bpe, Self::WordPiece, Self::Unigram];

    /// The name as users write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bpe => "bpe",
            Self::WordPiece => "wordpiece",
            Self::Unigram => "unigram",
        }
    }

    /// The kind of that name.
    ///
    /// # Errors
    /// A message with the known names.
    pub fn from_name(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", ");
        Self::ALL.iter().copied().find(|kind| kind.name() == name).ok_or_else(|| format!("known kinds are {}", known()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The content of a `tokenizer.json` of at most `vocabulary` pieces, learned from `texts`.
///
/// The same texts give the same bytes. Not so of a unigram model: its pieces are the same, but the library scores letters that are rare in the order of
/// a hash table, so these may trade places.
///
/// # Errors
/// [`SubwordError::Train`] if the library refuses.
pub fn train<T: AsRef<str> + Sync>(texts: &[T], kind: Kind, vocabulary: usize) -> Result<Vec<u8>, SubwordError> {
    let trained = match kind {
        Kind::Bpe => byte_level_bpe(texts, vocabulary),
        Kind::WordPiece => word_piece(texts, vocabulary),
        Kind::Unigram => unigram(texts, vocabulary),
    };
    trained.and_then(|tokenizer| tokenizer.to_string(false)).map(String::into_bytes).map_err(SubwordError::Train)
}

fn byte_level_bpe<T: AsRef<str> + Sync>(texts: &[T], vocabulary: usize) -> tokenizers::Result<Tokenizer> {
    let trainer = BpeTrainerBuilder::new()
        .show_progress(false)
        .vocab_size(vocabulary)
        .min_frequency(2)
        .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
        .build();
    let mut tokenizer = Tokenizer::new(BPE::default());
    tokenizer
        .with_pre_tokenizer(Some(ByteLevel::new(false, true, true)))
        .with_post_processor(Some(ByteLevelProcessor::new(false, true, true)))
        .with_decoder(Some(ByteLevelDecoder::default()));
    let mut trainer = TrainerWrapper::from(trainer);
    tokenizer.train(&mut trainer, texts.iter().map(AsRef::as_ref))?;
    Ok(tokenizer)
}

fn word_piece<T: AsRef<str> + Sync>(texts: &[T], vocabulary: usize) -> tokenizers::Result<Tokenizer> {
    let mut tokenizer = Tokenizer::new(WordPiece::default());
    tokenizer
        .with_normalizer(Some(BertNormalizer::new(true, false, Some(false), false)))?
        .with_pre_tokenizer(Some(BertPreTokenizer))
        .with_decoder(Some(decoders::wordpiece::WordPiece::default()));
    let around = special(&["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]);
    // The library numbers what continues a word as it finds it, in the order of a hash table; numbered before, it has an order.
    let inside = words(&tokenizer, texts)?.into_keys().flat_map(|word| word.chars().skip(1).collect::<Vec<_>>());
    let inside: BTreeSet<char> = inside.collect();
    let inside = inside.into_iter().map(|c| AddedToken::from(format!("##{c}"), false));
    let mut trainer = WordPieceTrainerBuilder::new()
        .show_progress(false)
        .vocab_size(vocabulary)
        .min_frequency(2)
        .special_tokens(around.iter().cloned().chain(inside).collect())
        .build();
    trainer.feed(texts.iter().map(AsRef::as_ref), |text| pieces(&tokenizer, text))?;
    let mut model = WordPiece::default();
    trainer.train(&mut model)?;
    tokenizer.with_model(model);
    tokenizer.add_special_tokens(around)?;
    let id = |token: &str| (token.to_owned(), tokenizer.token_to_id(token).unwrap_or_default());
    let around = BertProcessing::new(id("[SEP]"), id("[CLS]"));
    tokenizer.with_post_processor(Some(around));
    Ok(tokenizer)
}

fn unigram<T: AsRef<str> + Sync>(texts: &[T], vocabulary: usize) -> tokenizers::Result<Tokenizer> {
    let around = special(&["<s>", "<pad>", "</s>", "<unk>", "<mask>"]);
    let trainer = UnigramTrainer::builder()
        .show_progress(false)
        .vocab_size(vocabulary as u32)
        .special_tokens(around.clone())
        .unk_token(Some("<unk>".to_owned()))
        .build()?;
    let mut tokenizer = Tokenizer::new(Unigram::default());
    let spaces = || Metaspace::new('▁', PrependScheme::Always, true);
    tokenizer.with_normalizer(Some(NFKC))?.with_pre_tokenizer(Some(spaces())).with_decoder(Some(spaces()));
    let words = words(&tokenizer, texts)?;
    let mut model = Unigram::default();
    trainer.do_train(words.into_iter().collect(), &mut model)?;
    tokenizer.with_model(model);
    tokenizer.add_special_tokens(around)?;
    let id = |token: &str| (token.to_owned(), tokenizer.token_to_id(token).unwrap_or_default());
    let around = TemplateProcessing::builder()
        .try_single("<s> $A </s>")?
        .try_pair("<s> $A </s> </s> $B </s>")?
        .special_tokens(vec![id("<s>"), id("</s>")])
        .build()?;
    tokenizer.with_post_processor(Some(around));
    Ok(tokenizer)
}

/// How often each word of the texts stands there, as the tokenizer cuts words.
fn words<T: AsRef<str>>(tokenizer: &Tokenizer, texts: &[T]) -> tokenizers::Result<BTreeMap<String, u32>> {
    let mut words = BTreeMap::new();
    for text in texts {
        for word in pieces(tokenizer, text.as_ref())? {
            *words.entry(word).or_default() += 1;
        }
    }
    Ok(words)
}

/// The words of a text, as the tokenizer cuts them.
fn pieces(tokenizer: &Tokenizer, text: &str) -> tokenizers::Result<Vec<String>> {
    let mut normalized = NormalizedString::from(text);
    if let Some(normalizer) = tokenizer.get_normalizer() {
        normalizer.normalize(&mut normalized)?;
    }
    let mut words = PreTokenizedString::from(normalized);
    if let Some(pre_tokenizer) = tokenizer.get_pre_tokenizer() {
        pre_tokenizer.pre_tokenize(&mut words)?;
    }
    let words = words.get_splits(OffsetReferential::Original, OffsetType::Byte);
    Ok(words.into_iter().map(|(word, ..)| word.to_owned()).collect())
}

fn special(tokens: &[&str]) -> Vec<AddedToken> {
    tokens.iter().map(|token| AddedToken::from(*token, true)).collect()
}
