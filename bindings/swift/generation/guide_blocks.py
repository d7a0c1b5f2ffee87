"""Writes the Swift blocks of the guide as one file, to be compiled with the tests.

Blocks hold imports and declarations. A block begins with ```swift; other languages are left out.
"""

import re
import sys


def chapters(text):
    for number, chapter in enumerate(re.split(r"^## ", text, flags=re.M)[1:], 1):
        yield number, re.findall(r"^```swift\n(.*?)^```", chapter, flags=re.M | re.S)


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    imports, bodies = set(), []
    for number, blocks in chapters(text):
        for block in blocks:
            lines = block.splitlines()
            imports.update(line for line in lines if line.startswith("import "))
            rest = "\n".join(line for line in lines if not line.startswith("import ")).strip()
            if rest:
                bodies.append(f"// Chapter {number}\n{rest}\n")
    if not bodies:
        sys.exit("guide_blocks.py: the guide has no Swift")
    print("\n".join(sorted(imports)) + "\n\n" + "\n".join(bodies))


main(sys.argv[1])
