"""Two plans of the world with everything on it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cluster_geo.compare import Comparison, PlanFile, compare_plans
from cluster_geo.plan import Cluster, Plan
from tests.briefs import disclosed
from tests.harm import NAMES, world_of_harm
from tests.outputs import BRIEF, World, make_world
from tests.worlds import FIRST_URN


def compared(world: World, title: str = "second.csv") -> Comparison:
    """School 15 goes from the middle to the west; the second plan has codes of its own."""
    members = [list(cluster.members) for cluster in world.plan.clusters]
    members[1].remove(FIRST_URN + 14)
    members[0].append(FIRST_URN + 14)
    codes = (f"{title}-1", f"{title}-2", f"{title}-3")
    clusters = {
        code: Cluster(tuple(sorted(urns)), urns[0])
        for code, urns in zip(codes, members, strict=True)
    }
    after = Plan.coded(clusters, {codes[0]: f"{title} west"})
    first, second = PlanFile("first", world.plan), PlanFile(title, after)
    return compare_plans(disclosed(world.county, BRIEF), world.rulebook, first, second)


def compared_with_list(*, hostile: bool = False) -> Comparison:
    """Compare with a list of names, some misspelt, or with texts that are all out to do harm."""
    world = world_of_harm() if hostile else make_world()
    found = compared(world, NAMES[2] if hostile else "list.csv")
    rows = [("Scholl 2", "close name", FIRST_URN + 1), ("Nowhere High", "not matched", None)]
    if hostile:
        rows += [(name, "not matched", None) for name in NAMES]
    names = pd.DataFrame(
        {
            "school": [name for name, _, _ in rows],
            "cluster": "A",
            "urn": pd.array([urn for _, _, urn in rows], dtype="Int64"),
            "matched": ["School 2" if urn else "" for _, _, urn in rows],
            "how": [how for _, how, _ in rows],
            "likeness": pd.array([0.9] + [None] * (len(rows) - 1), dtype="Float64"),
            "note": [f"nearest: {name}" for name, _, _ in rows],
        },
        index=pd.RangeIndex(2, len(rows) + 2, name="row"),
    )
    return replace(found, after=replace(found.after, names=names))
