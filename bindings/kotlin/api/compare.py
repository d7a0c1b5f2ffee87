"""Compares the public Kotlin API with the text in this folder, so that a change of it is seen and meant.

    python3 bindings/kotlin/api/compare.py                 after a build; exit status 1 and the difference when it changed
    UPDATE_API=1 python3 bindings/kotlin/api/compare.py    writes the text anew

Each line is a public or protected member of the compiled classes, under the class that it belongs to. What suspends ends
with its result, as in Kotlin. What Kotlin calls internal or private is public in a class file: the sources say what is so.
"""

import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", ".."))
import api_text  # noqa: E402

MODULES = ["wallet-jvm", "wallet-android"]
# UniFFI's machinery: public, since other generated modules may call it.
MACHINERY = re.compile(r"\b(FfiConverter\w*|Uniffi\w*|UniFFI\w*|uniffi\w*|RustBuffer|ForeignBytes|NoHandle|InternalException|Disposable\$\w+)")
# What Kotlin adds to every data class, enum and class with default arguments.
ADDED = re.compile(r"(component\d+|copy\$default|copy|hashCode|equals|toString|values|valueOf|getEntries|\$\w+|access\$[\w$]+|[\w-]+\$wallet_\w+)(-[\w-]+)?$")
HIDDEN_TYPE = re.compile(r"^ *(?:@\w+ )*(?:internal|private) (?:[a-z]+ )*(?:class|interface|object) (\w+)", re.M)
HIDDEN_FUNCTION = re.compile(r"^(?:@\w+ )*(?:internal|private) (?:[a-z]+ )*(?:fun|val|var)(?: <[^>]*>)? (?:[\w<>, ?]+\.)?(\w+)", re.M)
# A constant in a private companion; the library has no public ones.
CONSTANT = re.compile(r"^(int|long|String|kotlin\.ranges\.IntRange) [A-Z_0-9]+$")
SUSPENDS = re.compile(r"^java\.lang\.Object (.*?)(?:, )?kotlin\.coroutines\.Continuation<\? super (.*)>\)$")
SHORTER = re.compile(r"\b(?:java\.(?:lang|util|net|io)|kotlin(?:\.jvm\.functions|x?\.coroutines(?:\.flow)?)?|org\.walletcore(?:\.android)?)\.(?=[A-Z])")


def hidden(module):
    """The names of the types, and of the functions outside of types, that the sources call internal or private."""
    types, functions = set(), set()
    for path in glob.glob(os.path.join(HERE, "..", module, "src", "main", "kotlin", "**", "*.kt"), recursive=True):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        types.update(HIDDEN_TYPE.findall(text))
        for name in HIDDEN_FUNCTION.findall(text):
            functions.update((name, "get" + name[0].upper() + name[1:]))
    return types, functions


def classes(module):
    root = os.path.join(HERE, "..", module, "target", "classes")
    return sorted(path for path in glob.glob(os.path.join(root, "org", "**", "*.class"), recursive=True) if not MACHINERY.search(os.path.basename(path)))


def member(text, types):
    """One line of javap as it would be read in Kotlin; nothing for what is machinery, hidden or added by the compiler."""
    text = re.sub(r"^(public|protected) ", "", text.rstrip(";"))
    if MACHINERY.search(text) or "DefaultConstructorMarker" in text:
        return None
    text = re.sub(r"\b(static|final|abstract|synchronized) ", "", text)
    text = re.sub(r" throws .*", "", text)
    name = re.search(r"([\w$<>-]+)\(", text)
    if CONSTANT.match(SHORTER.sub("", text)):
        return None
    if name and ADDED.match(name.group(1)) or types.intersection(re.findall(r"\w+", text)) or text.endswith("$Companion Companion"):
        return None
    suspends = SUSPENDS.match(text)
    if suspends:
        text = f"suspend {suspends.group(1)}): {suspends.group(2)}"
    return SHORTER.sub("", text)


def text(module):
    printed = subprocess.run(["javap", "-protected", *classes(module)], check=True, capture_output=True, text=True).stdout
    out, head, members = [], None, []
    types, functions = hidden(module)
    for line in printed.splitlines():
        if line.startswith("  "):
            members.append(member(line.strip(), types))
        elif line.endswith("{"):
            head, members = line, []
        elif line == "}" and re.match(r"(public|protected) ", head):
            name = SHORTER.sub("", re.sub(r"\b(public|protected|final|abstract) ", "", head.rstrip(" {")))
            path = re.split(r"[\s$<]", name)[1:2] + re.findall(r"\$(\w+)", re.split(r" implements | extends ", name)[0])
            members = {one for one in members if one}
            if path[0].endswith("Kt"):
                members = {one for one in members if not functions.intersection(re.findall(r"(\w+)[\w-]*\(", one))}
            emptied = not members and (path[0].endswith("Kt") or path[-1] == "Companion")
            if not emptied and not types.intersection(path) and not {"DefaultImpls", "WhenMappings", "ErrorHandler"}.intersection(path):
                out += [name, *sorted("    " + one for one in members)]
    return "\n".join(out) + "\n"


api_text.compare("Kotlin", HERE, ((module, text(module)) for module in MODULES))
