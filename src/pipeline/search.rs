//! Postings of each document to the search index.
