//! Numbers to bytes that are only kept in memory: seven bits a byte, the highest first.

/// The number at the front of `bytes`, which is taken off; none if there is none left.
pub(crate) fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number = number << 7 | u32::from(first & 0x7f);
        if *first < 0x80 {
            return Some(number);
        }
    }
}

/// The bytes of the `count` numbers at the front of `bytes`, which are taken off.
pub(crate) fn split_numbers<'a>(bytes: &mut &'a [u8], count: u32) -> &'a [u8] {
    let (mut left, mut end) = (count, 0);
    while left > 0 && end < bytes.len() {
        left -= u32::from(bytes[end] < 0x80);
        end += 1;
    }
    let (numbers, rest) = bytes.split_at(end);
    *bytes = rest;
    numbers
}

/// Adds `number`.
pub(crate) fn write_number(bytes: &mut Vec<u8>, number: u32) {
    if number < 0x80 {
        return bytes.push(number as u8);
    }
    for shift in [28, 21, 14, 7] {
        if number >> shift > 0 {
            bytes.push((number >> shift) as u8 | 0x80);
        }
    }
    bytes.push(number as u8 & 0x7f);
}
