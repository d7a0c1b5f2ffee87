package org.walletcore.android

/**
 * The app's own words on the platform's dialogs, in the citizen's language.
 *
 * @property cancel the button that says no
 * @property useBiometrics the sentence that asks to confirm, once, that biometrics open the wallet from now on
 */
class PromptWords(val cancel: String, val useBiometrics: String)
