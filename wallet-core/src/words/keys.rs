//! The keys of the texts that the core and the apps ask for by name. The texts of errors, claims, credential types and
//! values have their own functions.

macro_rules! keys {
    ($all:ident, $about:literal; $( $(#[$doc:meta])+ $name:ident $key:literal; )+) => {
        $( $(#[$doc])+ pub const $name: &str = $key; )+
        #[doc = $about]
        pub const $all: &[&str] = &[ $( $name, )+ ];
    };
}

keys! { ALL, "Every key for [`text`](super::text).";
    /// The rules of the European Union.
    PROFILE_EU "profile.eu";
    /// The rules of Canada.
    PROFILE_CA "profile.ca";

    /// Over the network.
    CHANNEL_ONLINE "channel.online";
    /// From device to device.
    CHANNEL_IN_PERSON "channel.in_person";

    /// A trust list of the European side vouches for the verifier.
    VERIFIER_ON_EU_LIST "verification.trust_list.eu";
    /// A trust list of the Canadian side vouches for the verifier.
    VERIFIER_ON_CA_LIST "verification.trust_list.ca";
    /// No list vouches for the verifier.
    VERIFIER_UNVERIFIED "verification.unverified";
    /// A trust list of the European side vouches for the issuer.
    ISSUER_ON_EU_LIST "verification.issuer.trust_list.eu";
    /// A trust list of the Canadian side vouches for the issuer.
    ISSUER_ON_CA_LIST "verification.issuer.trust_list.ca";
    /// No list vouches for the issuer.
    ISSUER_UNVERIFIED "verification.issuer.unverified";

    /// The response is not encrypted inside the connection.
    WARNING_UNENCRYPTED "warning.unencrypted";
    /// No unused copy is left, so one that was shown before would be shown again.
    WARNING_COPY_SHOWN_BEFORE "warning.copy_shown_before";
    /// The issuer wants one copy for each verifier, and this one has seen its own before.
    WARNING_COPY_KNOWN_TO_VERIFIER "warning.copy_known_to_verifier";
    /// The verifier is not on a trust list.
    WARNING_UNVERIFIED_VERIFIER "warning.unverified_verifier";
    /// The portrait is asked for (ARF RPA_07c).
    WARNING_PORTRAIT "warning.portrait";
    /// A biometric template is asked for.
    WARNING_BIOMETRIC "warning.biometric";
    /// `intent_to_retain` is set on at least one element.
    WARNING_RETAIN "warning.retain";
    /// The request goes beyond the registration certificate (ARF RPRC_21).
    WARNING_BEYOND_REGISTRATION "warning.beyond_registration";
    /// The registration certificate did not pass (ARF RPA_07b).
    WARNING_REGISTRATION_UNCONFIRMED "warning.registration_unconfirmed";
    /// The status of the credential is not known, or not recent enough.
    WARNING_STATUS_UNCONFIRMED "warning.status_unconfirmed";
    /// After this, no unused copy is left.
    WARNING_LAST_COPY "warning.last_copy";

    /// History: written before sending; what came of it is not written yet.
    OUTCOME_SENDING "outcome.sending";
    /// History: sent. Never "accepted".
    OUTCOME_SENT "outcome.sent";
    /// History: sent, and the verifier's service answered with an error.
    OUTCOME_REFUSED "outcome.refused";
    /// History: the app ended, or the connection broke, after sending began.
    OUTCOME_UNKNOWN "outcome.unknown";
    /// History: the citizen said no.
    OUTCOME_DECLINED "outcome.declined";
    /// History: it is certain that nothing left the phone.
    OUTCOME_FAILED "outcome.failed";
    /// History: the core refused the request before the citizen was asked.
    OUTCOME_BLOCKED "outcome.blocked";
    /// History: what stands in the place of an entry that the citizen deleted.
    HISTORY_DELETED "history.deleted";

    /// Whole answer to a yes-or-no claim: `statement` is the claim's label, `answer` its value.
    PREDICATE_ANSWER "predicate.answer";
    /// After an answer about age, when no date of birth goes with it.
    PREDICATE_BIRTH_DATE_WITHHELD "predicate.birth_date_withheld";

    /// A credential that can be used now.
    STATUS_VALID "status.valid";
    /// A credential whose validity is over.
    STATUS_EXPIRED "status.expired";
    /// A credential whose validity has not begun.
    STATUS_NOT_YET_VALID "status.not_yet_valid";
    /// Status list value 1.
    STATUS_REVOKED "status.revoked";
    /// Status list value 2.
    STATUS_SUSPENDED "status.suspended";
    /// No status could be had.
    STATUS_UNKNOWN "status.unknown";

    /// [`KeyLevel::Software`](crate::platform::KeyLevel::Software).
    KEY_LEVEL_SOFTWARE "key_level.software";
    /// [`KeyLevel::TrustedEnvironment`](crate::platform::KeyLevel::TrustedEnvironment).
    KEY_LEVEL_TRUSTED_ENVIRONMENT "key_level.trusted_environment";
    /// [`KeyLevel::UnknownHardware`](crate::platform::KeyLevel::UnknownHardware).
    KEY_LEVEL_UNKNOWN_HARDWARE "key_level.unknown_hardware";
    /// [`KeyLevel::SecureElement`](crate::platform::KeyLevel::SecureElement).
    KEY_LEVEL_SECURE_ELEMENT "key_level.secure_element";

    /// The platform's prompt: opening the wallet.
    PROMPT_UNLOCK "prompt.unlock";
    /// The platform's prompt: receiving from `party`.
    PROMPT_RECEIVE "prompt.receive";
    /// The platform's prompt: presenting to `party`.
    PROMPT_PRESENT "prompt.present";

    /// Under an error: its `code`, for whoever helps.
    ERROR_REFERENCE "error.reference";
    /// Under an error: the `time` of [`Fault::retry_at`](crate::Fault), which the app writes in local time.
    ERROR_RETRY_AT "error.retry_at";
}

keys! { ALL_COUNTED, "Every key for [`counted`](super::counted).";
    /// Unused copies of a credential.
    COPIES_LEFT "copies.left";
    /// Refusals of unauthenticated requests that the history folded into a count.
    HISTORY_OLDER_REFUSALS "history.older_refusals";
    /// Attempts before a longer wait; part of [`message`](super::message) where attempts are counted.
    ERROR_ATTEMPTS_LEFT "error.attempts_left";
}
