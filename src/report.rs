//! Findings to text: the only module that knows `miette`.
