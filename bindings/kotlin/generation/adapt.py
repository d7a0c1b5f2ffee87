"""Changes what UniFFI generates in a few places, and fails when it does not find them.

- A panic of the core arrives as `WalletException.Report`, without its message, which may hold anything.
- Whatever a port throws, an `Error` too, arrives in the core as a `PortException`: its own, or the name of the class.
- Constructors give the type by its new name, which UniFFI 0.32.2 forgets (uniffi.toml renames it).
- A secret that a key session gives back is wiped when it has crossed.
- The core's threads stay known to the JVM between two calls back.
"""

import re
import sys

PANIC = """        if (status.error_buf.len > 0) {
            throw InternalException(FfiConverterString.lift(status.error_buf))
        } else {
            throw InternalException("Rust panic")
        }
"""
REPORT = """        RustBuffer.free(status.error_buf)
        throw coreFailed()
"""
CATCH = """catch(e: kotlin.Exception) {
{indent}if (e is E) {"""
CATCH_ALL = """catch(thrown: Throwable) {
{indent}val e = asPortException(thrown)
{indent}if (e is E) {"""
GIVEN_BACK = "FfiConverterByteArray.lower(returnValue),"
WIPED = "FfiConverterByteArray.lower(returnValue).also { returnValue.fill(0) },"

REGISTERED = """        Native.register(UniffiLib::class.java, findLibraryName(componentName = "wallet_core"))
"""
KEPT = """        keepThreadsOf(uniffiRustFutureContinuationCallbackImpl)
"""


def replaced(text, old, new, times=1):
    if text.count(old) != times:
        sys.exit(f"adapt.py: UniFFI does not generate this {times} times any more:\n{old}")
    return text.replace(old, new)


def wiped(text, method):
    head, found, tail = text.partition(f"internal object `{method}`: UniffiCallbackInterfaceKeySessionMethod")
    if not found or GIVEN_BACK not in tail:
        sys.exit(f"adapt.py: UniFFI calls KeySession.{method} in another way now")
    return head + found + tail.replace(GIVEN_BACK, WIPED, 1)


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = replaced(text, PANIC, REPORT)
    for indent in (" " * 8, " " * 12):
        text = replaced(text, CATCH.replace("{indent}", indent), CATCH_ALL.replace("{indent}", indent))
    # What is left of these is never reached by a port of the wallet: all of them throw PortException.
    text = replaced(text, "try { e.stackTraceToString() } catch(_: Throwable) { \"\" }", "e.javaClass.name", times=2)
    text = replaced(text, "FfiConverterString.lower(e.toString())", "FfiConverterString.lower(e.javaClass.name)", times=2)
    text, constructors = re.subn(r"\) ?: Wallet \{", ") : CoreWallet {", text)
    text = replaced(text, "{ FfiConverterTypeWallet.lift(it) }", "{ FfiConverterTypeCoreWallet.lift(it) }", times=constructors)
    text = replaced(text, REGISTERED, REGISTERED + KEPT)
    for method in ("agree", "unseal"):
        text = wiped(text, method)
    print(text, end="")


main(sys.argv[1])
