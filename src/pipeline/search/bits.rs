//! Numbers to bits, and bits to a script that a browser may load from any host and from disk.
//!
//! The codes are those that fit: Golomb-Rice for gaps (their sizes fall off geometrically), Elias gamma for small counts.

/// A string of bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

/// A quotient of this many zeros says: the number follows as it is, in 30 bits.
const ESCAPE: u32 = 24;

impl Bits {
    /// How many bits there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds the lowest `count` bits of `value`, at most 32, the highest first.
    pub fn push(&mut self, value: u32, count: u32) {
        debug_assert!(
            count <= 32 && (count == 32 || value >> count == 0),
            "{value} in {count} bits"
        );
        if count == 0 {
            return;
        }
        let used = (self.len % 64) as u32;
        if used == 0 {
            self.words.push(0);
        }
        let free = 64 - used;
        let last = self.words.last_mut().expect("a word was pushed when the last one was full");
        if count <= free {
            *last |= u64::from(value) << (free - count);
        } else {
            *last |= u64::from(value) >> (count - free);
            self.words.push(u64::from(value) << (64 - (count - free)));
        }
        self.len += count as usize;
    }

    /// Adds `value`, which is at least 1, in Elias' gamma code.
    pub fn gamma(&mut self, value: u32) {
        let size = value.ilog2();
        self.push(0, size);
        self.push(value, size + 1);
    }

    /// Adds `value` in Golomb and Rice's code with `low` bits uncoded.
    pub fn rice(&mut self, value: u32, low: u32) {
        let high = value >> low;
        if high >= ESCAPE {
            self.push(0, ESCAPE);
            return self.push(value, 30);
        }
        self.push(1, high + 1);
        self.push(value & ((1 << low) - 1), low);
    }

    /// Adds all bits of `other`.
    pub fn append(&mut self, other: &Bits) {
        let mut left = other.len;
        for word in &other.words {
            let high = left.min(32) as u32;
            let low = left.saturating_sub(32).min(32) as u32;
            self.push(((word >> 32) as u32) >> (32 - high), high);
            if low > 0 {
                self.push((*word as u32) >> (32 - low), low);
            }
            left = left.saturating_sub(64);
        }
    }

    /// The bits as a script that hands them to the client under `name`.
    ///
    /// UTF-16 with a byte order mark, fifteen bits a character from U+0100: the mark outranks whatever encoding a host declares, no
    /// character needs escaping, and it costs 7 % over plain bytes where base64 costs 33 %.
    pub fn script(&self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len / 7 + 64);
        let mut write = |unit: u16| bytes.extend_from_slice(&unit.to_le_bytes());
        write(0xfeff);
        format!("seedbed(\"{name}\",\"").encode_utf16().for_each(&mut write);
        self.fifteens().for_each(|it| write(it + 0x100));
        "\")".encode_utf16().for_each(&mut write);
        bytes
    }

    fn fifteens(&self) -> impl Iterator<Item = u16> {
        (0..self.len.div_ceil(15)).map(|it| self.window(it * 15))
    }

    fn window(&self, at: usize) -> u16 {
        let (word, shift) = (at / 64, at % 64);
        let first = self.words[word] << shift;
        let second =
            self.words.get(word + 1).filter(|_| shift > 0).map_or(0, |it| it >> (64 - shift));
        ((first | second) >> 49) as u16
    }
}

/// How many low bits to leave uncoded where `total` is cut into `parts`, at least 1. The client computes the same.
pub fn rice_width(total: u32, parts: u32) -> u32 {
    (total / parts).checked_ilog2().unwrap_or(0)
}
