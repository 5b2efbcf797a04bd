//! Numbers to bytes by what was seen before them, and bytes to a script that a browser may load from any host and from disk.
//!
//! A range coder (Martin 1979, in the form that LZMA made known) spends on each yes or no what it was worth, given how often it was
//! yes before in the same place. It takes a seventh off what the best fixed codes need, and neither lengths nor alignment are stored.

/// What a yes-or-no is expected to be.
#[derive(Debug, Clone, Copy)]
struct Chance {
    /// How likely it is no, out of 65,536.
    no: u16,
    /// How often it was seen, up to [`SEEN`].
    seen: u8,
}

/// After so many times a chance follows the latest ones.
const SEEN: u8 = 40;
/// No chance is nearer to certainty.
const EDGE: i32 = 48;

impl Chance {
    const NEW: Chance = Chance { no: 1 << 15, seen: 0 };

    #[expect(clippy::cast_sign_loss, reason = "between the edges it is above 0")]
    fn learn(&mut self, no: bool) {
        let rate = RATES[usize::from(self.seen)];
        let target = if no { 65_536 } else { 0 };
        let moved = i32::from(self.no) + (((target - i32::from(self.no)) * rate) >> 14);
        self.no = moved.clamp(EDGE, 65_536 - EDGE) as u16;
        self.seen = (self.seen + 1).min(SEEN);
    }
}

/// How far a chance moves towards what is seen, out of 16,384.
const RATES: [i32; SEEN as usize + 1] = {
    let (mut rates, mut seen, mut steps) = ([0; SEEN as usize + 1], 0, 3);
    while seen < rates.len() {
        rates[seen] = 32_768 / steps;
        (seen, steps) = (seen + 1, steps + 2);
    }
    rates
};

/// What symbols of up to eight bits are expected to be.
#[derive(Debug, Clone)]
pub(crate) struct Symbols(Vec<Chance>);

impl Symbols {
    /// Expects every one of `1 << bits` symbols alike.
    pub(crate) fn new(bits: u32) -> Self {
        Symbols(vec![Chance::NEW; 1 << bits])
    }
}

/// What numbers are expected to be: their sizes, and the two digits behind the first.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    sizes: Symbols,
    digits: Vec<[Chance; 4]>,
}

impl Numbers {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        Numbers { sizes: Symbols::new(5), digits: vec![[Chance::NEW; 4]; 32] }
    }
}

/// Writes what is coded.
#[derive(Debug)]
pub(crate) struct Coder {
    low: u64,
    range: u32,
    /// The last byte, which a carry may still change, and how many bytes of 255 are behind it.
    held: u8,
    full: usize,
    begun: bool,
    bytes: Vec<u8>,
}

impl Coder {
    pub(crate) fn new() -> Self {
        Coder { low: 0, range: u32::MAX, held: 0, full: 0, begun: false, bytes: Vec::new() }
    }

    fn bit(&mut self, chance: &mut Chance, bit: u32) {
        let bound = (self.range >> 16) * u32::from(chance.no);
        if bit == 0 {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        chance.learn(bit == 0);
        self.shift();
    }

    /// Adds the lowest `count` bits of `value`, at most 24, of which nothing is expected.
    pub(crate) fn plain(&mut self, value: u32, count: u32) {
        let (mut value, mut count) = (value, count);
        if count > 12 {
            self.plain(value >> 12, count - 12);
            (value, count) = (value & 0xfff, 12);
        }
        self.range >>= count;
        self.low += u64::from(self.range) * u64::from(value);
        self.shift();
    }

    /// Adds a symbol of as many bits as `expected` was made for.
    pub(crate) fn symbol(&mut self, expected: &mut Symbols, symbol: u32) {
        let mut at = 1;
        for bit in (0..expected.0.len().ilog2()).rev() {
            let bit = symbol >> bit & 1;
            self.bit(&mut expected.0[at], bit);
            at = at << 1 | bit as usize;
        }
    }

    /// Adds a number below 2^24.
    pub(crate) fn number(&mut self, expected: &mut Numbers, number: u32) {
        let (number, size) = (number + 1, (number + 1).ilog2());
        self.symbol(&mut expected.sizes, size);
        let mut at = 1;
        for digit in 0..size.min(2) {
            let bit = number >> (size - 1 - digit) & 1;
            self.bit(&mut expected.digits[size as usize][at], bit);
            at = at << 1 | bit as usize;
        }
        if size > 2 {
            self.plain(number & ((1 << (size - 2)) - 1), size - 2);
        }
    }

    fn shift(&mut self) {
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.byte();
        }
    }

    fn byte(&mut self) {
        let carry = (self.low >> 32) as u8;
        if carry == 1 || self.low < 0xff00_0000 {
            if self.begun {
                self.bytes.push(self.held.wrapping_add(carry));
            }
            self.bytes.extend(std::iter::repeat_n(0xff_u8.wrapping_add(carry), self.full));
            (self.begun, self.full, self.held) = (true, 0, (self.low >> 24) as u8);
        } else {
            self.full += 1;
        }
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    /// All bytes.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        (0..5).for_each(|_| self.byte());
        self.bytes
    }
}

/// Three characters of so many values hold 47 bits.
const BASE: u64 = 52_016;

/// `bytes` as a script that hands them to the client under `name`.
///
/// UTF-16 with a byte order mark, 47 bits in three characters from U+0100 on: the mark outranks whatever encoding a host declares, no
/// character needs escaping, and it costs 2 % over plain bytes where base64 costs 33 %.
pub(crate) fn script(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut script = Vec::with_capacity(bytes.len() * 48 / 47 + 64);
    let mut write = |unit: u16| script.extend_from_slice(&unit.to_le_bytes());
    write(0xfeff);
    format!("seedbed(\"{name}\",\"").encode_utf16().for_each(&mut write);
    let (mut held, mut bits) = (0_u64, 0);
    for byte in bytes.iter().chain(&[0; 6]) {
        held = held << 8 | u64::from(*byte);
        bits += 8;
        if bits >= 47 {
            bits -= 47;
            let digits = held >> bits;
            held &= (1 << bits) - 1;
            for digit in [digits / BASE / BASE, digits / BASE % BASE, digits % BASE] {
                write(digit as u16 + 0x100);
            }
        }
    }
    "\")".encode_utf16().for_each(&mut write);
    script
}
