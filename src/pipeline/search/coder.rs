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

impl Chance {
    const NEW: Chance = Chance { no: 1 << 15, seen: 0 };

    #[expect(clippy::cast_sign_loss, reason = "it stays above 0")]
    fn learn(&mut self, bit: u32) {
        let rate = RATES[usize::from(self.seen) % RATES.len()];
        let target = if bit == 0 { 65_536 } else { 0 };
        // Cut off towards 0, so that it never becomes certain: the last thirty steps are too small to be taken.
        let step = (target - i32::from(self.no)) * rate / 16_384;
        self.no = (i32::from(self.no) + step) as u16;
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

/// What is still open of what is coded.
#[derive(Debug, Clone, Copy)]
struct Interval {
    /// From three digits on it is a carry into those that have left.
    low: u64,
    range: u64,
}

impl Interval {
    /// The part that stands for `bit`. Nothing here is a branch on it, which a processor could seldom foresee.
    #[inline]
    fn cut(self, chance: &mut Chance, bit: u32) -> Interval {
        let bound = (self.range >> 16) * u64::from(chance.no);
        let yes = u64::from(bit).wrapping_neg();
        chance.learn(bit);
        let low = self.low + (bound & yes);
        Interval { low, range: bound ^ ((bound ^ (self.range - bound)) & yes) }
    }
}

/// Writes what is coded.
#[derive(Debug)]
pub(crate) struct Coder {
    open: Interval,
    digits: Vec<u16>,
}

impl Coder {
    pub(crate) fn new() -> Self {
        Coder { open: Interval { low: 0, range: HIGHEST * BASE }, digits: Vec::new() }
    }

    /// Adds the lowest `count` bits of `value`, at most 24, of which nothing is expected.
    pub(crate) fn plain(&mut self, value: u32, count: u32) {
        let Interval { low, range } = self.open;
        let range = range >> count;
        self.open = self.room(Interval { low: low + range * u64::from(value), range });
    }

    /// Adds a symbol.
    #[inline]
    pub(crate) fn symbol<const COUNT: usize>(
        &mut self,
        expected: &mut Symbols<COUNT>,
        symbol: u32,
    ) {
        self.open = self.digit_by_digit(self.open, &mut expected.0, (symbol, COUNT.ilog2()));
    }

    /// Adds the highest `count` binary digits of a number of so many, each expected by those before it.
    #[inline]
    fn digit_by_digit<const COUNT: usize>(
        &mut self,
        mut open: Interval,
        expected: &mut [Chance; COUNT],
        (number, count): (u32, u32),
    ) -> Interval {
        let mut at = 1;
        for digit in (0..count).rev() {
            let bit = number >> digit & 1;
            open = self.room(open.cut(&mut expected[at % COUNT], bit));
            at = at << 1 | bit as usize;
        }
        open
    }

    /// Adds a number below 2^24.
    pub(crate) fn number(&mut self, expected: &mut Numbers, number: u32) {
        let (number, size) = (number + 1, (number + 1).ilog2());
        let open = self.digit_by_digit(self.open, &mut expected.sizes.0, (size, SIZES.ilog2()));
        let digits = &mut expected.digits[size as usize % SIZES];
        let own = size.min(2);
        self.open = self.digit_by_digit(open, digits, (number >> (size - own), own));
        if size > 2 {
            self.plain(number & ((1 << (size - 2)) - 1), size - 2);
        }
    }

    /// `open` with as much room as a cut needs: digits leave that are certain.
    #[inline]
    fn room(&mut self, mut open: Interval) -> Interval {
        while open.range <= HIGHEST {
            open = Interval { low: self.digit(open.low), range: open.range * BASE };
        }
        open
    }

    /// Lets go of the first digit, which is seldom certain: apart, so that what is done for each bit keeps its registers.
    #[cold]
    #[inline(never)]
    fn digit(&mut self, low: u64) -> u64 {
        let highest = low / HIGHEST;
        if highest >= BASE {
            self.carry();
        }
        self.digits.push((highest % BASE) as u16);
        low % HIGHEST * BASE
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
        self.digit(self.open.low + HIGHEST - 1);
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
