// The search engine of the site: see src/pipeline/search.rs.
