//! Where the bytes of an export go.

use std::io;

/// The files of an export: a folder of them, or the one file of a format that has only one.
pub trait Files {
    /// Adds bytes at the end of the file of that name.
    ///
    /// # Errors
    /// What the system says.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Writes a file whole; there may be very many of these.
    ///
    /// # Errors
    /// What the system says.
    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;
}
