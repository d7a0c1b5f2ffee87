"""Compares the public Swift API with the text in this folder, so that a change of it is seen and meant.

    python3 bindings/swift/api/compare.py                 after a build; exit status 1 and the difference when it changed
    UPDATE_API=1 python3 bindings/swift/api/compare.py    writes the text anew

Each line is a declaration as the compiler knows it; members stand under their type, which names what it conforms to.
"""

import glob
import json
import os
import platform
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", ".."))
import api_text  # noqa: E402

SWIFT = os.path.dirname(HERE)
RUN = os.path.join(SWIFT, "..", "toolchains", "swift", "run")
MODULES = ["WalletCore", "WalletCoreApple", "WalletCoreBindings"]
# UniFFI's machinery: public, since its own code in another module may call it.
MACHINERY = ("FfiConverter", "uniffi", "Uniffi", "UniFFI")
MACHINE_WORDS = ("unsafeFromHandle", "UnsafeMutableRawPointer", "NoHandle", "RustBuffer", "uniffiC", "UInt64) -> UInt64")
TYPES = ("swift.class", "swift.struct", "swift.enum", "swift.protocol", "swift.actor")
# What every type conforms to.
EVERYTHING = ("Copyable", "Escapable", "SendableMetatype")


def graphs(module, out):
    """What the compiler says of one module, and of its extensions of others."""
    command = [
        RUN, "swift-symbolgraph-extract", "-module-name", module, "-target", f"{platform.machine()}-pc-linux-gnu",
        "-I", ".build/debug/Modules", "-I", "generated/WalletCoreFFI", "-I", "StandIns/OpenSSL/include",
        "-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", out,
    ]
    environment = dict(os.environ, SWIFT_BIND=os.path.join(SWIFT, "..", ".."))
    subprocess.run(command, cwd=SWIFT, env=environment, check=True)
    for path in sorted(glob.glob(os.path.join(out, f"{module}*.symbols.json"))):
        with open(path, encoding="utf-8") as file:
            yield json.load(file)


def declaration(symbol):
    return "".join(part["spelling"] for part in symbol.get("declarationFragments", []))


def is_machinery(symbol):
    name = symbol["pathComponents"][0]
    # A port as the core would implement it: no app meets one.
    return name.startswith(MACHINERY) or name.endswith("Impl") or any(word in declaration(symbol) for word in MACHINE_WORDS)


def text(module):
    headings, members, conformances, names = {}, {}, {}, {}
    # Within the project, since the toolchain sees nothing else.
    with tempfile.TemporaryDirectory(dir=os.path.join(SWIFT, ".build")) as out:
        for graph in graphs(module, out):
            for symbol in graph["symbols"]:
                if is_machinery(symbol):
                    continue
                path = ".".join(symbol["pathComponents"])
                owner = ".".join(symbol["pathComponents"][:-1])
                if symbol["kind"]["identifier"] in TYPES:
                    headings[path] = declaration(symbol)
                    names[symbol["identifier"]["precise"]] = path
                    members.setdefault(path, set())
                else:
                    members.setdefault(owner, set()).add(declaration(symbol))
            for relation in graph["relationships"]:
                protocol = relation.get("targetFallback", "").rpartition(".")[2]
                if relation["kind"] == "conformsTo" and protocol and protocol not in EVERYTHING:
                    conformances.setdefault(relation["source"], set()).add(protocol)
    kept = {names[source]: protocols for source, protocols in conformances.items() if source in names}
    lines = []
    for owner in sorted(members):
        indent = "    " if owner else ""
        if owner:
            heading = headings.get(owner, f"extension {owner}")
            # A protocol's declaration has them.
            protocols = () if ":" in heading else sorted(kept.get(owner, ()))
            lines.append(f"{heading} : {', '.join(protocols)}" if protocols else heading)
        lines += [indent + member for member in sorted(members[owner])]
    return "".join(line + "\n" for line in lines)


api_text.compare("Swift", HERE, ((module, text(module)) for module in MODULES))
