"""The public API of a library as text that is kept beside it: compared, so that a change is seen and meant."""

import difflib
import os
import sys

# Less than this is no library: whatever printed it looked in the wrong place.
LEAST_LINES = 10


def compare(language, folder, texts):
    """Compares the text of each module with `folder`/MODULE.txt, or writes it there when UPDATE_API is set. Ends the process
    with status 1 and the difference when it changed. `texts`: pairs of a module's name and its API."""
    changed = False
    for module, now in texts:
        if now.count("\n") < LEAST_LINES:
            sys.exit(f"{language}: {module} has next to no public API, which cannot be")
        path = os.path.join(folder, f"{module}.txt")
        if os.environ.get("UPDATE_API"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(now)
            continue
        with open(path, encoding="utf-8") as file:
            before = file.read()
        for line in difflib.unified_diff(before.splitlines(), now.splitlines(), f"api/{module}.txt", "now", lineterm="", n=0):
            print(line)
            changed = True
    if changed:
        sys.exit(f"the public {language} API changed. If that is meant: UPDATE_API=1 bindings/{language.lower()}/test")
