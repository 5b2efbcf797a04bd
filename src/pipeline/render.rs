//! Collection and documents to pages, through templates.
