//! Runs a pipeline over a corpus on all cores, in order.
