package org.walletcore

/** Whether nothing is damaged. */
val Checkup.isWhole: Boolean get() = damaged.isEmpty()
