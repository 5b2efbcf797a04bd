//! Any text is a document, in either format, with or without a sidecar.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedbed::pipeline::parse::parse;
use seedbed::pipeline::read::{OffsetMap, Source};

fuzz_target!(|input: (&str, bool, Option<&str>)| {
    let (text, is_plain, sidecar) = input;
    let id = if is_plain { "a.txt" } else { "a.md" };
    let source = Source {
        id: id.into(),
        file: id.into(),
        text: text.into(),
        origin: OffsetMap::default(),
        sidecar: sidecar.map(|it| ("a.yaml".into(), it.to_owned())),
    };
    let document = parse(&source).value;
    let mut behind = 0;
    for block in &document.blocks {
        assert!(document.text.get(block.range()).is_some() && behind <= block.range().start);
        behind = block.range().end;
    }
    for (at, character) in document.text.char_indices() {
        assert!(document.origin.span(at..at + character.len_utf8()).end <= text.len());
    }
});
