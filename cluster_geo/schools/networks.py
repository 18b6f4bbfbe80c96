"""Networks of schools from the planner's own list: partnerships, alliances, transport links."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import Notice
from cluster_geo.schools.headings import read_list, urns_of
from cluster_geo.schools.table import Schools
from cluster_geo.schools.typed import to_number

SYNONYMS = {"urn": ("schoolurn",), "network": ("networkname", "group"), "weight": ("price",)}
REQUIRED = {"urn": "which school (URN)", "network": "the network it is in"}


@dataclass(frozen=True, slots=True)
class Network:
    """Schools that work together.

    Parameters
    ----------
    name : str
    members : frozenset of int
        URNs of its schools in the plan; a school may be in several networks.
    weight : float or None
        Price of each cluster beyond the first that it sits in (km); None if the file gives
        none and the scenario's price applies.
    """

    name: str
    members: frozenset[int]
    weight: float | None = None


@dataclass(frozen=True)
class Networks:
    """Networks from the planner's file, by name.

    Parameters
    ----------
    networks : tuple of Network
        Those with at least one school in the plan, in order of their names.
    notices : tuple of Notice
        Members left out because they are not in the plan.
    """

    networks: tuple[Network, ...]
    notices: tuple[Notice, ...] = field(default=())


def read_networks(path: str | Path, schools: Schools) -> Networks:
    """Read a planner's networks.

    Parameters
    ----------
    path : str or Path
        CSV with `urn`, `network` and, if it differs from the scenario's, `weight` (km), which
        one row of a network may give for all.
    schools : Schools
        Schools of the plan; others are left out and listed.

    Raises
    ------
    InputError
        Invalid URNs, networks without a name, a school twice in one network, a network
        with two weights, weights below 0.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    urns = urns_of(frame, "urn", path, faults)
    for row, _text in cells(frame.loc[frame["network"] == "", "network"]):
        faults.append(Fault(name, "the network has no name", "Write one", row, "network"))
    doubled = pd.DataFrame({"urn": urns, "network": frame["network"]}).duplicated() & (urns != 0)
    for row, text in cells(frame.loc[doubled, "urn"]):
        found = f"URN {text} appears twice in one network"
        faults.append(Fault(name, found, "Keep one row", row, "urn"))
    weights = _weights(frame, name, faults)
    if faults:
        raise InputError(faults)
    now = schools.identity.carried_rows(frame.assign(urn=urns), ["urn"], name)
    in_plan = now["urn"].isin(schools.table.index)
    notices = tuple(
        Notice("network", f"URN {urn} of network {network} is not in the plan", int(urn))
        for urn, network in zip(now.loc[~in_plan, "urn"], now.loc[~in_plan, "network"], strict=True)
    )
    networks = tuple(
        Network(str(key), frozenset(int(urn) for urn in members), weights.get(str(key)))
        for key, members in now[in_plan].groupby("network", sort=True)["urn"]
    )
    return Networks(networks, notices)


def _weights(frame: pd.DataFrame, name: str, faults: list[Fault]) -> dict[str, float]:
    """Return the weight of each network that has one."""
    weights: dict[str, float] = {}
    for (row, text), network in zip(cells(frame["weight"]), frame["network"], strict=True):
        if not text:
            continue
        weight = to_number(text)
        if weight is None or not weight >= 0:
            fix = "Write a weight in km of travel, 0 or more, or leave it blank"
            faults.append(Fault(name, f"{text!r} is not a weight", fix, row, "weight"))
        elif weights.setdefault(network, weight) != weight:
            found = f"{network} has the weights {weights[network]:g} and {weight:g}"
            faults.append(Fault(name, found, "Give a network one weight", row, "weight"))
    return weights
