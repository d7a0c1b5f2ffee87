"""Changes what UniFFI generates in two places, and fails when it does not find them.

- Errors get no description made by reflection: the library's is the core's sentence for the citizen.
- A panic of the core arrives as `WalletError.Report`, without its message, which may hold anything.
"""

import re
import sys

PANIC = "throw UniffiInternalError.rustPanic(try FfiConverterString.lift(callStatus.errorBuf))"
REPORT = """callStatus.errorBuf.deallocate()
                throw WalletError.Report(fault: Fault(code: .`internal`, place: nil, httpStatus: nil, attemptsLeft: nil, retryAt: nil))"""
DESCRIPTION = re.compile(r"\n *public var errorDescription: String\? \{\n *String\(reflecting: self\)\n *\}\n")


def replaced(text, old, new):
    if old not in text:
        sys.exit(f"adapt.py: UniFFI does not generate this any more: {old}")
    return text.replace(old, new)


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = replaced(text, PANIC, REPORT)
    text = replaced(text, 'throw UniffiInternalError.rustPanic("Rust panic")', REPORT.split("\n")[1].strip())
    text = replaced(text, ", Foundation.LocalizedError {", " {")
    text, count = DESCRIPTION.subn("\n", text)
    if count == 0:
        sys.exit("adapt.py: UniFFI describes errors in another way now")
    print(text, end="")


main(sys.argv[1])
