//! Finds and reads inputs, writes outputs.
