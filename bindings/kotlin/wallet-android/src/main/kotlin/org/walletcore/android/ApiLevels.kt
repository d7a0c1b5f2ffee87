package org.walletcore.android

/** Uses public API of Android 9 (28), the oldest phone supported. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS, AnnotationTarget.FILE, AnnotationTarget.FUNCTION, AnnotationTarget.CONSTRUCTOR)
internal annotation class Api28

/** Uses public API of Android 11 (30): behind a check of `SDK_INT`. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS, AnnotationTarget.FILE, AnnotationTarget.FUNCTION)
internal annotation class Api30

/** Uses public API of Android 12 (31): behind a check of `SDK_INT`. */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS, AnnotationTarget.FILE, AnnotationTarget.FUNCTION)
internal annotation class Api31
