//! Text that others wrote: a verifier's name, an issuer's claim name, a claim's value. It is shown, but it may not act.

use std::borrow::Cow;

/// The longest name of an unknown claim or credential type that is shown, in characters.
const NAME_CHARS: usize = 80;

/// Without characters that reorder or hide the text around them; line breaks become spaces.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() || is_line_break(c) || is_invisible(c);
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| is_line_break(*c) || !acts(*c));
    Cow::Owned(kept.map(|c| if is_line_break(c) { ' ' } else { c }).collect())
}

/// The same, with the lines of an address kept apart by commas.
pub(super) fn lines(text: &str) -> String {
    let lines = text.split(is_line_break).map(str::trim).filter(|line| !line.is_empty());
    lines.map(plain).collect::<Vec<_>>().join(", ")
}

/// A technical name as a person would write it: `favourite_colour`, `favouriteColour` and
/// `https://example.org/favourite-colour` all become `Favourite colour`. Empty when nothing is left.
pub(super) fn humanised(name: &str) -> String {
    let name = if name.contains("://") { last_segment(name) } else { name };
    let name = plain(name);
    let mut words = String::new();
    let mut before = ' ';
    let mut rest = name.chars().map(|c| if matches!(c, '_' | '-' | '.') { ' ' } else { c }).peekable();
    while let Some(c) = rest.next() {
        let begins_word = c.is_uppercase() && before.is_lowercase();
        if begins_word {
            words.push(' ');
        }
        match (begins_word, rest.peek()) {
            (true, Some(next)) if next.is_lowercase() => words.extend(c.to_lowercase()),
            _ => words.push(c),
        }
        before = c;
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut text: String = capital.chain(letters.by_ref().take(NAME_CHARS - 1)).collect();
    if letters.next().is_some() {
        text.push('…');
    }
    text
}

/// The part of a type identifier that says most: the last one that is not a version. `urn:ca:bc:person:1` is `person`.
pub(super) fn last_segment(identifier: &str) -> &str {
    let is_version = |part: &str| {
        let digits = part.strip_prefix(['v', 'V']).unwrap_or(part);
        digits.bytes().all(|b| b.is_ascii_digit())
    };
    let path = identifier.split('?').next().unwrap_or(identifier);
    path.rsplit([':', '/', '#', '.']).find(|part| !is_version(part)).unwrap_or(identifier)
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Marks that change the direction of text or take no room: a name could hide or turn around with them. The joiners
/// that scripts need (U+200C, U+200D) stay.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, words) in [
            ("favourite_colour", "Favourite colour"),
            ("favouriteColour", "Favourite colour"),
            ("https://example.org/claims/favourite-colour", "Favourite colour"),
            ("issuingURL", "Issuing URL"),
            ("été", "Été"),
            ("__", ""),
            ("", ""),
        ] {
            assert_eq!(humanised(name), words, "{name}");
        }
        assert_eq!(humanised(&"a".repeat(500)).chars().count(), NAME_CHARS + 1);
    }

    #[test]
    fn the_part_that_says_most() {
        for (identifier, part) in [
            ("urn:ca:bc:person:1", "person"),
            ("https://example.org/credentials/library_card/v2", "library_card"),
            ("org.example.parking.1", "parking"),
            ("https://example.org/card?lang=fr", "card"),
            ("card", "card"),
            ("1", "1"),
            ("", ""),
        ] {
            assert_eq!(last_segment(identifier), part, "{identifier}");
        }
    }

    #[test]
    fn foreign_text_cannot_act() {
        assert_eq!(plain("Ünïcode 日本 ok"), "Ünïcode 日本 ok");
        assert_eq!(plain("a\u{202e}b\u{200b}c\u{7}d\ne"), "abcd e");
        assert_eq!(lines("1 rue X\r\n\n  Québec "), "1 rue X, Québec");
    }
}
