//! A gzip writer for two kinds of content: a few literal bytes, and very many zeros in very few bytes.

/// `text`, stored.
pub(crate) fn stored(text: &[u8]) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    let mut out = HEADER.to_vec();
    out.push(1); // last block, stored
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(text);
    trailer(&mut out, text);
    out
}

/// `1 + 258 * runs` zeros: a literal, and runs of the longest length (RFC 1951 3.2.6, fixed codes).
pub(crate) fn zeros(runs: usize) -> Vec<u8> {
    let mut bits = Vec::new();
    bits.extend([1, 1, 0]); // last block, fixed codes
    bits.extend(code(0b0011_0000, 8)); // literal 0
    for _ in 0..runs {
        bits.extend(code(0b1100_0101, 8)); // length 258
        bits.extend(code(0, 5)); // distance 1
    }
    bits.extend(code(0, 7)); // end of block
    let mut out = HEADER.to_vec();
    for byte in bits.chunks(8) {
        out.push(byte.iter().enumerate().fold(0, |byte, (at, bit)| byte | bit << at));
    }
    trailer(&mut out, &vec![0; 1 + 258 * runs]);
    out
}

const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

fn code(value: u16, length: u16) -> impl Iterator<Item = u8> {
    (0..length).rev().map(move |at| u8::from(value >> at & 1 == 1))
}

fn trailer(out: &mut Vec<u8>, content: &[u8]) {
    let crc = content.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    });
    out.extend((!crc).to_le_bytes());
    out.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
}
