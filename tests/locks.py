"""The lock files and the requirements of pyproject.toml, as the tests of them read them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock")
DOCS_LOCK = "requirements-docs.lock"
# One requirement a line, so that .ci/fresh finds the floors; why it is so stands beside it.
LINE = re.compile(r'^  "(?P<requirement>[^"]+)",(?: # (?P<reason>.+))?$', re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One package as a lock has it.

    Parameters
    ----------
    requirement : Requirement
        Its name, extras, version and marker.
    hashes : tuple of str
        SHA-256 of the files that may be installed.
    """

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The one version."""
        (only,) = self.requirement.specifier
        assert only.operator == "=="
        return only.version

    @property
    def marker(self) -> Marker | None:
        """Where it is installed; None for everywhere."""
        return self.requirement.marker


def locked(lock: str) -> dict[str, list[Pin]]:
    """Return a lock's pins by name of package: several where Pythons differ."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    text = re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", "")
    pins: dict[str, list[Pin]] = {}
    for line in text.splitlines():
        wanted, *hashes = line.split("--hash=sha256:")
        requirement = Requirement(wanted.strip())
        pin = Pin(requirement, tuple(h.strip() for h in hashes))
        pins.setdefault(canonicalize_name(requirement.name), []).append(pin)
    return pins


def project() -> dict:
    """Return the tables of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def required(*extras: str) -> list[Requirement]:
    """Return what the program needs, and what these extras need."""
    own = project()["project"]
    lists = [own["dependencies"], *(own["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(text) for texts in lists for text in texts]


def lines() -> list[tuple[Requirement, str]]:
    """Return each line of pyproject.toml that is a requirement, with the reason beside it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    part = text[text.index("\ndependencies = [") : text.index("\n[project.scripts]")]
    return [
        (Requirement(found["requirement"]), found["reason"] or "") for found in LINE.finditer(part)
    ]


def floor(requirement: Requirement) -> str | None:
    """Return the oldest version that a requirement allows; None where it names none."""
    floors = [s.version for s in requirement.specifier if s.operator == ">="]
    return floors[0] if len(floors) == 1 else None
