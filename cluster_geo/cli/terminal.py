"""Text from files on its way to a terminal: it shows what it is, and commands nothing."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape as without_markup

# Key of a command's own record, under which it says what it has written.
WRITTEN = "cluster_geo.written"

# Escape sequences move the cursor, change titles and worse; signs that turn the reading direction
# let one name pass for another. A line's end stays: messages have several lines.
CONTROLS = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))
DIRECTIONS = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
SHOWN = {sign: f"\\x{sign:02x}" for sign in CONTROLS} | {
    sign: f"\\u{sign:04x}" for sign in (*DIRECTIONS, 0x2028, 0x2029)
}


def console(*, stderr: bool = False) -> Console:
    """Return the console to print on; results go to stdout, progress to stderr."""
    return Console(stderr=stderr, highlight=False)


def wrote(folder: Path) -> None:
    """Record that a command has written its outputs, for the message if it is then stopped."""
    click.get_current_context().meta[WRITTEN] = f"The outputs are in {folder}."


def shortened(text: str, most: int = 80) -> str:
    """Return `text`, or its beginning and end if it is longer than a line."""
    return text if len(text) <= most else f"{text[: most // 2]} ... {text[-most // 3 :]}"


def harmless(text: str) -> str:
    r"""Return `text` with what a terminal would obey written out, as \x1b."""
    return text.translate(SHOWN)


def escape(text: str) -> str:
    """Return `text` so that neither the terminal nor rich's markup takes it for anything."""
    return without_markup(harmless(text))


_UNITS = (
    "%|km|m\\b|s\\b|minutes?\\b|miles?\\b|seconds?\\b|units?\\b|schools?\\b|clusters?\\b|pupils?\\b|"
    "patients?\\b|rows?\\b|LSOAs?\\b|PCNs?\\b|trusts?\\b|zones?\\b|edges?\\b|others?\\b|more\\b|"
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b"
)
# A figure and what it counts: "0.37 %", "12 km", "of 53", "2 to 8", "18 July".
_FIGURE = re.compile(rf"(?<=\d) (?={_UNITS}|to \d|of \d)|(?<=\d to) (?=\d)|(?<=\bof) (?=\d)")
# The mark of an item in a list: what follows stands below its text.
_ITEM = re.compile(r" *(?:-|\d+\.) +")
_KEPT = "\N{NO-BREAK SPACE}"


def lines_of(text: str, width: int) -> list[str]:
    """Break a text into lines between words, never within a figure or before its unit.

    A word longer than a line, such as a path, stays whole. Below the first line of an item in a
    list the others are indented.
    """
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        kept = _FIGURE.sub(_KEPT, line)
        item = _ITEM.match(line)
        parts = textwrap.wrap(
            kept,
            width,
            subsequent_indent=" " * len(item[0]) if item else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += [part.replace(_KEPT, " ") for part in parts] or [""]
    return lines


def say(to: Console, text: str) -> None:
    """Print sentences: in lines on a terminal, whole where a file or a program reads them."""
    clean = harmless(text).removesuffix("\n")
    for line in lines_of(clean, to.width) if to.is_terminal else [clean]:
        to.print(line, markup=False, highlight=False, soft_wrap=True)
