"""A secondary that a child of any ability can enter at 11, in each cluster."""

from __future__ import annotations

import math
from collections.abc import Mapping

from cluster_geo.records import Notice
from cluster_geo.rules.presence import Presence, Wording
from cluster_geo.schools import Schools

ENTRY_AGE = 11
OPEN = Wording(
    lacking="no secondary that a child of any ability can enter at 11",
    one="a secondary open to all",
    what="secondaries that a child of any ability can enter at 11",
    sentence="each cluster has a secondary that a child of any ability can enter",
    wish="each cluster has a secondary school that any child can enter at 11",
    heading="A secondary school open to children of any ability",
    setting="clusters.non_selective",
)


def non_selective(
    served: frozenset[int],
    price: float = 0.0,
    *,
    hard: bool = False,
    secondaries: frozenset[int] = frozenset(),
    names: Mapping[int, str] | None = None,
    name: str = "non-selective",
) -> Presence:
    """Make the rule that each cluster has a secondary open to all.

    If a cluster's only secondary is a grammar school, most pupils of its primaries move to
    secondary schools in other clusters.

    Parameters
    ----------
    served : frozenset of int
        URNs of the secondaries any child can enter at 11; see `open_to_all`.
    price : float
        Per cluster without one, in the currency of travel; 0 to show only.
    hard : bool
        Whether a cluster without one is refused; then nothing is charged.
    secondaries : frozenset of int, optional
        All secondaries, so that messages can name those that are not open to all.
    names : mapping of int to str, optional
        Schools' names, for the words.
    name : str
    """
    return Presence(name, served, price, hard, OPEN, others=secondaries, names=names or {})


def open_to_all(schools: Schools) -> tuple[frozenset[int], tuple[Notice, ...]]:
    """Find the secondaries that a child of any ability can enter at 11.

    Their admissions are not "Selective" and their lowest age is at most 11. A school without an
    admissions policy in the register counts as non-selective, and one without a lowest age as one
    that admits children at 11; both are reported.

    Returns
    -------
    frozenset of int
        URNs, all-through schools among them.
    tuple of Notice
        One for each blank.
    """
    found = []
    notices = []
    table = schools.table.loc[sorted(schools.secondaries)]
    for urn, name, admissions, age_low in zip(
        sorted(schools.secondaries),
        table["name"].astype(str),
        table["admissions"].astype(str),
        table["age_low"].astype(float),
        strict=True,
    ):
        if not admissions:
            text = f"{name} ({urn}) has no admissions policy on record: counted as non-selective"
            notices.append(Notice("admissions", text, urn))
        if math.isnan(age_low):
            text = f"{name} ({urn}) has no lowest age on record: counted as admitting at 11"
            notices.append(Notice("admissions", text, urn))
        if admissions != "Selective" and not age_low > ENTRY_AGE:
            found.append(urn)
    return frozenset(found), tuple(notices)
