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
    fn learn(&mut self, bit: u32) {
        let rate = RATES[usize::from(self.seen) % RATES.len()];
        let target = if bit == 0 { 65_536 } else { 0 };
        let moved = i32::from(self.no) + (((target - i32::from(self.no)) * rate) >> 14);
        self.no = moved.clamp(EDGE, 65_536 - EDGE) as u16;
        self.seen = (self.seen + 1).min(SEEN);
    }
}

/// How far a chance moves towards what is seen, out of 16,384. As many as spare the question whether there is one.
const RATES: [i32; 64] = {
    let (mut rates, mut seen, mut steps) = ([0; 64], 0, 3);
    while seen < rates.len() {
        rates[seen] = 32_768 / steps;
        (seen, steps) = (seen + 1, steps + 2);
    }
    rates
};

/// What symbols of eight bits at most are expected to be: which of `COUNT`, a power of two.
#[derive(Debug, Clone)]
pub(crate) struct Symbols<const COUNT: usize>([Chance; COUNT]);

impl<const COUNT: usize> Symbols<COUNT> {
    /// Expects every one alike.
    pub(crate) const NEW: Self = Symbols([Chance::NEW; COUNT]);
}

/// How many sizes numbers have.
const SIZES: usize = 32;

/// What numbers are expected to be: their sizes, and the two digits behind the first.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    sizes: Symbols<SIZES>,
    digits: [[Chance; 4]; SIZES],
}

impl Numbers {
    /// Expects nothing.
    pub(crate) const NEW: Self = Numbers { sizes: Symbols::NEW, digits: [[Chance::NEW; 4]; SIZES] };
}

/// Writes what is coded.
#[derive(Debug)]
pub(crate) struct Coder {
    /// Above 32 bits it is a carry into the bytes.
    low: u64,
    range: u32,
    bytes: Vec<u8>,
}

impl Coder {
    pub(crate) fn new() -> Self {
        Coder { low: 0, range: u32::MAX, bytes: Vec::new() }
    }

    /// Nothing here is a branch on `bit`, which a processor could seldom foresee.
    #[inline]
    fn bit(&mut self, chance: &mut Chance, bit: u32) {
        let bound = (self.range >> 16) * u32::from(chance.no);
        let yes = bit.wrapping_neg();
        self.low += u64::from(bound & yes);
        self.range = (bound & !yes) | ((self.range - bound) & yes);
        chance.learn(bit);
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

    /// Adds a symbol.
    #[inline]
    pub(crate) fn symbol<const COUNT: usize>(
        &mut self,
        expected: &mut Symbols<COUNT>,
        symbol: u32,
    ) {
        let mut at = 1;
        for bit in (0..COUNT.ilog2()).rev() {
            let bit = symbol >> bit & 1;
            self.bit(&mut expected.0[at % COUNT], bit);
            at = at << 1 | bit as usize;
        }
    }

    /// Adds a number below 2^24.
    pub(crate) fn number(&mut self, expected: &mut Numbers, number: u32) {
        let (number, size) = (number + 1, (number + 1).ilog2());
        self.symbol(&mut expected.sizes, size);
        let digits = &mut expected.digits[size as usize % SIZES];
        let mut at = 1;
        for digit in 0..size.min(2) {
            let bit = number >> (size - 1 - digit) & 1;
            self.bit(&mut digits[at % 4], bit);
            at = at << 1 | bit as usize;
        }
        if size > 2 {
            self.plain(number & ((1 << (size - 2)) - 1), size - 2);
        }
    }

    #[inline]
    fn shift(&mut self) {
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.byte();
        }
    }

    fn byte(&mut self) {
        if self.low >> 32 > 0 {
            self.carry();
        }
        self.bytes.push((self.low >> 24) as u8);
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    fn carry(&mut self) {
        for byte in self.bytes.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte > 0 {
                break;
            }
        }
    }

    /// All bytes.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        (0..4).for_each(|_| self.byte());
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
