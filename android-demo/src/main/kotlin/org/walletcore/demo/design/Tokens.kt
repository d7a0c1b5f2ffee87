package org.walletcore.demo.design

import org.walletcore.demo.R

/** Distances, in dp. */
object Space {
    const val TINY = 4
    const val SMALL = 8
    const val MEDIUM = 16
    const val LARGE = 24
    const val HUGE = 40

    /** The least height and width of what can be touched. */
    const val TOUCH = 48
}

/** Sizes of text, in sp, so that they grow with what the citizen has set. */
enum class Type(val sp: Float, val bold: Boolean) {
    TITLE(26f, true),
    HEADING(18f, true),
    BODY(16f, false),
    STRONG(16f, true),
    NOTE(14f, false),
}

/** How something looks that says more than its words: always with a sign of its own, never by colour alone. */
enum class Tone(val surface: Int, val ink: Int, val sign: Int) {
    TRUSTED(R.color.good_surface, R.color.good_ink, R.drawable.sign_shield),
    WARNING(R.color.warning_surface, R.color.warning_ink, R.drawable.sign_warning),
    DANGER(R.color.danger_surface, R.color.danger_ink, R.drawable.sign_stop),
    PLAIN(R.color.plain_surface, R.color.ink, R.drawable.sign_info),
}
