//! What the wallet keeps at hand of each credential, so that matching opens none.

mod encoding;
mod extends;
mod kind;
mod outline;

pub use extends::extended_types;
pub use kind::Kind;
pub use outline::Outline;

use minicbor::{Decode, Encode};

use self::encoding::embedded;
use crate::credential::Format;
use crate::credential::id::CredentialId;
use crate::limits::CLOCK_SKEW_SECONDS;
use crate::time::UnixTime;

/// A credential as far as a query looks at it. No value of a claim is in it.
///
/// The layout in CBOR is stable: members are numbered, and a later version may only add optional ones.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Summary {
    /// Which credential.
    #[n(0)]
    pub credential: CredentialId,
    /// Seconds since 1970 before which it is not valid: `nbf`, or `validFrom` of the Mobile Security Object.
    #[n(1)]
    pub valid_from: Option<i64>,
    /// Seconds since 1970 from which it is not valid any more: `exp`, or `validUntil` of the Mobile Security Object.
    #[n(2)]
    pub valid_until: Option<i64>,
    /// Everything else, which many credentials may have in common. Encoded into a byte string, so that one look tells
    /// whether it is known already.
    #[cbor(n(3), with = "embedded")]
    pub kind: Kind,
    /// Whether its issuer says that it does not count: revoked or suspended, by the status list that was read last.
    #[n(4)]
    pub withdrawn: Option<bool>,
}

/// A [`Summary`] with its kind as encoded, so that a kind that is known need not be decoded again.
#[derive(Decode)]
pub(crate) struct EncodedSummary<'b> {
    #[n(0)]
    pub(crate) credential: CredentialId,
    #[n(1)]
    pub(crate) valid_from: Option<i64>,
    #[n(2)]
    pub(crate) valid_until: Option<i64>,
    #[cbor(b(3), decode_with = "minicbor::bytes::decode")]
    pub(crate) kind: &'b [u8],
    #[n(4)]
    pub(crate) withdrawn: Option<bool>,
}

impl EncodedSummary<'_> {
    pub(crate) fn validity(&self) -> Validity {
        Validity {
            from: self.valid_from,
            until: self.valid_until,
            withdrawn: self.withdrawn.unwrap_or_default(),
        }
    }
}

/// What a query looks at first in an encoded [`Kind`].
#[derive(Decode)]
pub(crate) struct KindHead<'b> {
    #[cbor(n(0), with = "encoding::format_identifier")]
    pub(crate) format: Format,
    #[b(1)]
    type_identifier: &'b str,
    #[b(2)]
    extends: Vec<&'b str>,
}

impl KindHead<'_> {
    /// The types that the kind answers to.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.type_identifier).chain(self.extends.iter().copied())
    }
}

/// When a credential is valid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Validity {
    pub(crate) from: Option<i64>,
    pub(crate) until: Option<i64>,
    /// Whether its issuer says that it does not count.
    pub(crate) withdrawn: bool,
}

/// Why a credential does not count at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Lapse {
    /// Its validity is over.
    Expired,
    /// Its validity has not begun.
    NotYetValid,
    /// Its issuer revoked or suspended it.
    Withdrawn,
}

impl Validity {
    /// Why a credential may not be shown at this time, given the skew that clocks are allowed; `None` when it may.
    pub(crate) fn lapse(self, at: UnixTime) -> Option<Lapse> {
        if self.withdrawn {
            Some(Lapse::Withdrawn)
        } else if self.until.is_some_and(|until| at.plus(-CLOCK_SKEW_SECONDS).0 >= until) {
            Some(Lapse::Expired)
        } else if self.from.is_some_and(|from| at.plus(CLOCK_SKEW_SECONDS).0 < from) {
            Some(Lapse::NotYetValid)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use super::*;
    use crate::credential::Format;
    use crate::credential::path::{ClaimLocation, Step};
    use crate::testing::hex;

    #[test]
    fn the_layout_is_stable() {
        let summary = Summary {
            credential: CredentialId([7; 16]),
            valid_from: None,
            valid_until: Some(100),
            kind: Kind {
                format: Format::DcSdJwt,
                type_identifier: "t".into(),
                extends: vec!["u".into()],
                authority_key_ids: vec![vec![1, 2]],
                holder_binding: true,
                outline: Outline {
                    leaves: vec![ClaimLocation(vec![Step::Key("a".into()), Step::Index(3)])],
                    empty_objects: vec![],
                    empty_arrays: vec![],
                    disclosures: vec![ClaimLocation::keys(["a"])],
                },
            },
            withdrawn: None,
        };
        let bytes = minicbor::to_vec(&summary).unwrap();
        let expected = hex(concat!(
            "84",
            "5007070707070707070707070707070707",
            "f6",
            "1864",
            "582a",
            "86",
            "6964632b73642d6a7774",
            "6174",
            "816175",
            "81420102",
            "f5",
            "84",
            "8182820081616182018103",
            "80",
            "80",
            "818182008161 61",
        )
        .replace(' ', "")
        .as_str());
        assert_eq!(bytes, expected);
        assert_eq!(minicbor::decode::<Summary>(&expected).unwrap(), summary);
        // A later member stands at the end, where it has something to say.
        let withdrawn = minicbor::to_vec(Summary { withdrawn: Some(true), ..summary }).unwrap();
        assert_eq!(withdrawn, [&[0x85], expected.get(1..).unwrap(), &[0xf5]].concat());
    }

    #[test]
    fn validity_ends_a_minute_late_and_starts_a_minute_early() {
        let lapse = |from, until, at| Validity { from, until, withdrawn: false }.lapse(UnixTime(at));
        assert_eq!((lapse(None, None, i64::MIN), lapse(None, None, i64::MAX)), (None, None));
        assert_eq!(lapse(Some(1000), None, 940), None);
        assert_eq!(lapse(Some(1000), None, 939), Some(Lapse::NotYetValid));
        assert_eq!(lapse(None, Some(1000), 1059), None);
        assert_eq!(lapse(None, Some(1000), 1060), Some(Lapse::Expired));
        let withdrawn = Validity { from: None, until: None, withdrawn: true };
        assert_eq!(withdrawn.lapse(UnixTime(0)), Some(Lapse::Withdrawn));
    }
}
