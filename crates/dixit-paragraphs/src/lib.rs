//! Paragraphs and what each is to the article.
