"""The claims that were found to hold, kept beside the certificate, so that checking can go on.

Whoever sends a folder could send such a file too. So each line is signed with a key that only this
user's account has, and a line signed otherwise does not count.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from cluster_geo.certificate.claims import Claim
from cluster_geo.certificate.document import CHECKED_FILE
from cluster_geo.version import __version__

KEY_FILE = "verify.key"
KEY_BYTES = 32


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
        self._key = _key()
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


def _key() -> bytes:
    """Return the user's key, made when it is first needed; empty where no folder can keep it."""
    for home in _homes():
        with suppress(OSError):
            path = home / "cluster-geo" / KEY_FILE
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                draft = path.with_name(f".{KEY_FILE}.{os.getpid()}")
                with open(draft, "xb", opener=_private) as stream:
                    stream.write(secrets.token_bytes(KEY_BYTES))
                # A link, unlike a move, leaves the key of another call that was first.
                try:
                    os.link(draft, path)
                finally:
                    draft.unlink()
            key = path.read_bytes()
            if len(key) == KEY_BYTES:
                return key
    return b""


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _homes() -> Iterator[Path]:
    """Yield folders of the user's own, in which nobody else writes."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        yield Path(named)
    with suppress(RuntimeError):
        yield Path.home() / ".cache"
