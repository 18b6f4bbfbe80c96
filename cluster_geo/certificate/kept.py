"""The claims that were found to hold, kept beside the certificate, so that checking can go on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cluster_geo.certificate.claims import Claim
from cluster_geo.certificate.document import CHECKED_FILE


class Kept:
    """Claims found to hold, a line each, by the hash of the certificate they belong to.

    Parameters
    ----------
    folder : Path
        If it cannot be written, nothing is kept, and `lost` says why.
    digest : str
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self._path = folder / CHECKED_FILE
        self._digest = digest
        self.lost = ""

    def earlier(self) -> set[Claim]:
        """Return the claims that were found to hold; a line cut short by a kill is skipped."""
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return set()
        found = set()
        for line in lines:
            with suppress(ValueError, TypeError):
                digest, leaf, hub = json.loads(line)
                if digest == self._digest:
                    found.add(Claim(int(leaf), int(hub)))
        return found

    def add(self, claims: Iterable[Claim]) -> None:
        """Keep claims that hold."""
        lines = [json.dumps([self._digest, *claim]) + "\n" for claim in claims]
        try:
            with self._path.open("a", encoding="ascii") as stream:
                stream.write("".join(lines))
        except OSError as error:
            self.lost = error.strerror or str(error)
