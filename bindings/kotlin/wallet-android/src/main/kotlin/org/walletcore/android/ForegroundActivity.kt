package org.walletcore.android

import android.app.Activity
import android.app.Application
import android.os.Bundle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first

/** The Activity that the citizen sees. Begin to watch in `Application.onCreate`: what was resumed before is not known. */
class ForegroundActivity private constructor() {
    private val resumed = MutableStateFlow<Activity?>(null)

    /** The one in the foreground, or the next that comes there. */
    suspend fun await(): Activity = resumed.filterNotNull().first()

    /** Whether `activity` is the one in the foreground. */
    fun shows(activity: Activity) = resumed.value === activity

    private inner class Watcher : Application.ActivityLifecycleCallbacks {
        override fun onActivityResumed(activity: Activity) {
            // The question's own screen is no place for the next question.
            if (activity !is ScreenLockActivity) resumed.value = activity
        }

        override fun onActivityPaused(activity: Activity) {
            resumed.compareAndSet(activity, null)
        }

        override fun onActivityCreated(activity: Activity, state: Bundle?) = Unit
        override fun onActivityStarted(activity: Activity) = Unit
        override fun onActivityStopped(activity: Activity) = Unit
        override fun onActivitySaveInstanceState(activity: Activity, state: Bundle) = Unit
        override fun onActivityDestroyed(activity: Activity) = Unit
    }

    companion object {
        /** Begins to watch. */
        fun of(application: Application): ForegroundActivity = ForegroundActivity().also {
            application.registerActivityLifecycleCallbacks(it.Watcher())
        }
    }
}
