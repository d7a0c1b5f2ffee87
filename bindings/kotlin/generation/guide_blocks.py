"""Writes the Kotlin blocks of the guide as one file, to be compiled with the tests.

Imports come first; then the blocks as they stand, which hold declarations only. A block begins with ```kotlin; other
languages are left out.
"""

import re
import sys


def main(path):
    with open(path, encoding="utf-8") as file:
        blocks = re.findall(r"^```kotlin\n(.*?)^```", file.read(), flags=re.M | re.S)
    if not blocks:
        sys.exit("guide_blocks.py: the guide has no Kotlin")
    lines = [line for block in blocks for line in block.splitlines()]
    imports = sorted({line for line in lines if line.startswith("import ")})
    rest = [line for line in lines if not line.startswith("import ")]
    print("package guide\n\n" + "\n".join(imports) + "\n" + "\n".join(rest))


main(sys.argv[1])
