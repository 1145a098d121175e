//! The JSONL record, its schema and its checks.
