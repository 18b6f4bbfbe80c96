"""Requests in words: what a record, a page and a list of decisions call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_geo.phrases import counted, joined, listed
from cluster_geo.session import requests as asked
from cluster_geo.session.draft import Draft

# Schools that a sentence names; the rest are counted.
MOST_NAMED = 6


def words_of(request: asked.Request, draft: Draft, names: Mapping[int, str]) -> str:
    """Return what a request asks for, in one sentence without its full stop.

    Parameters
    ----------
    request : Request
    draft : Draft
        For the names of clusters.
    names : mapping of int to str
        Schools' names by URN.
    """
    words: str = getattr(_Words(draft, names), request.verb)(request)
    return words


@dataclass(frozen=True)
class _Words:
    """A sentence for each verb."""

    draft: Draft
    names: Mapping[int, str]

    def move(self, request: asked.Move) -> str:
        to: dict[str, list[int]] = {}
        for urn, code in request.to.items():
            to.setdefault(code, []).append(urn)
        parts = [f"{self._schools(to[code])} to {self._cluster(code)}" for code in sorted(to)]
        return f"Move {'; '.join(parts)}"

    def merge(self, request: asked.Merge) -> str:
        return f"Merge {self._cluster(request.code)} into {self._cluster(request.into)}"

    def split(self, request: asked.Split) -> str:
        called = f", called {request.name}" if request.name else ""
        return f"Make a cluster of {self._schools(request.urns)}{called}"

    def together(self, request: asked.Together) -> str:
        return f"Keep {self._schools(request.urns)} together"

    def apart(self, request: asked.Apart) -> str:
        return f"Keep {self._schools(request.urns)} apart"

    def release(self, request: asked.Release) -> str:
        return f"Keep {self._schools(request.urns)} neither together nor apart"

    def lock(self, request: asked.Lock) -> str:
        return f"Lock {self._cluster(request.code)}"

    def unlock(self, request: asked.Unlock) -> str:
        return f"Unlock {self._cluster(request.code)}"

    def rename(self, request: asked.Rename) -> str:
        return f"Call {self._cluster(request.code)} {request.name}"

    def meet(self, request: asked.Meet) -> str:
        place = request.venue or "its central school"
        return f"Have {self._cluster(request.code)} meet at {place}"

    def adjust(self, request: asked.Adjust) -> str:
        return f"Set {joined([f'{key} to {value}' for key, value in request.settings.items()])}"

    def _schools(self, urns: Iterable[int]) -> str:
        named = [self.names.get(urn, str(urn)) for urn in urns]
        if len(named) <= MOST_NAMED:
            return listed(named)
        return listed([*named[:MOST_NAMED], counted(len(named) - MOST_NAMED, "more school")])

    def _cluster(self, code: str) -> str:
        name = self.draft.name_of(code)
        return code if name == code else f"{name} ({code})"
