"""Refuses a manifest that opens the app wider than it should be: `aapt2 dump xmltree` of AndroidManifest.xml in, nothing out.

Whoever adds a permission, or something that other apps can reach, writes it down here, with the reason.
"""

import re
import sys

PERMISSIONS = {
    "android.permission.INTERNET": "issuers and verifiers",
    "android.permission.USE_BIOMETRIC": "the phone's own prompt",
    "android.permission.CAMERA": "scanning codes",
}
# What other apps can reach, and by which schemes.
EXPORTED = {
    "org.walletcore.demo.MainActivity": set(),
    "org.walletcore.demo.LinkActivity": {
        "openid-credential-offer", "haip-vci", "openid4vp", "haip-vp", "eudi-openid4vp", "openid",
    },
}
# What the application must say of itself. An attribute that is absent is refused, too: what is meant is said.
APPLICATION = {"allowBackup": "false", "fullBackupContent": "false", "usesCleartextTraffic": "false"}
NEVER = {"debuggable": "true", "testOnly": "true", "sharedUserId": None}
COMPONENTS = {"activity", "activity-alias", "service", "receiver", "provider"}


class Element:
    def __init__(self, name):
        self.name, self.attributes, self.children = name, {}, []

    def all(self, *names):
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.all(*names)


def read(lines):
    """The tree, by its indentation."""
    open_elements = [(-1, Element("document"))]
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if element := re.match(r"\s*E: ([\w-]+)", line):
            while open_elements[-1][0] >= depth:
                open_elements.pop()
            made = Element(element[1])
            open_elements[-1][1].children.append(made)
            open_elements.append((depth, made))
        elif attribute := re.match(r"\s*A: (?:\S+:)?([\w]+)(?:\([^)]*\))?=(?:\"([^\"]*)\"|(\S+))", line):
            name, text, value = attribute.groups()
            open_elements[-1][1].attributes[name] = value if text is None else text
    return open_elements[0][1]


def full_names(document):
    """What begins with a dot is in the app's package."""
    package = next(document.all("manifest")).attributes["package"]
    for component in document.all(*COMPONENTS):
        name = component.attributes["name"]
        component.attributes["name"] = package + name if name.startswith(".") else name


def wrongs(document):
    full_names(document)
    for element in document.all("manifest", "application"):
        for name, value in NEVER.items():
            if name in element.attributes and value in (None, element.attributes[name]):
                yield f"{element.name} says {name}"
    for permission in document.all("uses-permission", "uses-permission-sdk-23"):
        if permission.attributes["name"] not in PERMISSIONS:
            yield f"it asks for {permission.attributes['name']}"
    applications = list(document.all("application"))
    if len(applications) != 1:
        yield f"{len(applications)} applications"
    for application in applications:
        for name, value in APPLICATION.items():
            if application.attributes.get(name) != value:
                yield f"{name} is {application.attributes.get(name)}, not {value}"
        if "dataExtractionRules" not in application.attributes:
            yield "dataExtractionRules is absent"
        yield from (wrong for component in application.all(*COMPONENTS) for wrong in of_component(component))
    seen = {component.attributes["name"] for component in document.all(*COMPONENTS)}
    yield from (f"{name} is absent" for name in sorted(EXPORTED.keys() - seen))


def of_component(component):
    name, exported = component.attributes["name"], component.attributes.get("exported")
    if exported not in ("true", "false"):
        yield f"{name} does not say whether it is exported"
    elif (exported == "true") != (name in EXPORTED):
        yield f"{name} is {'' if exported == 'true' else 'not '}exported"
    elif exported == "true":
        schemes = {data.attributes["scheme"] for data in component.all("data") if "scheme" in data.attributes}
        if schemes != EXPORTED[name]:
            yield f"{name} takes {', '.join(sorted(schemes ^ EXPORTED[name]))} or does not"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as dump:
        found = list(wrongs(read(dump)))
    for wrong in found:
        print(f"check-manifest: {wrong}", file=sys.stderr)
    sys.exit(bool(found))
