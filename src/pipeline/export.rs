//! Collection to datasets, feeds and sitemap.
