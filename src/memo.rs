//! Remembering what a pure function returned.
