//! CBOR: one item is changed, left out, doubled, exchanged or wrapped; every length around it stays right. An item in a
//! byte string with tag 24, or in any byte string, is entered like the rest.

use super::{Random, part, put};
use crate::tree::Node;

/// Deep enough for what is inside of what is inside.
const DEPTH: usize = 24;

/// Mutates libFuzzer's buffer.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random::new(seed);
    let made = match random.below(8) {
        0 => None,
        _ => Node::read(&data[..size], DEPTH).ok().map(|mut node| {
            change(&mut node, &mut random);
            node.to_bytes()
        }),
    };
    put(data, size, max_size, made)
}

fn change(root: &mut Node, random: &mut Random) {
    let other = random.below(root.count());
    let other = root.item_mut(other).cloned();
    let chosen = random.below(root.count());
    let (Some(node), Some(other)) = (root.item_mut(chosen), other) else { return };
    match random.below(8) {
        0 => *node = other,
        1 => *node = Node::Array(vec![node.clone()]),
        2 => *node = Node::Tag([0, 2, 18, 21, 24, 1004][random.below(6)], Box::new(node.clone())),
        3 => *node = Node::Simple(vec![[0xf4, 0xf5, 0xf6, 0xf7][random.below(4)]]),
        _ => change_content(node, random),
    }
}

fn change_content(node: &mut Node, random: &mut Random) {
    match node {
        Node::Int(int) => {
            *int = match random.below(6) {
                0 => -1 - *int,
                1 => int.saturating_add(1),
                2 => 0,
                3 => u64::MAX.into(),
                4 => i64::MIN.into(),
                _ => i128::from(random.next() >> random.below(64)),
            };
            *int = (*int).clamp(-(1 << 64), u64::MAX.into());
        }
        Node::Bytes(bytes) => match Node::read(bytes, DEPTH) {
            Ok(mut inner) if inner.count() > 1 && random.below(8) != 0 => {
                change(&mut inner, random);
                *bytes = inner.to_bytes();
            }
            _ => *bytes = part(bytes),
        },
        Node::Text(text) => *text = String::from_utf8_lossy(&part(text.as_bytes())).into_owned(),
        Node::Array(items) => rearrange(items, random),
        Node::Map(entries) => rearrange(entries, random),
        Node::Tag(tag, _) => *tag = [0, 1, 18, 24, 25, 1004][random.below(6)],
        Node::Simple(encoded) => *encoded = vec![0xf9, 0x7c, [0, 1][random.below(2)]],
    }
}

fn rearrange<T: Clone>(list: &mut Vec<T>, random: &mut Random) {
    if list.is_empty() {
        return;
    }
    let (one, other) = (random.below(list.len()), random.below(list.len()));
    match random.below(3) {
        0 => _ = list.remove(one),
        1 => list.insert(one, list[other].clone()),
        _ => list.swap(one, other),
    }
}
