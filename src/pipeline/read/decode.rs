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
    // Few enough at a time that a byte counts them: so many are looked at in one step.
    let counted = bytes.chunks(255).map(|it| it.iter().map(|it| u8::from(is_control(*it))).sum());
    let controls: usize = counted.map(|it: u8| usize::from(it)).sum();
    bytes.starts_with(b"%PDF-") || memchr::memchr(0, bytes).is_some() || controls * 50 > bytes.len()
}

fn is_control(byte: u8) -> bool {
    matches!(byte, 1..=8 | 14..=25 | 28..=31)
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

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    use super::*;

    /// Text in many scripts, with marks that compose, marks that do not, and characters that NFC replaces.
    fn text() -> impl Strategy<Value = String> {
        let letters = "aeo nq\n\r\t.A é ö İ ß я Ж ع 中 漢 한 ᄒ ᅡ ᆫ ゙ か \u{301} \u{308} \u{323} \u{327} \u{345} \u{344} Å Ω 豈 ½ ’ ‑ 😀 𝔸 \u{f900}";
        let letters: Vec<char> = letters.chars().collect();
        prop::collection::vec(prop::sample::select(letters), 1..60).prop_map(String::from_iter)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    /// Whether each piece of the text is what the bytes say from which it is said to be made.
    fn is_true_to(decoded: &Decoded, bytes: &[u8], encoding: &'static Encoding) {
        let text = &decoded.text;
        let mut ends: Vec<usize> = text.char_indices().map(|it| it.0).collect();
        ends.push(text.len());
        for (index, start) in ends.iter().enumerate() {
            for end in &ends[index + 1..] {
                let span = decoded.origin.span(*start..*end);
                let cut = bytes.get(span.clone()).unwrap_or_else(|| panic!("{span:?} is outside"));
                let said: String = encoding.decode_without_bom_handling(cut).0.nfc().collect();
                let is_cluster = |at: &usize| text[*at..].chars().next().is_none_or(begins_cluster);
                if is_cluster(start) && is_cluster(end) {
                    assert_eq!(&text[*start..*end], said, "{start}..{end} of {text:?}");
                } else {
                    assert!(
                        said.contains(&text[*start..*end]) || !said.contains('\u{fffd}'),
                        "{start}..{end} of {text:?}"
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn spans_of_utf_8_cut_out_what_they_say(text in text()) {
            let bytes = text.clone().into_bytes();
            let decoded = decode(bytes.clone()).unwrap();
            prop_assert_eq!(&decoded.text, &text.nfc().collect::<String>());
            is_true_to(&decoded, &bytes, UTF_8);
            let marked = [b"\xef\xbb\xbf", bytes.as_slice()].concat();
            let decoded = decode(marked.clone()).unwrap();
            prop_assert_eq!(&decoded.text, &text.nfc().collect::<String>());
            is_true_to(&decoded, &marked, UTF_8);
        }

        #[test]
        fn spans_of_utf_16_cut_out_what_they_say(text in text()) {
            let orders = [(UTF_16LE, u16::to_le_bytes as fn(u16) -> [u8; 2]), (UTF_16BE, u16::to_be_bytes)];
            for (encoding, order) in orders {
                let bytes = utf16(&format!("\u{feff}{text}"), order);
                let decoded = decode(bytes.clone()).unwrap();
                prop_assert_eq!(&decoded.text, &text.nfc().collect::<String>());
                is_true_to(&decoded, &bytes, encoding);
            }
        }

        #[test]
        fn spans_of_windows_1252_cut_out_what_they_say(text in "[ -~\u{e0}-\u{ff}’“”–\n]{1,60}") {
            let (bytes, _, _) = WINDOWS_1252.encode(&text);
            let decoded = normalise(transcode(&bytes, WINDOWS_1252, 0).unwrap());
            prop_assert_eq!(&decoded.text, &text);
            is_true_to(&decoded, &bytes, WINDOWS_1252);
        }

        #[test]
        fn any_bytes_are_a_text_or_none(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Some(decoded) = decode(bytes.clone()) {
                for (at, character) in decoded.text.char_indices() {
                    let span = decoded.origin.span(at..at + character.len_utf8());
                    prop_assert!(span.start <= span.end && span.end <= bytes.len());
                }
            }
        }
    }

    #[test]
    fn utf_16_shows_without_a_mark() {
        let text = "The minutes of the meeting.\n";
        for order in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            let decoded = decode(utf16(text, order)).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.remark), (text, None));
        }
    }

    #[test]
    fn a_legacy_encoding_is_guessed_and_named() {
        let text = "Протокол заседания комиссии по вопросам торговли и мореплавания.";
        let decoded = decode(encoding_rs::WINDOWS_1251.encode(text).0.into_owned()).unwrap();
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.remark.as_deref(), Some("is not UTF-8; it was read as windows-1251"));
        let text = "Le café était fermé à l’été, déjà.";
        let decoded = decode(WINDOWS_1252.encode(text).0.into_owned()).unwrap();
        assert_eq!(decoded.text, text);
    }

    #[test]
    fn a_broken_character_does_not_turn_the_rest_into_another_language() {
        let mut bytes = "Протокол заседания комиссии".repeat(3).into_bytes();
        bytes.pop();
        let decoded = decode(bytes).unwrap();
        assert!(
            decoded.text.starts_with("Протокол заседания") && decoded.text.ends_with('\u{fffd}')
        );
        assert!(decoded.remark.unwrap().starts_with("is UTF-8 with broken characters"));
    }

    #[test]
    fn pictures_and_programs_are_no_text() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0".to_vec()).is_none());
        assert!(decode(b"%PDF-1.7 and so on".to_vec()).is_none());
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".to_vec()).is_none());
        assert!(decode(b"a page\x0cbreak and a DOS end of file\x1a".to_vec()).is_some());
    }

    #[test]
    fn a_run_of_characters_of_one_width_is_one_piece() {
        let bytes = utf16(&format!("\u{feff}{}", "plain words ".repeat(1000)), u16::to_le_bytes);
        assert!(format!("{:?}", decode(bytes).unwrap().origin).matches("Point").count() < 4);
    }
}
