package org.walletcore.demo.design

import android.text.InputType
import android.util.TypedValue
import android.view.View
import android.view.inputmethod.EditorInfo
import android.widget.CheckBox
import android.widget.EditText
import android.widget.RadioButton
import android.widget.RadioGroup
import org.walletcore.demo.R

/** What is typed into a field. */
enum class Input(val type: Int) {
    PIN(InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD),
    PASSPHRASE(InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_PASSWORD),
    DIGITS(InputType.TYPE_CLASS_NUMBER),
    CODE(InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_CHARACTERS or InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS),
    LINK(InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_URI),
}

/** A field under its label; the label stays visible while somebody types. */
fun Column.field(label: CharSequence, input: Input): EditText {
    val above = text(label, Type.STRONG)
    return add(EditText(ui.context)).apply {
        id = View.generateViewId()
        above.labelFor = id
        inputType = input.type
        setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.HEADING.sp)
        setTextColor(ui.color(R.color.ink))
        minHeight = ui.dp(Space.TOUCH + Space.SMALL)
        setPadding(ui.dp(Space.MEDIUM), ui.dp(Space.SMALL), ui.dp(Space.MEDIUM), ui.dp(Space.SMALL))
        background = ui.rounded(android.content.res.ColorStateList.valueOf(ui.color(R.color.surface)), Space.SMALL + Space.TINY, R.color.edge)
        imeOptions = EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING or EditorInfo.IME_ACTION_DONE
        importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO
        // Text of a secret is not kept by the system when the Activity is made anew.
        isSaveEnabled = false
    }
}

/** Says below a field what is wrong with what was typed. */
fun Column.mistake(words: CharSequence?): View? = words?.let { announced(it, R.color.danger_ink) }

/** A box that is not ticked unless somebody ticks it. */
fun Column.tick(words: CharSequence, ticked: Boolean, change: (Boolean) -> Unit): CheckBox = add(CheckBox(ui.context)).apply {
    text = words
    setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.sp)
    setTextColor(ui.color(R.color.ink))
    minHeight = ui.dp(Space.TOUCH)
    buttonTintList = android.content.res.ColorStateList.valueOf(ui.color(R.color.brand))
    isChecked = ticked
    setOnCheckedChangeListener { _, now -> change(now) }
}

/** One of several. */
fun <T> Column.oneOf(options: List<T>, chosen: T, words: (T) -> CharSequence, choose: (T) -> Unit): RadioGroup =
    add(RadioGroup(ui.context)).apply {
        options.forEach { option ->
            addView(
                RadioButton(context).apply {
                    id = View.generateViewId()
                    text = words(option)
                    setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.sp)
                    setTextColor(ui.color(R.color.ink))
                    minHeight = ui.dp(Space.TOUCH)
                    buttonTintList = android.content.res.ColorStateList.valueOf(ui.color(R.color.brand))
                    isChecked = option == chosen
                    setOnClickListener { choose(option) }
                },
            )
        }
    }
