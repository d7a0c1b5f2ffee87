package org.walletcore

/** The citizen's yes to `choice`, after these warnings were shown. As [PresentationRequest.consent], which takes their ids. */
fun PresentationRequest.consentTo(choice: Choice, shown: List<Warning>): Consent = consent(choice, shown.map(::warningId))
