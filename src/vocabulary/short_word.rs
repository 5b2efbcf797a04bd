//! Words of a few letters as numbers: they are looked up without a text being kept, hashed or compared.

/// A word of at most fifteen bytes: its letters, zeros behind them, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ShortWord(u128);

/// Where the length stands, behind the letters.
const LENGTH: usize = 15;

impl ShortWord {
    /// `word` as it is written; nothing if it is too long.
    pub(crate) fn of(word: &str) -> Option<ShortWord> {
        let mut letters = [0; LENGTH + 1];
        letters[..LENGTH].get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        letters[LENGTH] = word.len() as u8;
        Some(ShortWord(u128::from_le_bytes(letters)))
    }

    /// The same in small letters, as far as they are ASCII.
    pub(crate) fn small(word: &str) -> Option<ShortWord> {
        let mut letters = [0; LENGTH + 1];
        for (to, from) in letters[..LENGTH].get_mut(..word.len())?.iter_mut().zip(word.bytes()) {
            *to = from.to_ascii_lowercase();
        }
        letters[LENGTH] = word.len() as u8;
        Some(ShortWord(u128::from_le_bytes(letters)))
    }

    /// Its letters as a text.
    pub(crate) fn read<T>(self, see: impl FnOnce(&str) -> T) -> T {
        let letters = self.0.to_le_bytes();
        let word = str::from_utf8(&letters[..usize::from(letters[LENGTH])]);
        see(word.expect("it was made of a text"))
    }
}

#[cfg(test)]
mod tests {
    use super::ShortWord;

    #[test]
    fn words_are_one_only_if_their_letters_are() {
        let of = |it| ShortWord::of(it).unwrap();
        assert_eq!(ShortWord::small("Ice"), ShortWord::of("ice"));
        assert_ne!(of("ice"), of("ice\0"));
        assert_eq!(ShortWord::small("Éclair"), ShortWord::of("Éclair"));
        assert_eq!(of("naïve").read(str::to_owned), "naïve");
        assert!(ShortWord::of("congratulations").is_some());
        assert!(ShortWord::of("responsibilities").is_none());
    }
}
