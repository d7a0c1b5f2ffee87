package org.walletcore.android

/** What came of a dialog. */
internal enum class Answer {
    /** The citizen is who the phone knows. */
    YES,

    /** The citizen cancelled, or failed too often. */
    NO,

    /** The system took the dialog away, as it does when the Activity under it goes. */
    TAKEN_AWAY,

    /** The phone has nothing that could be asked for. */
    NOTHING_TO_ASK,
}
