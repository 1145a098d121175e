//! The trained models that the program carries, as bytes. What each was learned from, and how well it does, is in its card in
//! `cards/`. Nothing here knows what is in the bytes.

/// The name of the embedded subword tokenizer.
pub const TOKENIZER_NAME: &str = "news-bpe";

/// The content of the embedded `tokenizer.json`: a byte-level BPE of 16,000 pieces, learned from English and French.
pub fn tokenizer() -> Vec<u8> {
    decompress(include_bytes!("../data/news-bpe.json.zst"))
}

/// The bytes of the embedded model of English named entities.
pub fn entities_en() -> Vec<u8> {
    decompress(include_bytes!("../data/entities-en.zst"))
}

/// The bytes of the embedded model of French named entities.
pub fn entities_fr() -> Vec<u8> {
    decompress(include_bytes!("../data/entities-fr.zst"))
}

/// The bytes of the embedded model of quotes, English and French.
pub fn quotes() -> Vec<u8> {
    decompress(include_bytes!("../data/quotes.zst"))
}

fn decompress(compressed: &[u8]) -> Vec<u8> {
    match zstd::decode_all(compressed) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("a test decompresses every embedded model: {error}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_embedded_model_decompresses() {
        assert!(super::tokenizer().starts_with(b"{\"version\""));
        for model in [super::entities_en(), super::entities_fr()] {
            assert_eq!(model[4..8], *b"DXWC");
        }
        assert!(super::quotes().starts_with(b"DXTG"));
    }
}
