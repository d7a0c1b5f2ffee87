//! What a verifier is registered for, by its registration certificate: what the citizen is shown before saying yes, and
//! what the history keeps of it (ARF DASH_03): purpose, registrar, contacts. Field numbers are the format of the file.

use minicbor::{Decode, Encode};

use crate::vault::model::Localized;

/// What came of the registration certificate that a request had (EU-40, EU-42).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
// There is one of them at a time.
#[allow(clippy::large_enum_variant)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Registration {
    /// It passed every check but that of its status.
    #[n(0)]
    Valid {
        /// What it says.
        #[n(0)]
        details: RegistrationDetails,
    },
    /// It failed one, so nothing of what it says is shown or kept.
    #[n(1)]
    Invalid {
        /// The number of the error that says why.
        #[n(0)]
        code: u16,
    },
}

/// What a registration certificate says about whoever asks. Texts have no control characters and none that turn the
/// direction of writing; addresses are https, and the wallet never loads them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RegistrationDetails {
    /// The name that the relying party is registered under (`name`, else its legal name); empty when it says none.
    #[n(0)]
    pub name: String,
    /// The number that it is registered under (`sub`).
    #[n(1)]
    pub identifier: String,
    /// Where it is registered: two letters.
    #[n(2)]
    pub country: Option<String>,
    /// Who asks on its behalf, by number: the name of an intermediary is not shown (RPI_07).
    #[n(3)]
    pub intermediary: Option<String>,
    /// What it wants the data for (`purpose`), in one text for each language.
    #[n(4)]
    pub purposes: Vec<Localized>,
    /// What service it is for (`srv_description`).
    #[n(5)]
    pub service_descriptions: Vec<Localized>,
    /// The number of this use of data in the register (`intended_use_id`).
    #[n(6)]
    pub intended_use_id: Option<String>,
    /// What it does with data (`privacy_policy`).
    #[n(7)]
    pub privacy_policy: Option<String>,
    /// Where to ask it something, or to have data erased (`support_uri`).
    #[n(8)]
    pub support_uri: Option<String>,
    /// Its own page (`info_uri`).
    #[n(9)]
    pub info_uri: Option<String>,
    /// The register (`registry_uri`).
    #[n(10)]
    pub registry_uri: Option<String>,
    /// Who supervises what it does with data (`supervisory_authority`).
    #[n(11)]
    pub supervisory_authority: Option<SupervisoryAuthority>,
    /// The name in the certificate of the registrar that signed all this.
    #[n(12)]
    pub registrar: String,
    /// What is known of its status.
    #[n(13)]
    pub status: RegistrationStatus,
}

/// Where to complain about a verifier: a data protection authority.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SupervisoryAuthority {
    /// Its name.
    #[n(0)]
    pub name: Option<String>,
    /// An e-mail address.
    #[n(1)]
    pub email: Option<String>,
    /// A telephone number.
    #[n(2)]
    pub phone: Option<String>,
    /// A page, in https.
    #[n(3)]
    pub uri: Option<String>,
}

/// Whether the registrar has withdrawn a certificate, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RegistrationStatus {
    /// It names a status list, which this version of the wallet does not look at (docs/decisions/0014).
    #[n(0)]
    NotChecked,
}
