//! Parse the command line, run a command, print, exit code.

fn main() {}
