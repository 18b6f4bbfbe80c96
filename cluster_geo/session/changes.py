"""What a request makes of a draft; what cannot be done at all is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cluster_geo.errors import Fault, InputError
from cluster_geo.naming import names_by_place, new_code
from cluster_geo.phrases import listed, named
from cluster_geo.session import requests as asked
from cluster_geo.session.draft import Draft, Group
from cluster_geo.session.judge import Judge


def changed(draft: Draft, request: asked.Request, judge: Judge) -> Draft:
    """Return the draft that a request leads to.

    It may break rules: that is for `Judge` to say and for the room to decide.

    Raises
    ------
    InputError
        Where the request cannot be done at all: a school or cluster is unknown or locked, a code
        is retired, a setting cannot be used.
    """
    faults = [*_unknown(draft, request, judge), *_locked(draft, request)]
    if faults:
        raise InputError(faults)
    return _MAKERS[type(request)](draft, request, judge)


def require_known(draft: Draft, request: asked.Request, judge: Judge) -> None:
    """Refuse a request about a school or a cluster that there is not.

    Raises
    ------
    InputError
        With every one of them.
    """
    if faults := list(_unknown(draft, request, judge)):
        raise InputError(faults)


def _move(draft: Draft, request: asked.Move, judge: Judge) -> Draft:
    to = {urn: code for urn, code in request.to.items() if draft.code_of.get(urn) != code}
    if not to:
        found = f"{_schools(request.to, judge)} would stay where they are"
        raise InputError([_fault(found, "Choose another cluster")])
    return _rearranged(draft, to, judge)


def _rearranged(draft: Draft, to: Mapping[int, str], judge: Judge) -> Draft:
    """Put schools into other clusters; the pins of those that move are taken away.

    What is decided last counts, and finishing pins them anew.
    """
    moved = draft.arranged(to, judge.rulebook_of(draft))
    leaving = {urn for urn, code in to.items() if draft.code_of.get(urn) != code}
    pinned = judge.pinned.intersection(leaving) - draft.unpinned
    return judge.with_hubs(moved.without_pins(pinned)) if pinned else moved


def _merge(draft: Draft, request: asked.Merge, judge: Judge) -> Draft:
    if request.code == request.into:
        raise InputError([_fault("a cluster cannot be merged with itself", "Choose another")])
    to = dict.fromkeys(draft.clusters[request.code].members, request.into)
    return _rearranged(draft, to, judge)


def _split(draft: Draft, request: asked.Split, judge: Judge) -> Draft:
    homes = {draft.code_of.get(urn, "") for urn in request.urns} - {""}
    if len(homes) == 1 and {*request.urns} == {*draft.clusters[min(homes)].members}:
        found = f"{draft.name_of(min(homes))} has no other schools"
        raise InputError([_fault(found, "Leave at least one school of it out")])
    cluster = judge.rulebook_of(draft).cluster(request.urns)
    code = new_code(cluster, judge.county, {*draft.clusters, *draft.plan.retired})
    parted = _rearranged(draft, dict.fromkeys(request.urns, code), judge)
    taken = parted.plan.names.values()
    if request.name in taken:
        found = f"another cluster is called {request.name!r}"
        raise InputError([_fault(found, "Choose another name")])
    own = {code: request.name} if request.name else None
    return parted.named(own or names_by_place({code: cluster.hub}, judge.county, taken=taken))


def _together(draft: Draft, request: asked.Together, judge: Judge) -> Draft:
    together = dict.fromkeys((*draft.together, _group(request.urns)))
    return judge.with_hubs(replace(draft, together=tuple(together)))


def _apart(draft: Draft, request: asked.Apart, judge: Judge) -> Draft:
    apart = dict.fromkeys((*draft.apart, _group(request.urns)))
    return judge.with_hubs(replace(draft, apart=tuple(apart)))


def _release(draft: Draft, request: asked.Release, judge: Judge) -> Draft:
    group = _group(request.urns)
    together, apart = (
        tuple(other for other in groups if other != group)
        for groups in (draft.together, draft.apart)
    )
    if (together, apart) == (draft.together, draft.apart):
        found = f"{_schools(request.urns, judge)} are neither kept together nor apart"
        raise InputError([_fault(found, "Name the schools of one such request, and no others")])
    return judge.with_hubs(replace(draft, together=together, apart=apart))


def _lock(draft: Draft, request: asked.Lock, judge: Judge) -> Draft:  # noqa: ARG001 - one face
    return replace(draft, locked=draft.locked | {request.code})


def _unlock(draft: Draft, request: asked.Unlock, judge: Judge) -> Draft:  # noqa: ARG001 - one face
    return replace(draft, locked=draft.locked - {request.code})


def _rename(draft: Draft, request: asked.Rename, judge: Judge) -> Draft:  # noqa: ARG001 - one face
    taken = {name for code, name in draft.plan.names.items() if code != request.code}
    if request.name in taken:
        found = f"another cluster is called {request.name!r}"
        raise InputError([_fault(found, "Choose another name")])
    return draft.named({request.code: request.name})


def _meet(draft: Draft, request: asked.Meet, judge: Judge) -> Draft:  # noqa: ARG001 - one face
    venues = {**draft.venues, request.code: request.venue}
    return replace(draft, venues={code: venue for code, venue in venues.items() if venue})


def _adjust(draft: Draft, request: asked.Adjust, judge: Judge) -> Draft:
    return judge.with_hubs(replace(draft, settings={**draft.settings, **request.settings}))


_MAKERS: dict[type, Callable[[Draft, Any, Judge], Draft]] = {
    asked.Move: _move,
    asked.Merge: _merge,
    asked.Split: _split,
    asked.Together: _together,
    asked.Apart: _apart,
    asked.Release: _release,
    asked.Lock: _lock,
    asked.Unlock: _unlock,
    asked.Rename: _rename,
    asked.Meet: _meet,
    asked.Adjust: _adjust,
}


def _unknown(draft: Draft, request: asked.Request, judge: Judge) -> Iterator[Fault]:
    """Yield a fault for each school that the county does not have, and each cluster."""
    for urn in sorted(urns_of(request) - {*judge.county.urns}):
        fix = judge.county.schools.identity.advice(urn, "Check the number")
        yield _fault(f"no school here has the URN {urn}", fix)
    for code in sorted(_codes(request) - draft.clusters.keys()):
        if code in draft.plan.retired:
            yield _fault(f"the cluster {code} is no more", "Choose another cluster")
        else:
            yield _fault(f"there is no cluster {code!r}", "Choose one of the plan's clusters")


def _locked(draft: Draft, request: asked.Request) -> Iterator[Fault]:
    """Yield a fault for each locked cluster that the request would change."""
    touched: set[str] = set()
    if isinstance(request, asked.Move):
        joining = {u: c for u, c in request.to.items() if draft.code_of.get(u) != c}
        touched = {draft.code_of.get(urn, "") for urn in joining} | set(joining.values())
    elif isinstance(request, asked.Merge):
        touched = {request.code, request.into}
    elif isinstance(request, asked.Split):
        touched = {draft.code_of[urn] for urn in request.urns if urn in draft.code_of}
    for code in sorted(touched & draft.locked):
        yield _fault(f"{draft.name_of(code)} ({code}) is locked", "Unlock it first")


def urns_of(request: asked.Request) -> set[int]:
    """Return the schools that a request names."""
    if isinstance(request, asked.Move):
        return set(request.to)
    return set(getattr(request, "urns", ()))


def _codes(request: asked.Request) -> set[str]:
    if isinstance(request, asked.Move):
        return set(request.to.values())
    return {getattr(request, name) for name in ("code", "into") if hasattr(request, name)}


def _group(urns: Iterable[int]) -> Group:
    return tuple(sorted(set(urns)))


def _schools(urns: Iterable[int], judge: Judge) -> str:
    return listed([named([urn], judge.county.schools.names) for urn in urns])


def _fault(found: str, fix: str) -> Fault:
    return Fault("request", found, fix)
