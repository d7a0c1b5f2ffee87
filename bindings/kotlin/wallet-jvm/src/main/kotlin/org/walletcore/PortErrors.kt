package org.walletcore

/**
 * What anything that a port throws is to the core: a [PortException] itself, or the name of the class. The message of
 * anything else may hold personal data and stays behind. The generated code calls this, for each port.
 */
fun asPortException(thrown: Throwable): PortException =
    thrown as? PortException ?: PortException.Unexpected(thrown.javaClass.name)
