//! What links and lists say of a document or an entity.

use crate::pipeline::calendar::PartialDate;
use crate::vocabulary::Kind;

/// What lists say of a document.
#[derive(Clone, Copy)]
pub(crate) struct Card<'e> {
    pub(crate) title: &'e str,
    pub(crate) kind: &'e str,
    /// The issuer's preferred name if it has a page, else the name as written; may be empty.
    pub(crate) issuer: &'e str,
    pub(crate) date: Option<PartialDate>,
}

/// What links to an entity say of it.
#[derive(Clone, Copy)]
pub(crate) struct Named<'e> {
    pub(crate) id: &'e str,
    pub(crate) name: &'e str,
    pub(crate) kind: Kind,
}

/// What lists say of an entity.
#[derive(Clone, Copy)]
pub(crate) struct Figures<'e> {
    pub(crate) description: &'e str,
    pub(crate) mentions: u32,
    pub(crate) documents: usize,
    pub(crate) first: Option<PartialDate>,
    pub(crate) last: Option<PartialDate>,
}
