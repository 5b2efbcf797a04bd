//! What the user can ask for: each command composes the pipeline with a disk, a socket, or neither.
