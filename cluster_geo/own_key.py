"""A key of this user's account: nobody else can make what is signed or hashed with it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

KEY_FILE = "verify.key"
KEY_BYTES = 32


def own_key() -> bytes:
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
