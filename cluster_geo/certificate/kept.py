"""The claims that were found to hold, kept beside the certificate, so that checking can go on.

Whoever sends a folder could send such a file too. So each line is signed with a key that only this
user's account has, and a line signed otherwise does not count.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cluster_geo.certificate.claims import Claim
from cluster_geo.certificate.document import CHECKED_FILE
from cluster_geo.own_key import own_key
from cluster_geo.version import __version__


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
        self._key = own_key()
        self.lost = "" if self._key else "there is no folder for a key of your own"

    def earlier(self) -> set[Claim]:
        """Return the claims that were found to hold; a line cut short by a kill is skipped."""
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return set()
        found = set()
        for line in lines:
            with suppress(ValueError, TypeError, OverflowError, RecursionError):
                digest, leaf, hub, signed = json.loads(line)
                claim = Claim(int(leaf), int(hub))
                mine = self._key and hmac.compare_digest(signed, self._signature(claim))
                if digest == self._digest and mine:
                    found.add(claim)
        return found

    def add(self, claims: Iterable[Claim]) -> None:
        """Keep claims that hold."""
        if not self._key:
            return
        lines = [
            json.dumps([self._digest, *claim, self._signature(claim)]) + "\n" for claim in claims
        ]
        try:
            with self._path.open("a", encoding="ascii") as stream:
                stream.write("".join(lines))
        except OSError as error:
            self.lost = error.strerror or str(error)

    def _signature(self, claim: Claim) -> str:
        """Sign a claim; what another version of the program has checked is checked again."""
        text = json.dumps([__version__, self._digest, *claim])
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
