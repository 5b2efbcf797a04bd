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

/// Adds `number`.
pub(crate) fn write_number(bytes: &mut Vec<u8>, number: u32) {
    for shift in [28, 21, 14, 7] {
        if number >> shift > 0 {
            bytes.push((number >> shift) as u8 | 0x80);
        }
    }
    bytes.push(number as u8 & 0x7f);
}
