"""A plan as it is published: what is counted once, and for whom."""

from dataclasses import replace

import pytest

from cluster_geo.publish import Publication
from tests.briefs import disclosed
from tests.outputs import make_papers, make_world
from tests.test_audience import PUBLIC as BALANCED
from tests.test_audience import with_counts


@pytest.fixture(scope="module")
def world():
    return make_world()


def test_each_table_is_made_once(world):
    """Whoever asks again gets the same table, areas, colours and moves."""
    published = world.published(papers=make_papers(world))
    for name in ("clusters", "trusts", "areas", "colours", "moves"):
        assert getattr(published, name) is getattr(published, name)


def test_tables_are_of_the_clusters_and_their_codes(world):
    """Clusters, areas and colours go by the codes of the plan; trusts know the size's limit."""
    published = world.published()
    for found in (published.clusters.index, published.areas.index, published.colours):
        assert sorted(found) == list(world.plan.labels)
    assert published.largest == 8
    assert published.trusts["fewest"].notna().all()


def test_a_bare_plan_can_be_published(world):
    """Without rules, run or papers there is nothing to tell of them."""
    published = Publication(disclosed(world.county), world.plan)
    assert published.edition.title == "Plan of school clusters"
    assert published.largest is None
    assert published.moves is None


def test_schools_that_the_county_does_not_know_are_left_out(world):
    """A plan drawn by hand may name strangers: no page can say anything of them."""
    county = world.county.within(world.county.urns[1:])
    plan = Publication(disclosed(county), world.plan).plan
    assert sorted(plan.cluster_of) == list(county.urns)


def test_what_it_is_given_afterwards_is_withheld_too():
    """A change of one part makes another publication, and making one is what withholds."""
    world = with_counts({0: 4})
    published = world.published(BALANCED)
    again = replace(published, audit=world.audit, rulebook=world.rulebook)
    for found in (published, again):
        assert "balance.plans" not in set(found.audit.verdicts["rule"])
        assert "balance.plans" not in {rule.name for rule in found.rulebook.rules}
    assert again.audit.by_rule.equals(published.audit.by_rule)
