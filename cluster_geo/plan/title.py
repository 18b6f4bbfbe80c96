"""What a cluster is called."""

from __future__ import annotations

from collections.abc import Mapping


def title_of(code: str, names: Mapping[str, str]) -> str:
    """Return the name a person can say of the cluster with this code; the code if unnamed."""
    return names.get(code) or code
