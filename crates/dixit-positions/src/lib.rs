//! The position that each speaker takes on a topic.
