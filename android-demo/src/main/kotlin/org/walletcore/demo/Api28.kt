package org.walletcore.demo

/** Uses public API of Android 9 (28), the oldest phone: the check of the API knows what was public in 26. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.FILE)
internal annotation class Api28
