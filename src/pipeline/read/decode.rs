//! Bytes to text: finds the encoding, decodes, normalises to NFC, and remembers where each character was.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::OffsetMap;

/// A file's text.
#[derive(Debug)]
pub(super) struct Decoded {
    /// UTF-8, NFC, without a byte order mark.
    pub(super) text: String,
    /// From `text` to the bytes of the file.
    pub(super) origin: OffsetMap,
    /// What the maintainer should know of the encoding, if it is not Unicode.
    pub(super) remark: Option<String>,
}

/// The text in `bytes`, or nothing if they are no text.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !is_binary(text.as_bytes()) => return Some(normalise(unmark(text))),
        Ok(text) => return from_zeros(text.as_bytes()),
        Err(error) => error.into_bytes(),
    };
    if let Some((unicode, mark)) = Encoding::for_bom(&bytes) {
        let mut decoded = transcode(&bytes, unicode, mark).map(normalise)?;
        decoded.remark = (unicode == UTF_8).then(|| remark(unicode));
        return Some(decoded);
    }
    if bytes.contains(&0) {
        return from_zeros(&bytes);
    }
    let guess = guess(&bytes);
    let mut decoded = transcode(&bytes, guess, 0).map(normalise)?;
    decoded.remark = Some(remark(guess));
    Some(decoded)
}

/// UTF-8 without its byte order mark.
fn unmark(mut text: String) -> Decoded {
    let mut origin = OffsetMap::default();
    if text.starts_with('\u{feff}') {
        text.drain(..3);
        origin.push(0, 3, 3);
    }
    Decoded { text, origin, remark: None }
}

/// UTF-16 without a byte order mark shows by its zeros: at odd places in one byte order, at even ones in the other.
fn from_zeros(bytes: &[u8]) -> Option<Decoded> {
    let zeros = |parity| bytes.iter().skip(parity).step_by(2).filter(|it| **it == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, 1..) => UTF_16LE,
        (1.., 0) => UTF_16BE,
        _ => return None,
    };
    let is_whole = bytes.len().is_multiple_of(2)
        && encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    if is_whole { transcode(bytes, encoding, 0).map(normalise) } else { None }
}

/// Whether so many bytes are control characters that no one could have typed them.
fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|it| matches!(it, 1..=8 | 14..=25 | 28..=31)).count();
    bytes.starts_with(b"%PDF-") || memchr::memchr(0, bytes).is_some() || controls * 50 > bytes.len()
}

/// The encoding of bytes that are not quite UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (whole, broken) = utf8_sequences(bytes);
    if whole > broken * 4 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How many characters beyond ASCII are good UTF-8, and how many places are not.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(whole, broken), chunk| {
        let beyond_ascii = chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        (whole + beyond_ascii, broken + usize::from(!chunk.invalid().is_empty()))
    })
}

fn remark(encoding: &'static Encoding) -> String {
    if encoding == UTF_8 {
        return "is UTF-8 with broken characters, which are shown as \u{fffd}".to_owned();
    }
    format!("is not UTF-8; it was read as {}", encoding.name())
}

/// Decodes what follows the first `skip` bytes, a byte at a time, so that each character's place is known.
fn transcode(bytes: &[u8], encoding: &'static Encoding, skip: usize) -> Option<Decoded> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut origin = OffsetMap::default();
    let mut begins = skip;
    if skip > 0 {
        origin.push(0, skip, skip);
    }
    for end in skip..=bytes.len() {
        let last = end == bytes.len();
        let mut buffer = [0; 32];
        let input = if last { &[][..] } else { &bytes[end..=end] };
        let (_, _, written, _) = decoder.decode_to_utf8(input, &mut buffer, last);
        let end = bytes.len().min(end + 1);
        if let Some(piece) =
            std::str::from_utf8(&buffer[..written]).ok().filter(|it| !it.is_empty())
        {
            place(&mut origin, text.len(), piece, begins..end);
            text.push_str(piece);
            begins = end;
        }
    }
    (!is_binary(text.as_bytes())).then_some(Decoded { text, origin, remark: None })
}

/// Notes that `piece`, which goes to `at`, was made from the bytes `old`.
fn place(origin: &mut OffsetMap, at: usize, piece: &str, old: std::ops::Range<usize>) {
    if piece.chars().nth(1).is_none() {
        return origin.push_character(at, piece.len(), old);
    }
    origin.push(at, old.start, old.start);
    for (offset, _) in piece.char_indices().skip(1) {
        origin.push_whole(at + offset, old.clone());
    }
    origin.push(at + piece.len(), old.end, old.end);
}

/// Brings the text to NFC.
fn normalise(decoded: Decoded) -> Decoded {
    if decoded.text.is_ascii() || is_nfc_quick(decoded.text.chars()) == IsNormalized::Yes {
        return decoded;
    }
    let mut text = String::with_capacity(decoded.text.len());
    let mut map = OffsetMap::default();
    let mut begins = 0;
    for (end, character) in decoded.text.char_indices().skip(1) {
        if begins_cluster(character) {
            compose(&mut text, &mut map, &decoded.text, begins..end);
            begins = end;
        }
    }
    compose(&mut text, &mut map, &decoded.text, begins..decoded.text.len());
    let origin = map.through(&decoded.origin, text.len());
    Decoded { text, origin, ..decoded }
}

/// Whether nothing before `character` can change or be changed by it.
fn begins_cluster(character: char) -> bool {
    if character.is_ascii() {
        return true;
    }
    let mut first = None;
    decompose_canonical(character, |it| first = first.or(Some(it)));
    first.is_some_and(|it| {
        canonical_combining_class(it) == 0 && is_nfc_quick(std::iter::once(it)) == IsNormalized::Yes
    })
}

/// Adds the cluster `old` of `from` in NFC.
fn compose(text: &mut String, map: &mut OffsetMap, from: &str, old: std::ops::Range<usize>) {
    let cluster = &from[old.clone()];
    map.push(text.len(), old.start, old.start);
    if cluster.len() == 1 || is_nfc_quick(cluster.chars()) == IsNormalized::Yes {
        text.push_str(cluster);
        return;
    }
    let composed: String = cluster.nfc().collect();
    if composed != cluster {
        for (offset, _) in composed.char_indices().skip(1) {
            map.push_whole(text.len() + offset, old.clone());
        }
    }
    text.push_str(&composed);
    map.push(text.len(), old.end, old.end);
}
