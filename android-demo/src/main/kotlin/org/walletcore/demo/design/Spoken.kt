@file:Api28

package org.walletcore.demo.design

import android.view.View
import org.walletcore.demo.Api28

/** Whether screen readers jump to it. */
var View.isHeading: Boolean
    get() = isAccessibilityHeading
    set(yes) {
        isAccessibilityHeading = yes
    }

/** What screen readers say when it appears over the rest. */
var View.saidWhenShown: CharSequence?
    get() = accessibilityPaneTitle
    set(words) {
        accessibilityPaneTitle = words
    }
