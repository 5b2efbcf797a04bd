// What src/pipeline/search/coder.rs writes: a range coder over chances that learn.
const SEEN = 40, RATES = Array.from({ length: SEEN + 1 }, (_, seen) => 32768 / (2 * seen + 3) | 0);

// Characters from U+0100 on, of which three hold 47 bits, to bytes.
function unpack(text) {
  const bytes = new Uint8Array((text.length * 2) + 8), digit = at => text.charCodeAt(at) - 256;
  let held = 0, bits = 0, at = 0;
  const put = (value, count) => {
    held = held << count | value;
    bits += count;
    while (bits > 7) bytes[at++] = held >>> (bits -= 8);
    held &= 255;
  };
  for (let i = 0; i < text.length; i += 3) {
    const value = (digit(i) * 52016 + digit(i + 1)) * 52016 + digit(i + 2);
    put(value / 0x1000000 | 0, 23);
    put(value % 0x1000000, 24);
  }
  return bytes;
}

class Chances {
  constructor(count) { this.no = new Uint16Array(count).fill(32768); this.seen = new Uint8Array(count); }
}

const symbols = bits => new Chances(1 << bits);
const numbers = () => [symbols(5), new Chances(128)];
const many = (count, make) => Array.from({ length: count }, make);

class Decoder {
  constructor(text) {
    this.bytes = unpack(text);
    this.range = -1 >>> 0;
    this.code = (this.bytes[0] << 24 | this.bytes[1] << 16 | this.bytes[2] << 8 | this.bytes[3]) >>> 0;
    this.at = 4;
  }
  shift() {
    while (this.range < 0x1000000) {
      this.range = this.range << 8 >>> 0;
      this.code = (this.code << 8 | this.bytes[this.at++]) >>> 0;
    }
  }
  bit(chances, at) {
    const no = chances.no[at], seen = chances.seen[at], bound = (this.range >>> 16) * no, bit = this.code < bound ? 0 : 1;
    if (bit) { this.code -= bound; this.range -= bound; } else this.range = bound;
    const moved = no + (((bit ? 0 : 65536) - no) * RATES[seen] >> 14);
    chances.no[at] = moved < 48 ? 48 : moved > 65488 ? 65488 : moved;
    if (seen < SEEN) chances.seen[at]++;
    this.shift();
    return bit;
  }
  plain(count) {
    let high = 0;
    if (count > 12) { high = this.plain(count - 12) << 12; count = 12; }
    this.range >>>= count;
    const value = this.code / this.range >>> 0;
    this.code -= value * this.range;
    this.shift();
    return high | value;
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
}
