//! Named entities of English and French news.
