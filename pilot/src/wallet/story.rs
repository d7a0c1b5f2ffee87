//! What happened, in words that a person understands at one look; shared by the commands and the tour.

use serde_json::Value;
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::{CredentialId, Lapse};
use wallet_core::platform::KeyLevel;
use wallet_core::present::dcql::Choice;
use wallet_core::present::{PresentationRequest, Receipt, Warning};
use wallet_core::receive::PreviewCredential;
use wallet_core::trust::Side;
use wallet_core::wallet::{CredentialEntry, History, LoggedEntry, TopUp, UnauthenticatedRefusal};
use wallet_core::words::{self as core_words, keys};
use wallet_core::{
    Disclosed, HistoryEvent, Localized, Move, Outcome, Party, PastTransaction, Registration,
    RegistrationDetails, RegistrationStatus, ReissueEntry, ReissueReason, SharedBefore, Standing,
    Verification, Wallet,
};

use super::json;
use super::report::Voice;
use crate::words::filled;

/// Sentences, one after another.
pub(crate) struct Story<'a> {
    voice: &'a Voice,
    out: String,
}

/// What one presentation shows, and what it leaves out.
pub(crate) struct Presentation {
    credentials: Vec<Presented>,
}

struct Presented {
    name: Vec<Localized>,
    type_id: String,
    shared: Vec<(ClaimLocation, Value)>,
    besides: Vec<ClaimLocation>,
    private: Vec<ClaimLocation>,
}

impl Presentation {
    /// Looks up what a choice shows.
    pub(crate) async fn gather(
        wallet: &Wallet,
        request: &PresentationRequest,
        choice: &Choice,
    ) -> wallet_core::Result<Self> {
        let mut credentials = Vec::new();
        let mut seen: Vec<CredentialId> = Vec::new();
        for selection in &choice.selections {
            let id = selection.credential;
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let (mut shared, mut besides) = (Vec::new(), Vec::new());
            for one in choice.selections.iter().filter(|one| one.credential == id) {
                let answer = request.evaluation().answer(&one.query_id);
                let candidate = answer.and_then(|answer| answer.candidate(id));
                let Some(option) = candidate.and_then(|candidate| candidate.option(one.option)) else {
                    continue;
                };
                shared.extend(option.disclosed().cloned());
                besides.extend(option.revealed_besides().cloned());
            }
            let details = wallet.credential(id).await?;
            let is = |list: &[ClaimLocation], one: &ClaimLocation| list.contains(one);
            let claims = || details.claims();
            credentials.push(Presented {
                shared: claims()
                    .filter(|(location, _)| is(&shared, location))
                    .map(|(location, value)| (location.clone(), value.clone()))
                    .collect(),
                private: claims()
                    .map(|(location, _)| location.clone())
                    .filter(|location| !is(&shared, location) && !is(&besides, location))
                    .collect(),
                besides: claims()
                    .map(|(location, _)| location.clone())
                    .filter(|location| is(&besides, location))
                    .collect(),
                name: details.entry.names.clone(),
                type_id: details.entry.type_id.clone(),
            });
        }
        Ok(Self { credentials })
    }

    /// What is shared and what stays private, claims by name.
    pub(crate) fn json(&self) -> (Value, Value) {
        let one = |one: &Presented, locations: Vec<Value>| serde_json::json!({ "type": one.type_id, "claims": locations });
        let shared = |presented: &Presented| {
            one(presented, presented.shared.iter().map(|(location, _)| json::path(location)).collect())
        };
        let private =
            |presented: &Presented| one(presented, presented.private.iter().map(json::path).collect());
        (self.credentials.iter().map(shared).collect(), self.credentials.iter().map(private).collect())
    }
}

impl<'a> Story<'a> {
    pub(crate) fn new(voice: &'a Voice) -> Self {
        Self { voice, out: String::new() }
    }

    pub(crate) fn into_text(self) -> String {
        self.out
    }

    /// A line of pilot's own words.
    pub(crate) fn line(&mut self, key: &str, arguments: &[(&str, &str)]) {
        let line = filled(key, arguments, self.voice.language);
        self.plain(&line);
    }

    /// A line as it is.
    pub(crate) fn plain(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn core(&self, key: &str) -> String {
        core_words::text(key, &[], &self.voice.locale).unwrap_or_else(|| key.to_owned())
    }

    /// The label of a claim.
    pub(crate) fn label(&self, type_id: &str, location: &ClaimLocation) -> String {
        core_words::claim_label(type_id, location, &self.voice.locale)
    }

    /// The issuer's name for a credential in the citizen's language, or the wallet's.
    fn name(&self, names: &[Localized], type_id: &str) -> String {
        let fits =
            |name: &&Localized| crate::words::Language::from_tag(&name.locale) == Some(self.voice.language);
        names.iter().find(fits).map_or_else(
            || core_words::credential_label(type_id, &self.voice.locale),
            |name| name.text.clone(),
        )
    }

    fn date(&self, time: i64) -> String {
        let date = wallet_core::time::UnixTime(time).to_date();
        core_words::date_text(&date, &self.voice.locale).unwrap_or(date)
    }

    fn verification(&self, verification: &Verification, is_issuer: bool) -> String {
        let key = match (verification, is_issuer) {
            (Verification::TrustList { side: Side::Eu, .. }, false) => keys::VERIFIER_ON_EU_LIST,
            (Verification::TrustList { side: Side::Ca, .. }, false) => keys::VERIFIER_ON_CA_LIST,
            (Verification::TrustList { side: Side::Eu, .. }, true) => keys::ISSUER_ON_EU_LIST,
            (Verification::TrustList { side: Side::Ca, .. }, true) => keys::ISSUER_ON_CA_LIST,
            (_, false) => keys::VERIFIER_UNVERIFIED,
            (_, true) => keys::ISSUER_UNVERIFIED,
        };
        let sentence = self.core(key);
        match verification {
            Verification::TrustList { source, .. } => format!("{sentence} ({source})"),
            _ => sentence,
        }
    }

    /// One entry of the list.
    pub(crate) fn entry(&mut self, entry: &CredentialEntry) {
        let name = self.name(&entry.names, &entry.type_id);
        let short: String = entry.id.to_string().chars().take(8).collect();
        self.plain(&format!("{short}  {name}"));
        self.line("story.issued_by", &[("issuer", display(&entry.issuer))]);
        let fresh = core_words::counted(keys::COPIES_LEFT, entry.fresh_copies, &[], &self.voice.locale);
        if let Some(until) = entry.valid_until {
            let until = self.date(until);
            self.line("story.valid_until", &[("date", &until), ("copies", &fresh.unwrap_or_default())]);
        }
        if entry.status.standing != Standing::Unlisted {
            let standing = self.core(entry.status.standing.words_key());
            self.line("story.standing", &[("standing", &standing)]);
        }
        if entry.status.outdated {
            self.line("story.standing.outdated", &[]);
        }
        for reason in &entry.top_up {
            match reason {
                TopUp::CopiesLow => self.line("story.top_up.copies", &[]),
                _ => self.line("story.top_up.validity", &[]),
            }
        }
    }

    /// Where the keys of a credential are.
    pub(crate) fn key_level(&mut self, level: KeyLevel) {
        let level = core_words::text(level.words_key(), &[], &self.voice.locale).unwrap_or_default();
        self.line("story.key_level", &[("level", &level)]);
    }

    /// One claim with its value.
    pub(crate) fn claim(&mut self, type_id: &str, location: &ClaimLocation, value: &Value) {
        let label = self.label(type_id, location);
        let value = core_words::value_text(value, type_id, location, &self.voice.locale);
        self.line("story.claim", &[("label", &label), ("value", &value)]);
    }

    /// A credential that waits for a yes.
    pub(crate) fn received(&mut self, one: &PreviewCredential) {
        let name = self.name(&one.names, &one.type_id);
        self.line("story.offered", &[("name", &name), ("format", one.format.identifier())]);
        self.line("story.issued_by", &[("issuer", display(&one.issuer))]);
        let verification = self.verification(&one.issuer.verification, true);
        self.plain(&format!("  {verification}"));
        let (count, until) = (one.copies.to_string(), one.valid_until.map(|time| self.date(time.0)));
        self.line("story.copies", &[("count", &count), ("date", until.as_deref().unwrap_or("–"))]);
        for (location, value) in one.claims() {
            self.claim(&one.type_id, location, value);
        }
    }

    /// Who asks, and how that was verified.
    pub(crate) fn who_asks(&mut self, request: &PresentationRequest) {
        self.party_asks(request.verifier());
        let key = if request.is_encrypted() { "story.encrypted" } else { "story.not_encrypted" };
        self.line(key, &[]);
        match request.registration() {
            Some(Registration::Valid { details }) => self.registered(&details),
            // A warning says so.
            Some(Registration::Invalid { .. }) => {}
            // Canada registers nobody.
            None if request.profile() != Some(Side::Eu) => {}
            None => self.line("story.registration.none", &[]),
        }
    }

    /// What the one who asks is registered for.
    fn registered(&mut self, details: &RegistrationDetails) {
        for (key, texts) in [
            ("story.registration.purpose", &details.purposes),
            ("story.registration.service", &details.service_descriptions),
        ] {
            if let Some(text) = Localized::best(texts, &self.voice.locale) {
                self.line(key, &[("text", text)]);
            }
        }
        let by =
            [("name", details.name.as_str()), ("id", &details.identifier), ("registrar", &details.registrar)];
        self.line("story.registration.by", &by);
        for (key, address) in [
            ("story.registration.privacy", &details.privacy_policy),
            ("story.registration.support", &details.support_uri),
            ("story.registration.registry", &details.registry_uri),
        ] {
            if let Some(address) = address {
                self.line(key, &[("uri", address)]);
            }
        }
        if let Some(authority) = &details.supervisory_authority {
            let contacts = [&authority.name, &authority.email, &authority.phone, &authority.uri];
            let contacts: Vec<&str> = contacts.into_iter().flatten().map(String::as_str).collect();
            self.line("story.registration.authority", &[("contacts", &contacts.join(", "))]);
        }
        if details.status == RegistrationStatus::NotChecked {
            self.line("story.registration.not_checked", &[]);
        }
    }

    /// What the one who asks has seen before.
    pub(crate) fn shared_before(&mut self, before: &SharedBefore) {
        let (times, last) = (before.times.to_string(), self.date(before.last_at));
        self.line("story.shared_before", &[("times", &times), ("date", &last)]);
    }

    fn party_asks(&mut self, party: &Party) {
        self.line("story.asks", &[("party", display(party))]);
        let verification = self.verification(&party.verification, false);
        self.plain(&format!("  {verification}"));
    }

    /// What is asked for, query by query.
    pub(crate) fn asked(&mut self, request: &PresentationRequest) {
        for answer in request.evaluation().answers() {
            let query = answer.query();
            let type_id = query.meta().wanted().and_then(|(_, types)| types.first().cloned());
            let type_id = type_id.unwrap_or_default();
            let locations: Vec<ClaimLocation> =
                query.claims().iter().map(|claim| claim.path().without_wildcards()).collect();
            let name = core_words::credential_label(&type_id, &self.voice.locale);
            let labels = self.labels(&type_id, &locations);
            self.line("story.asked", &[("name", &name), ("labels", &labels)]);
            let beyond =
                query.claims().iter().filter(|claim| request.asks_for_more(query.id(), claim.path()));
            let beyond: Vec<ClaimLocation> = beyond.map(|claim| claim.path().without_wildcards()).collect();
            if !beyond.is_empty() {
                self.line("story.asked.beyond", &[("labels", &self.labels(&type_id, &beyond))]);
            }
        }
    }

    /// What would answer if it counted, and why it does not.
    pub(crate) fn not_offered(&mut self, request: &PresentationRequest, entries: &[CredentialEntry]) {
        for (id, lapse) in request.evaluation().answers().iter().flat_map(|answer| answer.lapsed()) {
            let Some(entry) = entries.iter().find(|entry| entry.id == *id) else { continue };
            let why = self.core(match lapse {
                Lapse::Expired => keys::STATUS_EXPIRED,
                Lapse::NotYetValid => keys::STATUS_NOT_YET_VALID,
                Lapse::Withdrawn => entry.status.standing.words_key(),
            });
            let name = self.name(&entry.names, &entry.type_id);
            self.line("story.not_offered", &[("name", &name), ("why", &why)]);
        }
    }

    /// Why the wallet refused by itself.
    pub(crate) fn refusal(&mut self, error: &wallet_core::WalletError) {
        let fault = error.fault();
        let message = core_words::message(fault, &self.voice.locale);
        self.line("story.refusal", &[("message", &message), ("code", &fault.code.to_string())]);
    }

    /// What is shared, what comes with it, and what stays private.
    pub(crate) fn presentation(&mut self, presentation: &Presentation) {
        for one in &presentation.credentials {
            let name = self.name(&one.name, &one.type_id);
            self.line("story.from", &[("name", &name)]);
            for (location, value) in &one.shared {
                self.claim(&one.type_id, location, value);
            }
            if !one.besides.is_empty() {
                let labels = self.labels(&one.type_id, &one.besides);
                self.line("story.besides", &[("labels", &labels)]);
            }
            let labels = self.labels(&one.type_id, &one.private);
            let key = if labels.is_empty() { "story.nothing_private" } else { "story.private" };
            self.line(key, &[("labels", &labels)]);
        }
    }

    fn labels(&self, type_id: &str, locations: &[ClaimLocation]) -> String {
        let mut labels: Vec<String> = Vec::new();
        for location in locations {
            let label = self.label(type_id, location);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels.join(", ")
    }

    /// Something to know before saying yes; gives the sentence.
    pub(crate) fn warning(&mut self, warning: &Warning) -> String {
        let sentence = warning.text(&self.voice.locale).unwrap_or_default();
        self.line("story.warning", &[("text", &sentence)]);
        sentence
    }

    /// What became of an answer.
    pub(crate) fn receipt(&mut self, receipt: &Receipt) {
        let sent = self.core(keys::OUTCOME_SENT);
        self.plain(&sent);
        if let Some(uri) = &receipt.redirect_uri {
            self.line("story.redirect", &[("uri", uri)]);
        }
    }

    /// One entry of the history with the number by which it can be deleted.
    pub(crate) fn numbered(&mut self, logged: &LoggedEntry) {
        self.out.push_str(&format!("{:>4}  ", logged.number));
        self.logged(logged);
    }

    /// One entry of the history.
    fn logged(&mut self, logged: &LoggedEntry) {
        let at = wallet_core::time::UnixTime(logged.entry.at).to_tdate();
        let at = core_words::date_text(&at, &self.voice.locale).unwrap_or(at);
        match &logged.entry.event {
            HistoryEvent::Received { issuer, credentials } => {
                let names = self.type_names(credentials);
                self.line("log.received", &[("at", &at), ("party", display(issuer)), ("names", &names)]);
            }
            HistoryEvent::NotReceived { issuer, code } => {
                self.line(
                    "log.not_received",
                    &[("at", &at), ("party", display(issuer)), ("why", &why(*code))],
                );
            }
            HistoryEvent::Sending { verifier, shared, asked, registration, .. } => {
                self.line("log.presented", &[("at", &at), ("party", display(verifier))]);
                if let Some(Registration::Valid { details }) = registration
                    && let Some(purpose) = Localized::best(&details.purposes, &self.voice.locale)
                {
                    self.line("log.purpose", &[("text", purpose)]);
                }
                if asked.iter().any(|one| one.beyond_registration) {
                    self.line("log.beyond", &[]);
                }
                for one in shared {
                    let labels = self.labels(&one.type_id, &one.claims);
                    let name = core_words::credential_label(&one.type_id, &self.voice.locale);
                    self.line("log.shared", &[("name", &name), ("labels", &labels)]);
                }
                let outcome = self.core(outcome_key(logged.outcome));
                self.plain(&format!("  {outcome}"));
            }
            HistoryEvent::Declined { verifier, .. } => {
                let told = matches!(logged.outcome, Some(Outcome::Sent { .. }));
                let key = if told { "log.declined" } else { "log.declined_undelivered" };
                self.line(key, &[("at", &at), ("party", display(verifier))]);
            }
            HistoryEvent::Refused { verifier, code } => {
                self.line(
                    "log.refused",
                    &[("at", &at), ("party", display(verifier)), ("why", &why(Some(*code)))],
                );
            }
            HistoryEvent::CredentialDeleted { issuer, type_id, .. } => {
                let name = core_words::credential_label(type_id, &self.voice.locale);
                let words = [("at", at.as_str()), ("name", &name), ("party", display(issuer))];
                self.line("log.credential_deleted", &words);
            }
            HistoryEvent::EntriesDeleted { count, .. } => {
                self.line("log.entries_deleted", &[("at", &at), ("count", &count.to_string())]);
            }
            HistoryEvent::Moved { how, .. } => {
                let key = match how {
                    Move::MigrationExported => "log.migration_exported",
                    Move::MigrationImported => "log.migration_imported",
                    Move::BackedUp => "log.backed_up",
                    _ => "log.restored",
                };
                self.line(key, &[("at", &at)]);
            }
            _ => self.plain(&at),
        }
    }

    /// What other wallets said of themselves.
    pub(crate) fn imported(&mut self, imported: &[PastTransaction]) {
        if !imported.is_empty() {
            self.line("log.imported", &[]);
        }
        for one in imported {
            let at = wallet_core::time::UnixTime(one.at).to_tdate();
            let at = core_words::date_text(&at, &self.voice.locale).unwrap_or(at);
            let party = if one.party.is_empty() { &one.party_identifier } else { &one.party };
            self.line("log.imported.one", &[("at", &at), ("kind", one.kind.name()), ("party", party)]);
        }
    }

    /// A credential that is to be asked for again.
    pub(crate) fn reissue(&mut self, entry: &ReissueEntry) {
        let one = &entry.reissue;
        let name = core_words::credential_label(&one.type_id, &self.voice.locale);
        let short: String = entry.id.to_string().chars().take(8).collect();
        self.plain(&format!("{short}  {name} ({})", one.format));
        let key = match one.reason {
            ReissueReason::Moved => "story.reissue.moved",
            ReissueReason::KeyStayed => "story.reissue.key_stayed",
            _ => "story.reissue.once_only",
        };
        self.line(key, &[]);
        self.line("story.reissue.where", &[("issuer", &one.issuer_name), ("address", &one.issuer)]);
    }

    /// Requests from nobody known.
    pub(crate) fn refusals(&mut self, history: &History) {
        for UnauthenticatedRefusal { at, code } in &history.unauthenticated_refusals {
            let at = wallet_core::time::UnixTime(*at).to_tdate();
            let at = core_words::date_text(&at, &self.voice.locale).unwrap_or(at);
            self.line("log.refused_unknown", &[("at", &at), ("why", &why(Some(*code)))]);
        }
        if history.older_refusals > 0 {
            let older = core_words::counted(
                keys::HISTORY_OLDER_REFUSALS,
                history.older_refusals,
                &[],
                &self.voice.locale,
            );
            self.plain(&older.unwrap_or_default());
        }
    }

    fn type_names(&self, credentials: &[Disclosed]) -> String {
        let name = |one: &Disclosed| core_words::credential_label(&one.type_id, &self.voice.locale);
        credentials.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

/// The verified name, or the identifier where there is none.
fn display(party: &Party) -> &str {
    if party.name.is_empty() { &party.identifier } else { &party.name }
}

fn why(code: Option<u16>) -> String {
    code.map(|code| format!("WC-{code:04}")).unwrap_or_default()
}

fn outcome_key(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Sent { .. }) => keys::OUTCOME_SENT,
        Some(Outcome::Refused { .. }) => keys::OUTCOME_REFUSED,
        Some(Outcome::NotSent { .. }) => keys::OUTCOME_FAILED,
        Some(Outcome::Unknown) | None => keys::OUTCOME_UNKNOWN,
    }
}
