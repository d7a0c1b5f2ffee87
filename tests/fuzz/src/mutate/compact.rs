//! Texts of base64url parts (JWS, JWE, SD-JWT): a part is left out, doubled, exchanged, or decoded, changed and encoded
//! again.

use wallet_core::jose::base64url;

use super::{Random, part, put};

/// Mutates libFuzzer's buffer.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random::new(seed);
    let made = match random.below(8) {
        0 => None,
        _ => std::str::from_utf8(&data[..size]).ok().map(|text| change(text, &mut random).into_bytes()),
    };
    put(data, size, max_size, made)
}

fn change(text: &str, random: &mut Random) -> String {
    // Of an SD-JWT sometimes the whole disclosures and JWTs, else the parts of one.
    let separator = if text.contains('~') && random.below(2) == 0 { '~' } else { '.' };
    let mut parts: Vec<String> = text.split(separator).map(str::to_owned).collect();
    let (one, other) = (random.below(parts.len()), random.below(parts.len()));
    match random.below(8) {
        0 => _ = parts.remove(one),
        1 => parts.insert(one, parts[other].clone()),
        2 => parts.swap(one, other),
        _ => {
            let inner: Vec<&str> = parts[one].split('~').collect();
            let place = random.below(inner.len());
            let mut inner: Vec<String> = inner.into_iter().map(str::to_owned).collect();
            inner[place] = match base64url::decode(&inner[place], "part") {
                Ok(decoded) => base64url::encode(&part(&decoded)),
                Err(_) => String::from_utf8_lossy(&part(inner[place].as_bytes())).into_owned(),
            };
            parts[one] = inner.join("~");
        }
    }
    parts.join(&separator.to_string())
}
