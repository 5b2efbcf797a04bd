//! From a folder of documents to a cross-linked site: everything named in them found, explained and citable.
//!
//! The whole program is one [`pipeline`] of plain functions over plain data:
//! `read → parse → describe → annotate → collate → render → write`, and [`pipeline::understand`] and
//! [`pipeline::publish`] name every stage.
//!
//! # Absences
//!
//! Only [`pipeline::read`] and [`pipeline::write`] touch the disk. No template reads the site. No stage prints.
//! Nothing depends on the clock, on hash order, on the number of threads, or on the order in which the disk lists
//! files. HTML text is the last thing made, never an input. No placeholder strings are put in text to be replaced later.
//!
//! # Where things are
//!
//! [`config`] reads `site.toml`, [`vocabulary`] what is known before the first document is read, [`policy`] says how bad a
//! finding is, [`diagnostic`] what a finding is, [`report`] how it is shown, [`memo`] what is remembered between builds,
//! [`standoff`] what other programs exchange with us,
//! [`commands`] what the user can ask for.

pub mod pipeline;
pub mod config;
pub mod vocabulary;
pub mod yaml;
pub mod policy;
pub mod diagnostic;
pub mod report;
pub mod memo;
pub mod standoff;
pub mod cli;
pub mod commands;
