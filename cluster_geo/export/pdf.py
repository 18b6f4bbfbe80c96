"""The report as a PDF, printed by a browser of the Chromium family where there is one.

Tagged, with a title, a language and an outline, so that a screen reader can follow it. The
browser writes the hour into it, so two PDFs of one report differ in their bytes: `report.pdf` is
no part of what is promised to be equal.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cluster_geo.errors import OutputError
from cluster_geo.export.folder import replaced_file

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
# Where browsers are that are on no search path: Windows' program folders, macOS' applications.
PROGRAM_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
NO_BROWSER = (
    "No Chromium, Chrome or Edge was found on this machine, so report.pdf was not written. Open "
    "report.html in a browser and print it instead."
)
MOST_SECONDS = 600


def find_browser() -> str | None:
    """Return the program of a browser that can print, None where this machine has none."""
    return next((str(found) for found in _candidates() if found), None)


def _candidates() -> Iterator[str | Path | None]:
    yield from map(shutil.which, NAMES)
    folders = (os.environ.get(name) for name in PROGRAM_FOLDERS)
    paths = [Path(folder, path) for folder in folders if folder for path in WINDOWS]
    yield from (path for path in [*paths, *map(Path, MACOS)] if path.is_file())


def print_pdf(page: Path, path: Path, browser: str) -> Path:
    """Print an HTML page as a tagged PDF; return its path.

    The browser gets a profile of its own, for this once, and the page asks for nothing from a
    network.

    Parameters
    ----------
    page : Path
    path : Path
        Where the PDF is to be; it is there whole, or not at all.
    browser : str
        As `find_browser` returns it.

    Raises
    ------
    OutputError
        Where the page is not there, or the browser did not print it.
    """
    if not page.is_file():
        raise OutputError(f"{page}: there is no report to print. Run propose or export first.")
    with replaced_file(path) as draft, tempfile.TemporaryDirectory() as profile:
        command = [browser, *_options(profile, draft), page.resolve().as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=MOST_SECONDS)  # noqa: S603 - a browser of this machine, our own page
        except (OSError, subprocess.SubprocessError) as error:
            raise OutputError(f"{browser} could not print {page.name}: {error}.") from error
        if not draft.is_file():
            raise OutputError(f"{browser} printed nothing of {page.name}. Print it by hand.")
    return path


def _options(profile: str, draft: Path) -> Iterator[str]:
    yield from ("--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}")
    yield from ("--export-tagged-pdf", "--generate-pdf-document-outline")
    yield from ("--no-pdf-header-footer", f"--print-to-pdf={draft.resolve()}")
    # Chromium refuses to run as root, as in containers, unless it is told so.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "--no-sandbox"
