package org.walletcore.demo.design

import android.content.Context
import android.util.TypedValue
import android.view.View
import android.view.ViewGroup
import android.widget.LinearLayout
import java.util.Locale

/**
 * What views are made with: a context in the citizen's language.
 *
 * @property context words and colours come from it
 * @property locale the language, for texts of the core
 */
class Ui(val context: Context, val locale: Locale) {
    val tag: String get() = locale.toLanguageTag()

    fun dp(value: Int): Int =
        TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_DIP, value.toFloat(), context.resources.displayMetrics).toInt()

    fun color(id: Int): Int = context.getColor(id)

    fun words(id: Int, vararg arguments: Any): String = context.getString(id, *arguments)

    fun counted(id: Int, count: Int): String = context.resources.getQuantityString(id, count, count)

    /** Things under each other, with a gap. */
    fun column(gap: Int = Space.MEDIUM, fill: Column.() -> Unit): LinearLayout {
        val layout = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
        Column(this, layout, gap).fill()
        return layout
    }
}

/** A column that is being filled. */
class Column(val ui: Ui, private val layout: LinearLayout, private val gap: Int) {
    fun <V : View> add(view: V): V = view.also {
        val size = ViewGroup.LayoutParams.WRAP_CONTENT
        val parameters = LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, size)
        if (layout.childCount > 0) parameters.topMargin = ui.dp(gap)
        layout.addView(it, parameters)
    }

    fun gap(dp: Int) {
        add(View(ui.context)).layoutParams.height = ui.dp(dp)
    }
}
