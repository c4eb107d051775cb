//! Words, row by row.
