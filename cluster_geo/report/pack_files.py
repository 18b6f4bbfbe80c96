"""What the pages of the packs are called: names that any disk and any link can carry."""

from __future__ import annotations

import re
from collections.abc import Iterable

INDEX = "index.html"
# Signs of a code that mean nothing to a file system, an address or a page.
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
# Longer names are refused by some disks.
LONGEST = 60


def school_file(urn: int) -> str:
    """Return the name of a school's page."""
    return f"school-{urn}.html"


def cluster_files(codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each cluster's pack by its code.

    Other signs than letters, figures, hyphens and underscores become a hyphen. Codes that would
    then have the same name, also on a disk that does not tell capitals apart, get a number.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(codes):
        stem = UNSAFE.sub("-", code)[:LONGEST].strip("-") or "unnamed"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        found[code] = f"cluster-{name}.html"
    return found
