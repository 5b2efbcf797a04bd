//! Numbers to bytes by what was seen before them, and bytes to a script that a browser may load from any host and from disk.
//!
//! A range coder (Martin 1979, in the form that LZMA made known) spends on each yes or no what it was worth, given how often it was
//! yes before in the same place. It takes a seventh off what the best fixed codes need, and neither lengths nor alignment are stored.
//! Its digits are no bytes but characters as they stand in the script, so that nothing is lost between the two.

/// What a yes-or-no is expected to be.
#[derive(Debug, Clone, Copy)]
struct Chance {
    /// How likely it is no, out of 65,536.
    no: u16,
    /// How often it was seen, up to [`SEEN`].
    seen: u8,
}

/// After so many times a chance follows the latest ones.
const SEEN: u8 = 60;
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

/// How many values a digit has: as many as UTF-16 has units that stand for themselves, without the first and the last few.
const BASE: u64 = 63_200;
/// A digit that leaves the range is the highest of three.
const HIGHEST: u64 = BASE * BASE;

/// Writes what is coded.
#[derive(Debug)]
pub(crate) struct Coder {
    /// From three digits on it is a carry into those that have left.
    low: u64,
    range: u64,
    digits: Vec<u16>,
}

impl Coder {
    pub(crate) fn new() -> Self {
        Coder { low: 0, range: HIGHEST * BASE, digits: Vec::new() }
    }

    /// Nothing here is a branch on `bit`, which a processor could seldom foresee.
    #[inline]
    fn bit(&mut self, chance: &mut Chance, bit: u32) {
        let bound = (self.range >> 16) * u64::from(chance.no);
        let yes = u64::from(bit).wrapping_neg();
        self.low += bound & yes;
        self.range = (bound & !yes) | ((self.range - bound) & yes);
        chance.learn(bit);
        self.shift();
    }

    /// Adds the lowest `count` bits of `value`, at most 24, of which nothing is expected.
    pub(crate) fn plain(&mut self, value: u32, count: u32) {
        self.range >>= count;
        self.low += self.range * u64::from(value);
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
        while self.range <= HIGHEST {
            self.range *= BASE;
            self.digit();
        }
    }

    fn digit(&mut self) {
        let highest = self.low / HIGHEST;
        if highest >= BASE {
            self.carry();
        }
        self.digits.push((highest % BASE) as u16);
        self.low = self.low % HIGHEST * BASE;
    }

    fn carry(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            *digit = (*digit + 1) % BASE as u16;
            if *digit > 0 {
                break;
            }
        }
    }

    /// All digits, but for those behind the last which are 0.
    pub(crate) fn finish(mut self) -> Vec<u16> {
        self.low += HIGHEST - 1;
        self.digit();
        self.digits
    }
}

/// The first unit that is a digit: nothing behind it needs escaping.
const FIRST: u16 = 0x100;
/// Surrogates, which stand for nothing by themselves.
const SURROGATES: std::ops::Range<u16> = 0xd800..0xe000;

/// `digits` as a script that hands them to the client under `name`.
///
/// UTF-16 with a byte order mark: the mark outranks whatever encoding a host declares, and it costs 0.3 % over plain bytes where base64
/// costs 33 %.
pub(crate) fn script(name: &str, digits: &[u16]) -> Vec<u8> {
    let head = format!("\u{feff}seedbed(\"{name}\",\"");
    let digits = digits.iter().map(|it| {
        let unit = it + FIRST;
        if unit < SURROGATES.start { unit } else { unit + SURROGATES.len() as u16 }
    });
    let units = head.encode_utf16().chain(digits).chain("\")".encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}
