package org.walletcore.demo.screens

import android.graphics.BitmapFactory
import android.widget.ImageView
import java.text.DateFormat
import java.util.Date
import org.walletcore.Claim
import org.walletcore.Localized
import org.walletcore.Party
import org.walletcore.Side
import org.walletcore.Verification
import org.walletcore.claimLabel
import org.walletcore.credentialLabel
import org.walletcore.demo.R
import org.walletcore.demo.design.Column
import org.walletcore.demo.design.Space
import org.walletcore.demo.design.Tone
import org.walletcore.demo.design.Type
import org.walletcore.demo.design.Ui
import org.walletcore.demo.design.notice
import org.walletcore.demo.design.text
import org.walletcore.demo.model.called
import org.walletcore.demo.model.host

/** The name in the citizen's language, as far as there is one; else what the core calls it. */
fun Ui.name(names: List<Localized>, typeId: String): String =
    names.firstOrNull { it.locale.substringBefore('-') == locale.language }?.text ?: credentialLabel(typeId, tag)

fun Ui.side(side: Side): String = words(if (side == Side.EU) R.string.side_eu else R.string.side_ca)

/** A day, from seconds since 1970. */
fun Ui.day(seconds: Long): String = DateFormat.getDateInstance(DateFormat.LONG, locale).format(Date(seconds * 1000))

fun Ui.moment(seconds: Long): String =
    DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.SHORT, locale).format(Date(seconds * 1000))

fun Ui.time(seconds: Long): String = DateFormat.getTimeInstance(DateFormat.MEDIUM, locale).format(Date(seconds * 1000))

/** Who somebody is, and how that is known. */
fun Column.party(party: Party) {
    val address = party.host?.let { "\n" + ui.words(R.string.party_address, it) }.orEmpty()
    when (val known = party.verification) {
        is Verification.TrustList ->
            notice(Tone.TRUSTED, party.called, ui.words(R.string.party_on_list, ui.side(known.side)) + address)
        Verification.Unverified -> notice(Tone.WARNING, party.called, ui.words(R.string.party_unverified) + address)
    }
}

/** A claim with its value; a portrait as a picture. */
fun Column.claim(typeId: String, claim: Claim) {
    val label = claimLabel(typeId, claim.location(), ui.tag)
    val image = claim.image(PORTRAIT_PIXELS)
    // Label and value stand closer to each other than to the next.
    add(
        ui.column(gap = 0) {
            text(label, Type.NOTE, R.color.ink_soft)
            if (image == null) text(claim.reveal(ui.tag), Type.STRONG) else portrait(label, image)
        },
    )
}

private fun Column.portrait(label: String, image: ByteArray) {
    val picture = BitmapFactory.decodeByteArray(image, 0, image.size)
    if (picture == null) {
        text(ui.words(R.string.portrait_unreadable), Type.BODY)
        return
    }
    val view = add(ImageView(ui.context))
    view.setImageBitmap(picture)
    view.contentDescription = label
    view.scaleType = ImageView.ScaleType.FIT_START
    view.layoutParams.height = ui.dp(PORTRAIT_DP)
    view.setPadding(0, ui.dp(Space.TINY), 0, 0)
}

private const val PORTRAIT_PIXELS: ULong = 4_000_000u
private const val PORTRAIT_DP = 140
