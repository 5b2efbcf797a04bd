// What src/pipeline/search/coder.rs writes: a range coder over chances that learn.
const { floor } = Math, SEEN = 60, RATES = Array.from({ length: SEEN + 1 }, (_, seen) => 32768 / (2 * seen + 3) | 0), BASE = 63200;

class Chances {
  constructor(count) { this.no = new Uint16Array(count).fill(32768); this.seen = new Uint8Array(count); }
}

const symbols = bits => new Chances(1 << bits);
const numbers = () => [symbols(5), new Chances(128)];
const many = (count, make) => Array.from({ length: count }, make);

class Decoder {
  constructor(digits) {
    this.digits = digits;
    this.range = 1;
    this.code = this.at = 0;
    this.shift();
  }
  // Digits are characters from U+0100 on, without surrogates; behind the last all are 0.
  shift() {
    while (this.range <= BASE * BASE) {
      const unit = this.digits.charCodeAt(this.at++) || 256;
      this.range *= BASE;
      this.code = this.code * BASE + unit - (unit < 0xd800 ? 256 : 2304);
    }
  }
  bit(chances, at) {
    const no = chances.no[at], seen = chances.seen[at], bound = floor(this.range / 65536) * no, bit = this.code < bound ? 0 : 1;
    if (bit) { this.code -= bound; this.range -= bound; } else this.range = bound;
    const moved = no + (((bit ? 0 : 65536) - no) * RATES[seen] >> 14);
    chances.no[at] = moved < 48 ? 48 : moved > 65488 ? 65488 : moved;
    if (seen < SEEN) chances.seen[at]++;
    this.shift();
    return bit;
  }
  plain(count) {
    this.range = floor(this.range / 2 ** count);
    const value = floor(this.code / this.range);
    this.code -= value * this.range;
    this.shift();
    return value;
  }
  symbol(chances) {
    const end = chances.no.length;
    let at = 1;
    while (at < end) at = at << 1 | this.bit(chances, at);
    return at - end;
  }
  number([sizes, digits]) {
    const size = this.symbol(sizes);
    let at = 1;
    for (let digit = 0; digit < size && digit < 2; digit++) at = at << 1 | this.bit(digits, size * 4 + at);
    return (size > 2 ? at << size - 2 | this.plain(size - 2) : at) - 1;
  }
  // Adds a text to `bytes`; `known` is what a letter is expected by, mostly the one before.
  text(letters, bytes = [], known = last => last) {
    const begin = bytes.length;
    for (let last = 0; (last = this.symbol(letters[known(last, bytes.length - begin)] ||= symbols(8)));) bytes.push(last);
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }
}
