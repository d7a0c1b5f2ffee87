package org.walletcore.demo.model

/** Why a new PIN does not do, as far as no wallet is needed to know it. */
enum class PinRefused {
    TOO_SHORT, DIFFERENT;

    companion object {
        const val LEAST_DIGITS = 6

        fun of(pin: CharSequence, again: CharSequence): PinRefused? = when {
            pin.length < LEAST_DIGITS -> TOO_SHORT
            !pin.contentEquals(again) -> DIFFERENT
            else -> null
        }
    }
}
