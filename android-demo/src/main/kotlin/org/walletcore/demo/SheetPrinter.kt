package org.walletcore.demo

import android.content.Context
import android.os.Bundle
import android.os.CancellationSignal
import android.os.ParcelFileDescriptor
import android.print.PageRange
import android.print.PrintAttributes
import android.print.PrintDocumentAdapter
import android.print.PrintDocumentInfo
import android.print.PrintManager
import android.print.pdf.PrintedPdfDocument
import java.io.FileOutputStream
import java.io.IOException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.walletcore.android.ForegroundActivity
import org.walletcore.demo.model.Printer
import org.walletcore.demo.model.Sheet

/** Prints by the phone's print service, which shows its own dialog. */
class SheetPrinter(private val scope: CoroutineScope, private val foreground: ForegroundActivity) : Printer {
    override fun print(sheet: Sheet) {
        scope.launch {
            val activity = foreground.await()
            activity.getSystemService(PrintManager::class.java)?.print(sheet.title, OnePage(activity, sheet), null)
        }
    }
}

private class OnePage(private val context: Context, private val sheet: Sheet) : PrintDocumentAdapter() {
    private var paper: PrintAttributes? = null

    override fun onLayout(
        old: PrintAttributes?, new: PrintAttributes, cancel: CancellationSignal, answer: LayoutResultCallback, extras: Bundle?,
    ) {
        paper = new
        val info = PrintDocumentInfo.Builder("sheet.pdf").setContentType(PrintDocumentInfo.CONTENT_TYPE_DOCUMENT).setPageCount(1)
        if (cancel.isCanceled) answer.onLayoutCancelled() else answer.onLayoutFinished(info.build(), old != new)
    }

    override fun onWrite(pages: Array<PageRange>, to: ParcelFileDescriptor, cancel: CancellationSignal, answer: WriteResultCallback) {
        val document = PrintedPdfDocument(context, checkNotNull(paper))
        try {
            val page = document.startPage(0)
            SheetPicture(sheet).draw(page.canvas)
            document.finishPage(page)
            document.writeTo(FileOutputStream(to.fileDescriptor))
            answer.onWriteFinished(arrayOf(PageRange.ALL_PAGES))
        } catch (_: IOException) {
            answer.onWriteFailed(null)
        } finally {
            document.close()
        }
    }
}
