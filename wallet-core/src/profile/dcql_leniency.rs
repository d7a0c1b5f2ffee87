//! What some verifiers still send in the manner of drafts.

/// Departures from OpenID4VP 1.0 that a jurisdiction's profile allows. All off by default: the specification alone.
///
/// Canadian verifiers (profile CA-1) still send what these members name; European ones do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DcqlLeniency {
    /// A claims query on an mdoc may say `namespace` and `claim_name` where it has no `path`.
    pub namespace_and_claim_name: bool,
    /// `meta` of an mdoc may say `doctype_values`, any of which will do, where it has no `doctype_value`.
    pub doctype_values: bool,
    /// The format identifier `vc+sd-jwt` means `dc+sd-jwt`.
    pub vc_sd_jwt: bool,
}

impl DcqlLeniency {
    /// OpenID4VP 1.0 and nothing else.
    pub const NONE: Self = Self { namespace_and_claim_name: false, doctype_values: false, vc_sd_jwt: false };
    /// Everything that is known to occur.
    pub const ALL: Self = Self { namespace_and_claim_name: true, doctype_values: true, vc_sd_jwt: true };
}
