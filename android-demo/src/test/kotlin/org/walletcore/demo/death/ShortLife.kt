package org.walletcore.demo.death

import java.io.File
import org.walletcore.demo.Relay
import org.walletcore.demo.model.ReceivePresenter
import org.walletcore.demo.model.Screen
import org.walletcore.demo.model.SharePresenter

/** How far a life gets before it is ended. */
enum class Moment { RECOVERY_KEY, LINK_WAITS, OFFER, PREVIEW, CONSENT, SENDING }

/** A life in a process of its own. It goes to one moment, says what the system would keep of it, and waits to be killed. */
object ShortLife {
    @JvmStatic fun main(arguments: Array<String>) {
        val (folder, moment) = arguments
        val life = Life(File(folder))
        when (Moment.valueOf(moment)) {
            Moment.RECOVERY_KEY -> life.makesPin()
            Moment.LINK_WAITS -> {
                life.begins()
                life.does { settings.lock() }
                life.follows(arguments[2])
            }
            Moment.OFFER -> {
                life.begins()
                life.offered(arguments[2])
            }
            Moment.PREVIEW -> {
                life.begins()
                life.previews(arguments[2])
            }
            Moment.CONSENT -> life.isAsked(arguments[2], arguments[3])
            Moment.SENDING -> {
                life.isAsked(arguments[2], arguments[3])
                val relay = life.network.spoil("/response/", Relay.Spoil.NO_ANSWER)
                life.does { share.share() }
                relay.called()
            }
        }
        println("HERE ${life.model.underway?.name}")
        Thread.sleep(Long.MAX_VALUE)
    }

    private fun Life.offered(link: String) {
        follows(link)
        waits("the offer") { receive.isOffered && navigator.current == Screen.Receive }
    }

    private fun Life.previews(link: String) {
        offered(link)
        does { receive.accept(null) }
        waits("the preview") { receive.state.value is ReceivePresenter.State.Received && !receive.task.state.value.busy }
    }

    private fun Life.isAsked(offer: String, request: String) {
        begins()
        previews(offer)
        does { receive.keep() }
        waits("what is kept") { receive.state.value is ReceivePresenter.State.Kept && !receive.task.state.value.busy }
        does { receive.leave() }
        follows(request)
        waits("the question") { share.state.value is SharePresenter.State.Asked && !links.task.state.value.busy }
    }
}
