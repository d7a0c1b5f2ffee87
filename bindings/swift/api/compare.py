"""Compares the public Swift API with the text in this folder, so that a change of it is seen and meant.

    python3 bindings/swift/api/compare.py                 after a build; exit status 1 and the difference when it changed
    UPDATE_API=1 python3 bindings/swift/api/compare.py    writes the text anew

Each line is a declaration as the compiler knows it, under the type that it belongs to.
"""

import difflib
import glob
import json
import os
import platform
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SWIFT = os.path.dirname(HERE)
RUN = os.path.join(SWIFT, "..", "toolchains", "swift", "run")
MODULES = ["WalletCore", "WalletCoreApple", "WalletCoreBindings"]
# UniFFI's machinery: public, since its own code in another module may call it.
MACHINERY = ("FfiConverter", "uniffi", "Uniffi", "UniFFI")


def symbols(module, out):
    """The symbols of one module and of its extensions of others."""
    target = f"{platform.machine()}-unknown-linux-gnu"
    command = [
        RUN, "swift-symbolgraph-extract", "-module-name", module, "-target", target,
        "-I", ".build/debug/Modules", "-I", "generated/WalletCoreFFI",
        "-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", out,
    ]
    for stand_in in ("CryptoKit", "Security", "LocalAuthentication"):
        command += ["-I", f".build/debug/{stand_in}.build"]
    environment = dict(os.environ, SWIFT_BIND=os.path.join(SWIFT, "..", ".."))
    subprocess.run(command, cwd=SWIFT, env=environment, check=True)
    for path in glob.glob(os.path.join(out, f"{module}*.symbols.json")):
        with open(path, encoding="utf-8") as file:
            yield from json.load(file)["symbols"]


def line(symbol):
    owner = ".".join(symbol["pathComponents"][:-1])
    declaration = "".join(part["spelling"] for part in symbol.get("declarationFragments", []))
    return f"{owner}: {declaration}" if owner else declaration


def is_machinery(symbol):
    names = symbol["pathComponents"]
    declaration = "".join(part["spelling"] for part in symbol.get("declarationFragments", []))
    return names[0].startswith(MACHINERY) or any(
        word in declaration for word in ("unsafeFromHandle", "UnsafeMutableRawPointer", "NoHandle", "RustBuffer", "uniffiC", "UInt64) -> UInt64")
    )


def text(module):
    # Within the project, since the toolchain sees nothing else.
    with tempfile.TemporaryDirectory(dir=os.path.join(SWIFT, ".build")) as out:
        lines = {line(symbol) for symbol in symbols(module, out) if not is_machinery(symbol)}
    return "".join(one + "\n" for one in sorted(lines))


def main():
    changed = False
    for module in MODULES:
        path = os.path.join(HERE, f"{module}.txt")
        now = text(module)
        if not now:
            sys.exit(f"compare.py: {module} has no public API, which cannot be")
        if os.environ.get("UPDATE_API"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(now)
            continue
        with open(path, encoding="utf-8") as file:
            before = file.read()
        difference = list(difflib.unified_diff(before.splitlines(), now.splitlines(), f"api/{module}.txt", "now", lineterm="", n=0))
        print("\n".join(difference), end="\n" if difference else "")
        changed = changed or bool(difference)
    if changed:
        sys.exit("compare.py: the public Swift API changed. If that is meant: UPDATE_API=1 bindings/swift/test")


main()
