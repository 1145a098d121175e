//! Parquet: one article a row. A row is read as a JSON object of its columns, and that is what a failure holds of it.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use parquet::errors::ParquetError;
use parquet::file::reader::SerializedFileReader;
use parquet::record::Row;
use parquet::record::reader::RowIter;

use crate::ReadError;
use crate::format::{Articles, Item};
use crate::reader::Context;

pub(crate) struct ParquetRows {
    context: Context,
    rows: RowIter<'static>,
    row: u64,
}

impl ParquetRows {
    /// The file must be one that can be read from any place: standard input and compressed files cannot.
    pub(crate) fn open(context: Context, path: Option<&Path>) -> Result<Self, ReadError> {
        let path = path.ok_or(ReadError::NotAFile)?;
        let file = File::open(path)?;
        let rows = unpanicked(|| SerializedFileReader::new(file))?.into_iter();
        Ok(Self { context, rows, row: 0 })
    }

    fn article(&self, row: &Row) -> Item {
        let raw = row.to_json_value().to_string().into_bytes();
        // What stands before a row is counted in rows, since its bytes are all over the file.
        let (line, offset, bytes) = (self.row, self.row - 1, raw.len() as u64);
        if bytes > self.context.limit {
            return Item { line: Some(line), offset, raw: None, article: Err(self.context.too_long(bytes)) };
        }
        let article = self.context.json(&raw, line);
        Item { line: Some(line), offset, raw: Some(raw), article }
    }
}

impl Articles for ParquetRows {
    fn next(&mut self) -> io::Result<Option<Item>> {
        let rows = &mut self.rows;
        let Some(row) = unpanicked(|| rows.next().transpose()).map_err(io::Error::other)? else { return Ok(None) };
        self.row += 1;
        Ok(Some(self.article(&row)))
    }
}

/// What `read` gives; the reader of Parquet panics at some files that are torn.
fn unpanicked<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ParquetError::General("the file is torn".to_owned())))
}
