//! The commands, one a module.

mod agreement;
mod annotate;
mod destination;
mod eval;
mod export;
mod import;
mod merge;
mod records;
mod report;
mod review;
mod reviewed;
mod schema;
mod split;
mod stats;
mod train;
mod validate;
mod view;

pub(crate) use agreement::agreement;
pub(crate) use annotate::annotate;
pub(crate) use eval::eval;
pub(crate) use export::export;
pub(crate) use import::import;
pub(crate) use merge::merge;
pub(crate) use report::report;
pub(crate) use review::review;
pub(crate) use schema::schema;
pub(crate) use split::split;
pub(crate) use stats::stats;
pub(crate) use train::train;
pub(crate) use validate::validate;
pub(crate) use view::view;
