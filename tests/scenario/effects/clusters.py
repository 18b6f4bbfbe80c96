"""Settings of `clusters`: how many, how large, what each must hold, and what it is called."""

from __future__ import annotations

from cluster_geo.scenario import papers_of
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import Town, strengths


@sets("clusters.count")
def count(town: Town) -> None:
    """A plan of too few or too many clusters breaks a rule over it; both ends are allowed."""
    four = ((1, 2), (3, 4), (5, 6), (7, 8))
    three, two = ((1, 2, 3, 4), (5, 6), (7, 8)), ((1, 2, 3, 4), (5, 6, 7, 8))
    for asked, kept in (
        ("free", (True, True, True)),
        ("3", (False, True, False)),
        ("2:3", (False, True, True)),
        ("3:4", (True, True, False)),
    ):
        found = tuple(town.sums_kept(*plan, clusters__count=asked) for plan in (four, three, two))
        assert found == kept, asked


@sets("clusters.size")
def size(town: Town) -> None:
    """A cluster has no fewer and no more schools than asked; both ends are allowed."""
    for asked, low, high in (("2:3", 2, 3), ("4", 4, 4), ("1:8", 1, 8)):
        for number in range(1, 9):
            kept = town.kept("size", *range(1, number + 1), clusters__size=asked)
            assert kept == (low <= number <= high)
    assert not town.kept("size", *range(1, 8))
    assert town.kept("size", *range(1, 9))


@sets("clusters.primaries")
def primaries(town: Town) -> None:
    """The least number of primaries is one of primaries: secondaries do not fill it."""
    two = {"clusters__primaries": 2}
    assert not town.kept("phases", 1, 2, 7, **two)
    assert town.kept("phases", 1, 2, 3, **two)
    assert town.kept("phases", 1, 4, **two), "an all-through school is a primary, too"
    assert town.kept("phases", 2, 7, clusters__primaries=0)
    assert not town.kept("phases", 2, 7)


@sets("clusters.secondaries")
def secondaries(town: Town) -> None:
    """The least number of secondaries is one of secondaries: primaries do not fill it."""
    two = {"clusters__secondaries": 2}
    assert not town.kept("phases", 1, 3, 2, **two)
    assert town.kept("phases", 1, 2, 7, **two)
    assert town.kept("phases", 2, 4, **two), "an all-through school is a secondary, too"
    assert town.kept("phases", 1, 3, clusters__secondaries=0)
    assert not town.kept("phases", 1, 3)


@sets("clusters.names")
def names(town: Town) -> None:
    """A cluster is called, and meets, as the planner's list says by its code."""
    listed = town.file("names.csv", "code,name,venue", "WES-01,Hill Top,Old Mill")
    plan = ((1, 2, 5, 6), (3, 4, 7, 8))
    before, after = town.named(*plan), town.named(*plan, clusters__names=listed)
    assert sorted(after.codes) == sorted(before.codes) == ["EAS-01", "WES-01"]
    assert after.names == before.names | {"WES-01": "Hill Top"} != before.names
    asked = town.scenario(clusters__names=listed)
    assert papers_of(town.county(clusters__names=listed), asked).venues == {"WES-01": "Old Mill"}


@sets("clusters.non_selective.rule")
def non_selective_rule(town: Town) -> None:
    """A cluster whose only secondary selects is refused, charged or shown."""
    name = "clusters__non_selective"
    strengths(town, name, "non-selective", (3, 7), 10.0)
    assert town.verdict("non-selective", 2, 7, **{f"{name}__rule": "hard"}).kept


@sets("clusters.non_selective.weight")
def non_selective_weight(town: Town) -> None:
    """The price of a cluster without a secondary that any child can enter."""
    weighed = {"clusters__non_selective__rule": "priced", "clusters__non_selective__weight": 4.5}
    assert town.verdict("non-selective", 3, 7, **weighed).price == 4.5
    assert town.verdict("non-selective", 1, 3, **weighed).price == 4.5
    assert town.verdict("non-selective", 2, 3, 7, **weighed).price == 0
