package org.walletcore.demo.model

/**
 * What was under way when the system ended the app. The system keeps this word and nothing else of it: what is in a flow is in the
 * vault, or lost.
 */
enum class Underway {
    /** A link waited to be opened. */
    LINK,

    /** A document was being received. */
    RECEIVE,

    /** A request was being answered. */
    SHARE,
}
