//! Files with a fixed layout: a few bytes are changed where they are, or a piece is copied over another, as somebody
//! does who edits a vault.

use super::{Random, part, put};

/// Mutates libFuzzer's buffer.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random::new(seed);
    let mut file = data[..size].to_vec();
    let made = match random.below(8) {
        0 => None,
        1 => copy(&mut file, 4096, &mut random),
        2 => copy(&mut file, 64, &mut random),
        _ => patch(&mut file, &mut random),
    };
    put(data, size, max_size, made.map(|()| file))
}

/// Copies a piece of this size, at a multiple of its size.
fn copy(file: &mut [u8], piece: usize, random: &mut Random) -> Option<()> {
    let pieces = file.len() / piece;
    let (from, to) = (random.below(pieces) * piece, random.below(pieces) * piece);
    let source = file.get(from..from + piece)?.to_vec();
    file.get_mut(to..to + piece)?.copy_from_slice(&source);
    Some(())
}

fn patch(file: &mut [u8], random: &mut Random) -> Option<()> {
    // Half of the patches go to the heads of pages, where SQLite keeps its own.
    let at = random.below(file.len());
    let at = if random.below(2) == 0 { at } else { at / 4096 * 4096 + random.below(128) };
    let length = 1 + random.below(16);
    let window = file.get_mut(at..)?;
    let length = length.min(window.len());
    let window = &mut window[..length];
    let changed = part(window);
    window.iter_mut().zip(changed).for_each(|(old, new)| *old = new);
    Some(())
}
