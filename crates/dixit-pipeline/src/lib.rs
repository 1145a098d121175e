//! Pipeline files, their order check, and the run over one document.
