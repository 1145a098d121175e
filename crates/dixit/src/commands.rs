//! The commands, one a module.

mod annotate;
mod eval;
mod schema;
mod stats;
mod train;
mod validate;

pub(crate) use annotate::annotate;
pub(crate) use eval::eval;
pub(crate) use schema::schema;
pub(crate) use stats::stats;
pub(crate) use train::train;
pub(crate) use validate::validate;
