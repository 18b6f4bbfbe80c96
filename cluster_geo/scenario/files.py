"""Find scenario files, read their TOML and follow what they extend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cluster_geo.errors import Fault, ScenarioError, file_name
from cluster_geo.example import example_folder
from cluster_geo.scenario.lines import Key, line_of, lines_of

SHIPPED = Path(__file__).parent / "shipped"


def shipped_scenarios() -> tuple[str, ...]:
    """Names of the scenarios that come with the package."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def scenario_text(name: str) -> str:
    """Return the text of a shipped scenario.

    Raises
    ------
    ScenarioError
        Where no scenario of that name is shipped.
    """
    return load_file(find_file(name)).text


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario file: its settings as in the TOML, and the line of each."""

    path: Path
    text: str
    tree: Mapping[str, Any]
    lines: Mapping[Key, int]

    @property
    def folder(self) -> Path:
        """Folder that the files it names are relative to.

        The files of the built-in example are made when they are first needed.
        """
        if self.path == SHIPPED / "example.toml":
            return example_folder()
        return self.path.parent

    def fault(self, key: Key, found: str, fix: str) -> Fault:
        """Return a fault of one of its settings."""
        line = line_of(self.lines, key)
        return Fault(file_name(self.path), found, fix, row=line, setting=".".join(key))


def find_file(name_or_path: str | Path, beside: Path = Path()) -> Path:
    """Return the path of a scenario: a shipped name, or a file (relative to `beside`).

    Raises
    ------
    ScenarioError
        Where it is neither.
    """
    if str(name_or_path) in shipped_scenarios():
        return SHIPPED / f"{name_or_path}.toml"
    path = beside / name_or_path
    if path.is_file():
        return path
    names = shipped_scenarios()
    close = get_close_matches(str(name_or_path), names, n=1)
    fix = f"Did you mean {close[0]!r}? " if close else ""
    fix += f"Give a TOML file or one of: {', '.join(names)}"
    raise ScenarioError([Fault("scenario", f"there is no scenario {str(name_or_path)!r}", fix)])


def load_file(path: Path) -> ScenarioFile:
    """Read one file.

    Raises
    ------
    ScenarioError
        Where it cannot be read or is not TOML.
    """
    name = file_name(path)
    try:
        # At once, since a file that ends within a byte-order mark would be read as an empty one.
        text = path.read_bytes().decode("utf-8-sig")
        return ScenarioFile(path, text, tomllib.loads(text), lines_of(text))
    except UnicodeDecodeError as error:
        fault = Fault(name, "it is not UTF-8 text", "Save the file as UTF-8 text")
        raise ScenarioError([fault]) from error
    except OSError as error:
        fault = Fault(name, f"it cannot be read ({error.strerror})", "Check the path")
        raise ScenarioError([fault]) from error
    except (ValueError, RecursionError) as error:  # a number may also be too long for Python
        line = re.search(r"line (\d+)", str(error))
        found = re.sub(r"\s*\(at .*\)", "", str(error))
        fix = "Correct that line: text goes in quotes, a list in [ ]"
        fault = Fault(name, found, fix, row=int(line[1]) if line else None, setting="")
        raise ScenarioError([fault]) from error


def load_chain(name_or_path: str | Path) -> list[ScenarioFile]:
    """Read a file and the files it extends, the furthest ancestor first.

    Raises
    ------
    ScenarioError
        Where one of them cannot be read, or they extend one another in a circle.
    """
    chain = [load_file(find_file(name_or_path))]
    while parent := chain[-1].tree.get("extends"):
        last = chain[-1]
        if not isinstance(parent, str):
            fix = "Give the name of a shipped scenario or a file, in quotes"
            raise ScenarioError([last.fault(("extends",), f"{parent!r} is not text", fix)])
        following = load_file(find_file(parent, beside=last.path.parent))
        if following.path.resolve() in [file.path.resolve() for file in chain]:
            found = f"{parent!r} also extends this scenario"
            fix = "Remove one of the extends, so that they do not form a circle"
            raise ScenarioError([last.fault(("extends",), found, fix)])
        chain.append(following)
    return chain[::-1]
