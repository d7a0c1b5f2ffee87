//! Every error the core can give, one line each. Codes are stable: a line may be added, never renumbered.
//!
//! 1 network and ports · 2 request · 3 credential · 4 issuance · 5 trust · 6 vault and keys · 7 wire formats ·
//! 8 flow and consent · 9 a fault of the core itself.

use super::{Category, Next};

macro_rules! codes {
    ($( $number:tt $name:ident $next:ident $category:ident $spec:tt $(tell $tell:literal)? ; )+) => {
        /// What went wrong, stable across versions; printed as `WC-1234`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum Code {
            $( #[doc = $spec] $name = $number, )+
        }

        impl Code {
            /// Every code, for tests that prove each has its words.
            pub const ALL: &'static [Code] = &[ $( Code::$name, )+ ];

            /// What the app does next.
            #[must_use]
            pub const fn next(self) -> Next { match self { $( Code::$name => Next::$next, )+ } }

            /// Whether the error was foreseen, is a fault of ours, or may touch personal data.
            #[must_use]
            pub const fn category(self) -> Category { match self { $( Code::$name => Category::$category, )+ } }

            /// The section of the standard that the input broke, or `design` where the rule is our own.
            #[must_use]
            pub const fn spec(self) -> &'static str { match self { $( Code::$name => $spec, )+ } }

            /// The OAuth error that an authenticated verifier is told, where it is told at all.
            #[must_use]
            pub const fn told_to_verifier(self) -> Option<&'static str> {
                match self { $( Code::$name => codes!(@tell $($tell)?), )+ }
            }
        }
    };
    (@tell) => { None };
    (@tell $tell:literal) => { Some($tell) };
}

codes! {
    // 1: network and ports
    1001 NetworkUnreachable Retry Expected "RFC 9110";
    1002 NetworkTimedOut Retry Expected "RFC 9110";
    1003 ResponseTooLarge Refused Expected "design: limits";
    1004 RedirectRefused Refused Expected "OpenID4VP 1.0 14.9";
    1005 HttpStatus Retry Expected "RFC 9110 15";
    1006 NotHttps Refused Expected "OpenID4VP 1.0 14.8";
    1007 TlsFailed Refused Expected "RFC 8446";
    1008 PortFailed Report Bug "design: ports";
    1009 UrlInvalid Refused Expected "RFC 3986";
    1010 NetworkInterrupted Retry Expected "RFC 9110";

    // 2: the verifier's request
    2001 LinkNotUnderstood Refused Expected "OpenID4VP 1.0 9";
    2002 RequestByValueRefused Refused Expected "HAIP 1.0 5";
    2003 RequestUriMethodInvalid Refused Expected "OpenID4VP 1.0 5.1" tell "invalid_request_uri_method";
    2010 RequestTypInvalid Refused Expected "OpenID4VP 1.0 5" tell "invalid_request_object";
    2011 RequestAlgUnsupported Refused Expected "HAIP 1.0 7" tell "invalid_request_object";
    2012 RequestSignatureInvalid Refused Expected "RFC 9101 6.2" tell "invalid_request_object";
    2013 RequestAudienceInvalid Refused Expected "OpenID4VP 1.0 5.8" tell "invalid_request_object";
    2014 RequestExpired Refused Expected "RFC 7519 4.1.4" tell "invalid_request_object";
    2015 RequestNotYetValid Refused Expected "RFC 7519 4.1.5" tell "invalid_request_object";
    2016 ClientIdMismatch Refused Expected "RFC 9101 5" tell "invalid_request";
    2017 ClientIdPrefixUnsupported Refused Expected "OpenID4VP 1.0 5.9.3" tell "invalid_request";
    2018 ClientIdNotBound Refused Expected "OpenID4VP 1.0 5.9.3" tell "invalid_request";
    2019 ResponseUriNotBound Refused Expected "OpenID4VP 1.0 5.9.3" tell "invalid_request";
    2020 ResponseTypeUnsupported Refused Expected "OpenID4VP 1.0 5.4" tell "unsupported_response_type";
    2021 ResponseModeUnsupported Refused Expected "HAIP 1.0 5.1" tell "invalid_request";
    2022 ResponseUriMissing Refused Expected "OpenID4VP 1.0 8.2" tell "invalid_request";
    2023 RedirectUriForbidden Refused Expected "OpenID4VP 1.0 8.2" tell "invalid_request";
    2024 NonceMissing Refused Expected "OpenID4VP 1.0 5.2" tell "invalid_request";
    2025 NonceInvalid Refused Expected "OpenID4VP 1.0 5.2" tell "invalid_request";
    2026 StateInvalid Refused Expected "OpenID4VP 1.0 5.2" tell "invalid_request";
    2027 QueryMissing Refused Expected "OpenID4VP 1.0 5.1" tell "invalid_request";
    2028 EncryptionKeyUnusable Refused Expected "OpenID4VP 1.0 8.3" tell "invalid_request";
    2029 EncryptionEncUnsupported Refused Expected "OpenID4VP 1.0 8.3" tell "invalid_request";
    2030 VpFormatsNotSupported Refused Expected "OpenID4VP 1.0 8.5" tell "vp_formats_not_supported";
    2031 TransactionDataUnsupported Refused Expected "OpenID4VP 1.0 8.4" tell "invalid_transaction_data";
    2032 RequestTooLarge Refused Expected "design: limits";
    2033 ClientMetadataInvalid Refused Expected "OpenID4VP 1.0 5.1" tell "invalid_request";
    2034 VerifierUnverified Refused Expected "OpenID4VP 1.0 5.9.3";
    2035 NoProfileAccepts Refused Expected "design: contracts 7" tell "invalid_request";
    2036 RequestMalformed Refused Expected "RFC 9101 4" tell "invalid_request";
    2037 WalletNonceInvalid Refused Expected "OpenID4VP 1.0 5.10.1";
    2040 DcqlInvalid Refused Expected "OpenID4VP 1.0 6" tell "invalid_request";
    2041 DcqlTooLarge Refused Expected "design: limits" tell "invalid_request";
    2050 NothingMatches AskCitizen Expected "OpenID4VP 1.0 8.5" tell "access_denied";
    2051 VerifierRefused Refused Expected "OpenID4VP 1.0 8.2";

    // 2060: what a verifier is registered for. None of these refuses a request.
    2060 RegistrationMalformed AskCitizen Expected "ETSI TS 119 475 5.2.4";
    2061 RegistrationTooLarge AskCitizen Expected "design: limits";
    2062 RegistrationTypInvalid AskCitizen Expected "ETSI TS 119 475 5.2.2";
    2063 RegistrationSignatureInvalid AskCitizen Expected "ETSI TS 119 475 5.2.2";
    2064 RegistrationNotTheirs AskCitizen Expected "ARF 3.0 RPRC_17a";
    2065 RegistrationExpired AskCitizen Expected "RFC 7519 4.1.4";
    2066 RegistrationNotYetValid AskCitizen Expected "RFC 7519 4.1.6";
    2067 RegistrationStatusMissing AskCitizen Expected "ETSI TS 119 475 5.2.4";
    2068 RegistrationMisplaced AskCitizen Expected "ETSI TS 119 472-2";

    // 30: mdoc
    3001 MdocMalformed Refused Personal "ISO 18013-5 8.3.2.1.2";
    3002 MdocIssuerSignatureInvalid Refused Expected "ISO 18013-5 9.1.2.4";
    3003 MdocDigestMismatch Refused Personal "ISO 18013-5 9.3.1";
    3004 MdocDigestMissing Refused Personal "ISO 18013-5 9.3.1";
    3005 MdocDocTypeMismatch Refused Expected "ISO 18013-5 9.3.1";
    3006 MdocExpired Reissue Expected "ISO 18013-5 9.3.1";
    3007 MdocNotYetValid Refused Expected "ISO 18013-5 9.3.1";
    3008 MdocDeviceKeyInvalid Refused Expected "ISO 18013-5 9.1.2.4";
    3009 MdocDeviceSignatureInvalid Refused Expected "ISO 18013-5 9.1.3.5";
    3010 MdocDigestAlgUnsupported Refused Expected "ISO 18013-5 9.1.2.5";
    3011 MdocIssuingCountryMismatch Refused Expected "ISO 18013-5 9.3.1";
    3012 MdocElementDoubled Refused Personal "ISO 18013-5 8.3.2.1.2";
    3013 MdocAlgUnsupported Refused Expected "ISO 18013-5 9.1.2.4";
    3014 MdocRandomTooShort Refused Expected "ISO 18013-5 9.1.2.5";
    3015 MdocValidityInvalid Refused Expected "ISO 18013-5 9.1.2.4";
    3016 MdocDeviceAuthMissing Refused Expected "ISO 18013-5 9.1.3";
    3017 MdocVersionUnsupported Refused Expected "ISO 18013-5 9.1.2.4";
    3018 MdocStatusNotOk Refused Expected "ISO 18013-5 8.3.2.1.2.3";
    3019 MdocDeviceElementsRefused Refused Expected "ISO 18013-5 8.3.2.1.2.2";

    // 31: SD-JWT VC
    3101 SdJwtMalformed Refused Personal "RFC 9901 4";
    3102 SdJwtTypInvalid Refused Expected "SD-JWT VC 2.2.1";
    3103 SdJwtAlgUnsupported Refused Expected "RFC 9901 7.1";
    3104 SdJwtSignatureInvalid Refused Expected "RFC 9901 7.1";
    3105 SdJwtDisclosureUnreferenced Refused Personal "RFC 9901 7.1";
    3106 SdJwtDisclosureDoubled Refused Personal "RFC 9901 7.1";
    3107 SdJwtDisclosureMalformed Refused Personal "RFC 9901 4.2";
    3108 SdJwtClaimNameForbidden Refused Personal "RFC 9901 7.1";
    3109 SdJwtDigestDoubled Refused Expected "RFC 9901 7.1";
    3110 SdJwtHashAlgUnsupported Refused Expected "RFC 9901 4.1.1";
    3111 SdJwtVctMismatch Refused Expected "SD-JWT VC 2.2.2";
    3112 SdJwtHolderKeyInvalid Refused Expected "RFC 7800 3";
    3113 SdJwtKeyBindingMissing Refused Expected "RFC 9901 7.3";
    3114 SdJwtKeyBindingTypInvalid Refused Expected "RFC 9901 4.3";
    3115 SdJwtKeyBindingAlgUnsupported Refused Expected "RFC 9901 4.3";
    3116 SdJwtKeyBindingSignatureInvalid Refused Expected "RFC 9901 7.3";
    3117 SdJwtKeyBindingAudienceInvalid Refused Expected "RFC 9901 7.3";
    3118 SdJwtKeyBindingNonceInvalid Refused Expected "RFC 9901 7.3";
    3119 SdJwtKeyBindingHashInvalid Refused Expected "RFC 9901 4.3.1";
    3120 SdJwtKeyBindingTimeInvalid Refused Expected "RFC 9901 7.3";
    3121 SdJwtExpired Reissue Expected "RFC 7519 4.1.4";
    3122 SdJwtNotYetValid Refused Expected "RFC 7519 4.1.5";
    3123 SdJwtClaimMustNotBeHidden Refused Expected "SD-JWT VC 2.2.2.2";
    3124 SdJwtIssuerMismatch Refused Expected "SD-JWT VC 2.5";
    3125 SdJwtTooManyDisclosures Refused Expected "design: limits";
    3126 SdJwtKeyBindingUnexpected Refused Expected "RFC 9901 4";

    // 32: what every presentation must satisfy (verifier's side)
    3201 PresentationMalformed Refused Expected "OpenID4VP 1.0 8.1";
    3202 PresentationUnasked Refused Expected "OpenID4VP 1.0 8.1";
    3203 PresentationIncomplete Refused Expected "OpenID4VP 1.0 8.6";
    3204 CredentialRevoked Reissue Expected "Token Status List 7.1";
    3205 CredentialSuspended Refused Expected "Token Status List 7.1";
    3206 CredentialStatusUnknown Refused Expected "Token Status List 8.3";

    // 4: issuance
    4001 OfferInvalid Refused Expected "OpenID4VCI 1.0 4.1";
    4002 GrantUnsupported Refused Expected "OpenID4VCI 1.0 4.1.1";
    4003 IssuerMetadataInvalid Refused Expected "OpenID4VCI 1.0 12.2.4";
    4004 IssuerIdentifierMismatch Refused Expected "OpenID4VCI 1.0 12.2.2";
    4005 ConfigurationUnknown Refused Expected "OpenID4VCI 1.0 4.1.1";
    4006 ConfigurationUnsupported Refused Expected "OpenID4VCI 1.0 12.2.4";
    4007 TxCodeNeeded AskCitizen Expected "OpenID4VCI 1.0 4.1.1";
    4008 GrantRefused AskCitizen Expected "OpenID4VCI 1.0 6.3";
    4009 TokenResponseInvalid Refused Expected "OpenID4VCI 1.0 6.2";
    4010 NonceResponseInvalid Refused Expected "OpenID4VCI 1.0 7.2";
    4011 CredentialResponseInvalid Refused Expected "OpenID4VCI 1.0 8.3";
    4013 CopyCountWrong Refused Expected "OpenID4VCI 1.0 8.3";
    4014 CopiesDiffer Refused Personal "ARF 3.0 ISSU_11a";
    4015 KeyNotOurs Refused Expected "OpenID4VCI 1.0 8.2";
    4016 TypeNotAsOffered Refused Expected "OpenID4VCI 1.0 8.3";
    4017 IssuerRefused Refused Expected "OpenID4VCI 1.0 8.3.1";
    4018 DeferredUnsupported Refused Expected "OpenID4VCI 1.0 9";
    4019 ResponseEncryptionUnsupported Refused Expected "OpenID4VCI 1.0 10";
    4020 AuthorizationServerInvalid Refused Expected "RFC 8414 3.3";
    4021 IssuanceUnfinished AskCitizen Expected "design: contracts 6";

    // 5: trust
    5001 ChainLengthInvalid Refused Expected "RFC 7515 4.1.6";
    5002 CertificateMalformed Refused Expected "RFC 5280 4.1";
    5003 CertificateSignatureInvalid Refused Expected "RFC 5280 6.1.3";
    5004 CertificateExpired Refused Expected "RFC 5280 6.1.3";
    5005 CertificateNotYetValid Refused Expected "RFC 5280 6.1.3";
    5006 CertificateNotCa Refused Expected "RFC 5280 4.2.1.9";
    5007 CertificateKeyUsageInvalid Refused Expected "RFC 5280 4.2.1.3";
    5008 CertificateExtendedKeyUsageInvalid Refused Expected "ISO 18013-5 B.1.4";
    5009 CertificateNameMismatch Refused Expected "RFC 5280 6.1.3";
    5010 CertificateKeyIdentifierMismatch Refused Expected "RFC 5280 4.2.1.1";
    5011 CertificateExtensionUnknown Refused Expected "RFC 5280 4.2";
    5012 AnchorUnknown Refused Expected "design: trust lists";
    5013 AnchorInChain Refused Expected "HAIP 1.0 5";
    5014 AnchorNotForThis Refused Expected "design: trust lists";
    5015 CertificateAlgUnsupported Refused Expected "RFC 5280 4.1.1.2";
    5016 CertificateCountryMismatch Refused Expected "ISO 18013-5 B.1.4";
    5017 CertificatePathTooLong Refused Expected "RFC 5280 4.2.1.9";
    5018 CertificateSelfSigned Refused Expected "HAIP 1.0 5";
    5019 AnchorInvalid Refused Expected "design: trust lists";
    5020 CertificateValidityTooLong Refused Expected "ISO 18013-5 B.1.4";
    5021 CertificateIsCa Refused Expected "RFC 5280 4.2.1.9";

    // 5030: status lists
    5030 StatusReferenceMalformed Refused Expected "Token Status List 6.2";
    5031 StatusListTypInvalid Refused Expected "Token Status List 5.1";
    5032 StatusListSignatureInvalid Refused Expected "Token Status List 8.3";
    5033 StatusListMalformed Refused Expected "Token Status List 4.2";
    5034 StatusListTooLarge Refused Expected "design: limits";
    5035 StatusListNotThisOne Refused Expected "Token Status List 8.3";
    5036 StatusListExpired Refused Expected "Token Status List 8.3";
    5037 StatusListNotYetValid Refused Expected "Token Status List 5.1";
    5038 StatusIndexInvalid Refused Expected "Token Status List 8.3";
    5039 StatusListNotTheIssuers Refused Expected "Token Status List 11.3";

    // 6: vault and keys
    6001 Locked Unlock Expected "design: vault";
    6002 PassphraseWrong Unlock Expected "design: vault";
    6003 VaultUnreadable Recover Expected "design: vault";
    6004 RecordDamaged Recover Expected "design: contracts 2";
    6005 RecordMissing Recover Expected "design: contracts 2";
    6006 RecordUnexpected Recover Expected "design: contracts 2";
    6007 RecordOutdated Recover Expected "design: contracts 2";
    6008 ManifestDamaged Recover Expected "design: contracts 2";
    6009 VaultRolledBack Recover Expected "design: contracts 2";
    6010 VaultNewer Update Expected "design: contracts 10";
    6011 KeyDidNotTravel Recover Expected "design: vault";
    6012 PassphraseTooShort AskCitizen Expected "design: contracts 1";
    6013 GuardParametersInvalid Recover Expected "design: contracts 1";
    6014 StorageFailed Retry Expected "design: vault";
    6015 VaultBusy Retry Expected "design: contracts 3";
    6016 VaultExists Refused Expected "design: vault";
    6017 NotFound Refused Expected "design: stored model";
    6018 KeyUnavailable Reissue Expected "design: contracts 4";
    6019 KeyLevelNotObtained Refused Expected "design: contracts 4";
    6021 HistoryBroken Recover Expected "design: contracts 9";
    6022 VaultMissing Refused Expected "design: vault";
    6023 PromptCancelled AskCitizen Expected "design: contracts 4";
    6024 GuardMissing Unlock Expected "design: contracts 1";
    6025 GuardNeedsHardware AskCitizen Expected "design: contracts 1";
    6026 LastGuard AskCitizen Expected "design: contracts 1";
    6027 PinTooWeak AskCitizen Expected "design: contracts 1";
    6028 PinWrong Unlock Expected "design: vault";
    6029 PinWait Unlock Expected "design: vault";
    6030 PinLocked Recover Expected "design: vault";
    6031 RecoveryKeyWrong Unlock Expected "design: contracts 1";
    6032 RecoveryKeyMalformed Unlock Expected "design: contracts 1";
    6040 BackupUnreadable Refused Expected "design: backup";
    6041 BackupPassphraseWrong AskCitizen Expected "design: backup";
    6042 BackupDamaged Refused Expected "design: backup";
    6043 BackupNewer Update Expected "design: backup";
    6044 BackupTooLarge Refused Expected "design: limits";
    6045 BackupParametersInvalid Refused Expected "design: backup";
    6046 MigrationInvalid Refused Expected "EUDI TS10 3";
    6060 DeletionRecordStays Refused Expected "design: contracts 9";
    6061 VaultClosed Unlock Expected "design: vault";

    // 7: wire formats
    7001 JsonMalformed Refused Expected "RFC 8259";
    7002 JsonTooDeep Refused Expected "design: limits";
    7003 JsonMemberDoubled Refused Expected "RFC 8259 4";
    7004 Base64Invalid Refused Expected "RFC 4648 5";
    7005 DateInvalid Refused Expected "RFC 3339";
    7010 CborMalformed Refused Expected "RFC 8949";
    7011 CborTooDeep Refused Expected "design: limits";
    7012 CborKeyDoubled Refused Expected "RFC 8949 5.6";
    7013 CborTrailingBytes Refused Expected "RFC 8949 5.1";
    7014 CborIndefiniteLength Refused Expected "RFC 8949 4.2";
    7015 CborTooLarge Refused Expected "design: limits";
    7020 JwsMalformed Refused Expected "RFC 7515 7.1";
    7021 JwsCriticalUnknown Refused Expected "RFC 7515 4.1.11";
    7030 JweMalformed Refused Expected "RFC 7516 7.1";
    7031 JweUndecryptable Refused Expected "RFC 7516 5.2";
    7032 JweAlgUnsupported Refused Expected "RFC 7518 4.6";
    7033 JweSaltInvalid Refused Expected "RFC 7518 4.8.1.1";
    7034 JweCountInvalid Refused Expected "RFC 7518 4.8.1.2";
    7040 CoseMalformed Refused Expected "RFC 9052 4.2";
    7041 CoseCriticalUnknown Refused Expected "RFC 9052 3.1";
    7050 JwkInvalid Refused Expected "RFC 7517 4";
    7060 CurvePointInvalid Refused Expected "SEC 1 2.3.4";
    7061 SignatureMalformed Refused Expected "RFC 7518 3.4";

    // 8: flow and consent
    8001 AlreadyUsed Refused Expected "design: contracts 6";
    8002 ConsentExpired AskCitizen Expected "design: contracts 6";
    8003 ConsentMismatch Refused Expected "design: contracts 6";
    8004 WarningNotAcknowledged AskCitizen Expected "design: contracts 6";
    8005 ChoiceNeeded AskCitizen Expected "OpenID4VP 1.0 6.4.2";
    8006 FlowUnknown Refused Expected "design: contracts 6";
    8007 NoFreshCopy Reissue Expected "ARF 3.0 ISSU_35";
    8008 AlreadySending Retry Expected "design: contracts 6";
    8009 Stopped Retry Expected "design: contracts 5";

    // 9: a fault of the core itself
    9001 Internal Report Bug "design";
}
