//! All anchors, and the search for those that stand behind a chain.

use super::anchor::TrustAnchor;
use super::chain::TrustedChain;
use super::path::{self, ANCHOR, INTERMEDIATE, LEAF};
use super::profile::{PathProfile, Rules};
use super::scope::{Channel, Role};
use crate::asn1::Certificate;
use crate::error::{Code, Result, WalletError};
use crate::limits;
use crate::time::UnixTime;

/// A set of anchors, of any side and role.
#[derive(Debug, Clone, Default)]
pub struct Anchors(Vec<TrustAnchor>);

impl Anchors {
    /// No anchors: nobody is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one; a second time changes nothing.
    pub fn add(&mut self, anchor: TrustAnchor) {
        if !self.0.contains(&anchor) {
            self.0.push(anchor);
        }
    }

    /// The anchors, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &TrustAnchor> {
        self.0.iter()
    }

    /// Verifies a chain, the leaf first, and finds every anchor that stands behind it.
    ///
    /// The order of the checks decides which error is given when several things are wrong. All that the chain shows by
    /// itself comes first, then what needs an anchor. So [`Code::AnchorUnknown`] comes last and says that nothing but
    /// the anchor is missing: whoever shows an unknown party to the citizen with a warning, as Canada may, does not
    /// show one whose certificate has expired or is none of its own.
    ///
    /// Several anchors may have the issuer's name, after a change of keys or on several lists. Each is tried; when none
    /// passes, the error is that of the one which came furthest.
    ///
    /// # Errors
    /// - [`Code::ChainLengthInvalid`], [`Code::CertificateSelfSigned`], [`Code::CertificateIsCa`],
    ///   [`Code::CertificateExtensionUnknown`], [`Code::CertificateNotYetValid`], [`Code::CertificateExpired`],
    ///   [`Code::CertificateKeyUsageInvalid`], [`Code::CertificateExtendedKeyUsageInvalid`],
    ///   [`Code::CertificateValidityTooLong`], [`Code::CertificateNotCa`], [`Code::CertificatePathTooLong`],
    ///   [`Code::CertificateNameMismatch`], [`Code::CertificateSignatureInvalid`],
    ///   [`Code::CertificateAlgUnsupported`], [`Code::CertificateKeyIdentifierMismatch`],
    ///   [`Code::CertificateCountryMismatch`] at the certificate that breaks the rule;
    /// - [`Code::AnchorNotForThis`] when the anchor is one, but for another role or channel;
    /// - [`Code::AnchorUnknown`] when no anchor has the issuer's name and key.
    pub fn authenticate(
        &self,
        chain: &[Certificate],
        profile: PathProfile,
        role: Role,
        channel: Channel,
        at: UnixTime,
    ) -> Result<TrustedChain> {
        let (leaf, authorities) = chain.split_first().ok_or_else(|| Code::ChainLengthInvalid.error())?;
        if chain.len() > limits::CHAIN_CERTIFICATES {
            return Err(Code::ChainLengthInvalid.error());
        }
        path::check_presented(chain, profile.rules(), at)?;
        let search = Search { leaf, authorities, rules: profile.rules(), role, channel, at };
        let mut found = Vec::new();
        let mut furthest: Option<Failure> = None;
        for anchor in &self.0 {
            match search.try_anchor(anchor) {
                Ok(()) => found.push(anchor.clone()),
                Err(failure) if furthest.as_ref().is_none_or(|other| other.stage < failure.stage) => {
                    furthest = Some(failure);
                }
                Err(_) => {}
            }
        }
        if found.is_empty() {
            return Err(furthest.map_or_else(|| Code::AnchorUnknown.error(), |failure| failure.error));
        }
        // EU before Canada; what takes no side comes last. The sort is stable: within a side as they were added.
        found.sort_by_key(|anchor| (anchor.side().is_none(), anchor.side()));
        Ok(TrustedChain::new(leaf.clone(), chain.to_vec(), found))
    }
}

impl FromIterator<TrustAnchor> for Anchors {
    fn from_iter<I: IntoIterator<Item = TrustAnchor>>(anchors: I) -> Self {
        let mut out = Self::new();
        anchors.into_iter().for_each(|anchor| out.add(anchor));
        out
    }
}

/// How far an anchor came before it failed, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Another name, or the same name with another key, and the certificate says so.
    Stranger,
    /// The name is right, the signature is not.
    Signature,
    /// The signature is right, the key identifier is not.
    KeyIdentifier,
    /// It is the issuer, but for another role or channel.
    Scope,
    /// It is the issuer for this, but breaks a rule.
    Rules,
}

struct Failure {
    stage: Stage,
    error: WalletError,
}

impl Stage {
    fn failed(self, error: WalletError) -> Failure {
        Failure { stage: self, error }
    }
}

/// One chain in search of its anchors.
struct Search<'a> {
    leaf: &'a Certificate,
    authorities: &'a [Certificate],
    rules: &'a Rules,
    role: Role,
    channel: Channel,
    at: UnixTime,
}

impl Search<'_> {
    /// Whether the anchor issued a certificate of the chain. The lowest place where it did counts: what is above an
    /// anchor, and the anchor itself when it was presented, is not part of the path.
    fn try_anchor(&self, anchor: &TrustAnchor) -> Result<(), Failure> {
        let mut furthest = Stage::Stranger.failed(Code::AnchorUnknown.error());
        for height in 0..=self.authorities.len() {
            match self.try_at(anchor, height) {
                Ok(()) => return Ok(()),
                Err(failure) if failure.stage > furthest.stage => furthest = failure,
                Err(_) => {}
            }
        }
        Err(furthest)
    }

    /// Whether the anchor issued the certificate at `height` (0 is the leaf) and may have.
    fn try_at(&self, anchor: &TrustAnchor, height: usize) -> Result<(), Failure> {
        let below = self.authorities.get(..height).unwrap_or_default();
        let (issued, place) = below.last().map_or((self.leaf, LEAF), |last| (last, INTERMEDIATE));
        let authority = anchor.certificate();

        if let Err(error) = path::check_issued_by(issued, authority, place) {
            let stranger = || Stage::Stranger.failed(Code::AnchorUnknown.error());
            return Err(match error.code() {
                Code::CertificateNameMismatch => stranger(),
                Code::CertificateKeyIdentifierMismatch => Stage::KeyIdentifier.failed(error),
                // Another key, and the certificate says that it means another one.
                _ if path::key_ids_differ(issued, authority) => stranger(),
                _ => Stage::Signature.failed(error),
            });
        }
        if anchor.role() != self.role {
            return Err(Stage::Scope.failed(Code::AnchorNotForThis.at("role")));
        }
        if !anchor.channels().contains(&self.channel) {
            return Err(Stage::Scope.failed(Code::AnchorNotForThis.at("channel")));
        }
        path::check_authority(authority, below, ANCHOR, self.at)
            .and_then(|()| self.check_profile(authority, below))
            .map_err(|error| Stage::Rules.failed(error))
    }

    /// What the profile asks of leaf and anchor together.
    fn check_profile(&self, anchor: &Certificate, below: &[Certificate]) -> Result<()> {
        if !below.is_empty() && !self.rules.intermediates {
            return Err(Code::CertificatePathTooLong.at(INTERMEDIATE));
        }
        if self.rules.anchor_path_len.is_some()
            && anchor.basic_constraints().unwrap_or_default().path_len != self.rules.anchor_path_len
        {
            return Err(Code::CertificatePathTooLong.at(ANCHOR));
        }
        if self.rules.key_ids_required {
            for (id, place) in [(self.leaf.authority_key_id(), LEAF), (anchor.subject_key_id(), ANCHOR)] {
                id.ok_or_else(|| Code::CertificateKeyIdentifierMismatch.at(place))?;
            }
        }
        if self.rules.same_country {
            self.check_country(anchor)?;
        }
        Ok(())
    }

    /// ISO 18013-5 B.1.4: `countryName` of the document signer is the IACA's, and so is `stateOrProvinceName` where
    /// both have one.
    fn check_country(&self, anchor: &Certificate) -> Result<()> {
        let (own, authority) = (self.leaf.subject(), anchor.subject());
        if own.country().is_none() || own.country() != authority.country() {
            return Err(Code::CertificateCountryMismatch.at("leaf countryName"));
        }
        match (own.state(), authority.state()) {
            (Some(own), Some(authority)) if own != authority => {
                Err(Code::CertificateCountryMismatch.at("leaf stateOrProvinceName"))
            }
            _ => Ok(()),
        }
    }
}
