"""Limits on the number of clusters of a trust, from the names in a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from cluster_geo.errors import Fault
from cluster_geo.phrases import counted, listed
from cluster_geo.rules import MostClustersOfTrust
from cluster_geo.schools import Schools

SETTING = "trusts.most"
# Most names that a message suggests for a misspelt one.
MOST_SIMILAR = 3
# Words in most trusts' names, which do not help to recognise one.
COMMON = frozenset({"the", "trust"})


@dataclass(frozen=True)
class TrustGroups:
    """The trusts of a county's schools.

    Parameters
    ----------
    members_of : mapping of str to frozenset of int
        URNs by trust: by `trust_uid`, or by name if a planner's own table has no code.
    names : mapping of str to str
        Trusts' names by the same.
    """

    members_of: Mapping[str, frozenset[int]]
    names: Mapping[str, str]
    _keys_of: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys_of: dict[str, list[str]] = {}
        for key, name in self.names.items():
            keys_of.setdefault(_folded(name), []).append(key)
        object.__setattr__(self, "_keys_of", keys_of)

    @classmethod
    def of(cls, schools: Schools) -> TrustGroups:
        """Group the schools of a plan."""
        members_of, names = schools.groups_of("trust_uid", "trust")
        return cls(members_of, names)

    def found(self, text: str) -> list[str]:
        """Return the trusts with this UID or name, ignoring case."""
        if text.strip() in self.members_of:
            return [text.strip()]
        return self._keys_of.get(_folded(text), [])

    def title(self, key: str) -> str:
        """Return an unambiguous name of a trust: with its UID if two trusts share the name."""
        name = self.names[key]
        shared = len(self._keys_of[_folded(name)]) > 1
        # A name that itself ends like this could be mistaken for another trust's.
        return f"{name} (UID {key})" if shared or "(UID " in name else name

    def similar(self, text: str) -> list[str]:
        """Return names of trusts that a misspelt one may mean, the nearest first."""
        cores = {_core(name): name for name in self.names.values()}
        core = _core(text)
        close = get_close_matches(core, cores, n=MOST_SIMILAR)
        close += [other for other in sorted(cores) if core and core in other]
        return [cores[other] for other in dict.fromkeys(close)][:MOST_SIMILAR]


def limits_of(
    asked: Mapping[str, int | None], trusts: TrustGroups, faults: list[Fault]
) -> tuple[MostClustersOfTrust, ...]:
    """Return a rule for each trust whose clusters are limited.

    Parameters
    ----------
    asked : mapping of str to int or None
        Most clusters by trust, None for no limit.
    trusts : TrustGroups
    faults : list of Fault
        Faults are added for names that match no trust or several, and for pointless limits.
    """
    named_by: dict[str, str] = {}
    rules = []
    for text, most in asked.items():
        keys = trusts.found(text)
        wrong = _wrong(text, keys, trusts)
        if wrong is None and (other := named_by.setdefault(keys[0], text)) != text:
            wrong = f"it is the same trust as {other!r}", "Keep one of the two"
        if wrong is not None:
            faults.append(Fault("scenario", *wrong, setting=f"{SETTING}.{text}"))
        elif most is not None:
            key = keys[0]
            title = trusts.title(key)
            rules.append(MostClustersOfTrust(key, trusts.members_of[key], most, title))
    return tuple(sorted(rules, key=lambda rule: rule.trust))


def _wrong(text: str, keys: list[str], trusts: TrustGroups) -> tuple[str, str] | None:
    """Return what is wrong with a name and what to do; None if it names a trust to be limited."""
    if not keys:
        similar = [f"{name!r}" for name in trusts.similar(text)]
        fix = "Give the trust's name as in the register, or its UID"
        if similar:
            fix = f"Did you mean {' or '.join(similar)}?"
        return f"no school of the plan is in a trust {text!r}", fix
    if len(keys) > 1:
        uids = listed([f"{key} ({_schools(trusts, key)})" for key in keys])
        return (
            f"{len(keys):,} trusts are called {text!r}: {uids}",
            "Give the UID of the one you mean",
        )
    if len(trusts.members_of[keys[0]]) < 2:  # noqa: PLR2004 - one school sits in one cluster
        found = f"{trusts.names[keys[0]]} has only one school in the plan"
        return found, "Leave it out: one school sits in one cluster"
    return None


def _schools(trusts: TrustGroups, key: str) -> str:
    return counted(len(trusts.members_of[key]), "school")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _core(name: str) -> str:
    return " ".join(word for word in _folded(name).split() if word not in COMMON)
