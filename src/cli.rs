//! The command line's types, nothing else.
