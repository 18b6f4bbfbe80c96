"""Nine schools in a row, whose best new places can be found by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from cluster_geo.errors import InputError
from cluster_geo.provision import answer
from cluster_geo.provision.demand import demand_of, shares_of_phase
from cluster_geo.provision.lists import NO_LISTS, figures_of
from cluster_geo.provision.model import Solved
from cluster_geo.provision.search import curve_of, in_order
from cluster_geo.provision.sites import sites_of, travel_to
from cluster_geo.provision.ways import Areas, groups_of
from cluster_geo.provision.words import certainty_words, effect_words, outcome_words, taken_words
from cluster_geo.rules.ways_on import PathwayTerms
from tests.provision.towns import ask, halves, row_of_schools
from tests.worlds import FIRST_URN, draw_county

URNS = [FIRST_URN + k for k in range(9)]


def test_a_way_on_is_what_the_report_calls_one():
    """One definition: nearby provision counts where the scenario says so, and a team meets needs."""
    county = row_of_schools()
    asked = ask(new=1, places=8, alternatives=0)
    usual = answer(county, asked, areas=thirds(county))
    assert usual.today.outcome.gaps == ("One",)
    # The first primary is 3 km from the secondary that has places.
    for within, gaps in ((2.9, ("One",)), (3.0, ())):
        terms = PathwayTerms(within=within)
        found = answer(county, asked, areas=thirds(county), terms=terms)
        assert found.today.outcome.gaps == gaps
        assert f"within {within:g} km counts as a way on too;" in " ".join(found.words)
    team = answer(county, asked, areas=thirds(county), terms=PathwayTerms(by_team=("ASD",)))
    assert team.today.outcome.gaps == ()
    assert "A travelling team meets ASD" in " ".join(team.words)


def test_a_new_provision_nearby_is_a_way_on_for_another_cluster():
    """Where the scenario counts what is near, a site outside the cluster may close its gap."""
    county = row_of_schools(srp={FIRST_URN + 3: False})
    sites, _ = sites_of(county, ask(new=1, share=0.5), NO_LISTS)
    places = {site.urns: j for j, site in enumerate(sites)}
    asked = ask(new=1, share=0.5)
    (usual,), _ = groups_of(county, asked, sites, thirds(county))
    (near,), _ = groups_of(county, asked, sites, thirds(county), PathwayTerms(within=5.0))
    assert usual.sites == (places[URNS[1],],)
    assert set(near.sites) == {places[URNS[k],] for k in (1, 3, 5)}


def thirds(county) -> Areas:
    """Return three clusters of three schools."""
    u = county.urns
    return Areas(
        "cluster",
        {"One": frozenset(u[:3]) - {u[2]}, "Two": frozenset(u[2:6]), "Three": frozenset(u[6:])},
    )


def test_what_is_proven_of_a_choice_holds_in_the_order_shown():
    """A choice that moves up is no longer measured from those that are now behind it."""
    nothing = np.zeros((0, 0)), np.zeros(0), ()
    found = [Solved((k,), cost, bound, *nothing) for k, cost, bound in (
        (0, 10.0, 9.0), (1, 14.0, 11.0), (2, 12.0, 12.0))]  # fmt: skip
    shown = [(one.chosen, one.cost, one.bound) for one in in_order(found)]
    assert shown == [((0,), 10.0, 9.0), ((2,), 12.0, 11.0), ((1,), 14.0, 11.0)]
    first = in_order([found[1], found[0]])
    assert [(one.chosen, one.bound) for one in first] == [((0,), 9.0), ((1,), 11.0)]


def test_pupils_live_where_those_outside_srps_do():
    """As many as there are places, 20: the two schools whose ten are all in the SRP add none."""
    county, asked = row_of_schools(), ask()
    sites, _ = sites_of(county, asked, NO_LISTS)
    demand = demand_of(county, asked, NO_LISTS, sites)
    assert demand.total == pytest.approx(20)
    assert demand.pupils == pytest.approx([0, 20 / 7, 20 / 7, 0, *[20 / 7] * 5])
    assert (
        "as many pupils need a secondary place for ASD as there are such places"
        in (demand.words[0])
    )


def test_pupils_of_the_phase_alone():
    """Three secondaries have others than those in the SRP."""
    county, asked = row_of_schools(), ask(homes="phase", share=0.3)
    demand = demand_of(county, asked, NO_LISTS, sites_of(county, asked, NO_LISTS)[0])
    assert demand.pupils == pytest.approx([0, 4, 0, 0, 0, 4, 0, 0, 4])
    assert "30 % of the 40 pupils with an EHCP in secondary schools" in demand.words[0]


def test_an_all_through_school_is_shared_by_year_groups():
    """From 4 to 16: seven years of twelve are primary; a sixth form adds none."""
    county = draw_county("p a s", columns={"age_high": {FIRST_URN + 1: 18.0}})
    assert shares_of_phase(county, "primary") == pytest.approx([1, 7 / 12, 0])
    assert shares_of_phase(county, "secondary") == pytest.approx([0, 5 / 12, 1])


def test_a_school_without_a_count_counts_as_none_and_is_said():
    """It is not guessed."""
    county, asked = row_of_schools(ehcp={URNS[8]: math.nan}), ask()
    demand = demand_of(county, asked, NO_LISTS, sites_of(county, asked, NO_LISTS)[0])
    assert demand.pupils[8] == 0
    assert any("1 school without a known count" in words for words in demand.words)


def test_who_says_nothing_of_the_number_is_asked_for_it():
    """No places for the need, and no counts at all."""
    county = row_of_schools()
    with pytest.raises(InputError, match="no secondary places for HI to judge the need by"):
        answer(county, ask(need="HI"))
    unknown = row_of_schools(ehcp=dict.fromkeys(URNS, math.nan))
    with pytest.raises(InputError, match="no school has a count of pupils with an EHCP"):
        answer(unknown, ask())


def test_the_best_new_place_of_a_row():
    """The last school is worth more than the second: more pupils live there."""
    county = row_of_schools()
    found = answer(county, ask(new=1, places=8, alternatives=1), areas=halves(county))
    (taken,) = found.best.sites
    assert taken.site.urns == (URNS[8],)
    assert taken.areas == ("East",)
    assert taken.pupils == pytest.approx(8)
    # The last two homes, and eight less those of the third from the end.
    each = 20 / 7
    assert taken.journey == pytest.approx((each * (0 + 1) + (8 - 2 * each) * 2) / 8)
    today = each * (2 + 1 + 1 + 2 + 3 + 4 + 5)
    assert found.today.cost == pytest.approx(today)
    saved = each * 5 + each * (4 - 1) + (8 - 2 * each) * (3 - 2)
    assert found.best.cost == pytest.approx(today - saved)
    assert found.best.bound == pytest.approx(found.best.cost)
    assert certainty_words(found, found.best).startswith("No choice scores less")
    second = found.choices[1]
    assert second.cost >= found.best.cost
    assert certainty_words(found, second).startswith("No other choice that differs")


def test_the_worth_of_each_step_adds_up_to_what_all_save():
    """Each lies between its limits, which are exact where all is proven."""
    county = row_of_schools()
    found = answer(county, ask(new=3, places=8, alternatives=0))
    assert [step.measures for step in found.curve] == [0, 1, 2, 3]
    assert found.curve[0].least is None
    worth = [step.most for step in found.curve[1:]]
    assert sum(worth) == pytest.approx(found.today.cost - found.best.cost, abs=0.1)
    assert all(step.least <= step.most for step in found.curve[1:])
    assert [step.cost for step in found.curve] == sorted(
        (s.cost for s in found.curve), reverse=True
    )


def test_the_worth_of_a_step_that_is_not_proven_is_as_wide_as_what_is_known():
    """The least is from what is proven before to what was found, the most the other way round."""
    before, after = (
        Solved((), cost, bound, np.zeros((1, 1)), np.zeros(1), ())
        for cost, bound in ((100.0, 90.0), (70.0, 65.0))
    )
    first, second = curve_of([before, after])
    assert (first.least, first.most) == (None, None)
    assert (second.least, second.most) == (20.0, 35.0)


def test_what_is_proven_of_more_measures_is_proven_of_fewer():
    """No bound of the curve is above that of a step before, nor above its own cost."""
    county = row_of_schools()
    found = answer(county, ask(new=3, places=8, alternatives=0, accuracy=0.5))
    bounds = [step.bound for step in found.curve]
    assert bounds == sorted(bounds, reverse=True)
    assert all(step.bound <= step.cost for step in found.curve)


def test_a_pathway_is_worth_its_price():
    """A primary SRP alone in the east: for 1,000 the new place goes there, for nothing it may not."""
    county = row_of_schools(
        srp={URNS[7]: True}, srp_needs={URNS[7]: "ASD"}, srp_places={URNS[7]: 5.0}
    )
    west = ask(new=1, places=8, gap=0, alternatives=0, homes="phase")
    county.schools.table["ehcp"] = [0.0, 90.0, 0, 10, 0, 1, 0, 0, 1]
    cheap = answer(county, west, areas=halves(county))
    assert cheap.best.sites[0].areas == ("West",)
    assert cheap.best.outcome.gaps == ("East",)
    assert "1 cluster has a primary provision and no pathway: East" in outcome_words(
        cheap, cheap.today, 5
    )
    dear = answer(county, replace(west, gap=1000), areas=halves(county))
    assert dear.best.sites[0].areas == ("East",)
    assert dear.best.outcome.gaps == ()
    assert list(effect_words(dear, dear.best)) == ["1 cluster would gain a pathway: East."]


def test_a_new_primary_place_may_open_a_gap():
    """Where there is no secondary one, a primary provision has no pathway: that counts too."""
    county = row_of_schools()
    asked = ask(phase="primary", new=1, places=8, gap=0, alternatives=0)
    far = answer(county, asked, areas=halves(county))
    assert far.best.sites[0].areas == ("East",)
    assert far.best.outcome.gaps == ("East",)
    near = answer(county, replace(asked, gap=1000), areas=halves(county))
    assert near.best.sites[0].areas == ("West",)
    assert near.best.outcome.gaps == ()


def test_more_places_where_there_are_some():
    """With twice as many pupils as places, ten more places serve ten more."""
    county = row_of_schools()
    found = answer(county, ask(new=0, expand=1, by=10, share=1.0, alternatives=0))
    assert found.today.outcome.without == pytest.approx(20)
    assert found.best.outcome.without == pytest.approx(10)
    assert taken_words(found, found.best.sites[0]).startswith(
        f"School 4 ({URNS[3]}): 10 more places, 10.0 pupils"
    )


def test_spare_places_of_another_need_may_be_changed():
    """Twelve of them: at the last school, where an SRP for SLCN has eight of twenty pupils."""
    county = row_of_schools(
        srp={URNS[8]: True}, srp_needs={URNS[8]: "SLCN"},
        srp_places={URNS[8]: 20.0}, srp_on_roll={URNS[8]: 8.0},
    )  # fmt: skip
    found = answer(county, ask(new=0, change=1, alternatives=0), spare=True)
    (taken,) = found.best.sites
    assert (taken.site.kind, taken.site.urns, taken.site.places) == ("changed", (URNS[8],), 12)
    spare = {one.urn: one for one in found.spare}
    assert spare[URNS[8]].for_need == "ASD"
    assert spare[URNS[8]].worth == pytest.approx(found.today.cost - found.best.cost, abs=0.1)
    assert spare[URNS[3]].spare == 10


def test_spare_places_that_are_not_known_are_said_to_be_left_out():
    """Withheld or unknown: nobody takes them for none or for some."""
    county = row_of_schools(
        srp={URNS[5]: True, URNS[8]: True}, srp_needs={URNS[5]: "HI", URNS[8]: "HI"},
        srp_places={URNS[5]: 9.0, URNS[8]: 9.0}, srp_on_roll={URNS[8]: 4.0},
    )  # fmt: skip
    found = answer(county, ask(new=0, change=2, alternatives=0), spare=True)
    assert any("1 SRP for other needs is left out" in words for words in found.words)
    assert {one.urn for one in found.spare} == {URNS[3], URNS[8]}


def test_places_of_several_needs_are_shared_out():
    """Two needs, 20 places: ten are for ASD, and that is said."""
    county = row_of_schools(srp_needs={URNS[3]: "ASD|SLCN"})
    sites, words = sites_of(county, ask(), NO_LISTS)
    assert sites[0].places == 10
    assert "shared equally" in words[0]


def test_places_that_are_not_known_count_as_none_by_name():
    """No invented figure."""
    county = row_of_schools(
        srp={URNS[8]: True}, srp_needs={URNS[8]: "ASD"}, srp_places={URNS[8]: math.nan}
    )
    sites, words = sites_of(county, ask(), NO_LISTS)
    assert [site.urns for site in sites if not site.kind] == [(URNS[3],)]
    assert f"count as none: School 9 ({URNS[8]})" in words[-1]


def test_selective_schools_may_be_left_out():
    """As sites of a new provision; the places that they have stay."""
    county = row_of_schools(admissions=dict.fromkeys((URNS[3], URNS[8]), "Selective"))
    sites, words = sites_of(county, ask(selective=False), NO_LISTS)
    assert [site.urns[0] for site in sites] == [URNS[3], URNS[1], URNS[5]]
    assert "2 selective schools are left out" in words[0]


def test_no_school_could_have_one():
    """The message says which part of the question finds no school."""
    county = row_of_schools()
    with pytest.raises(InputError, match="no secondary school could have spare places"):
        answer(county, ask(change=1))


def test_the_same_question_has_the_same_answer():
    """To the last figure."""
    county = row_of_schools()
    first, second = (answer(county, ask(new=2), areas=halves(county)) for _ in range(2))
    assert first.choices == second.choices
    assert first.curve == second.curve


def test_travel_is_from_home_to_the_nearest_school_of_a_site():
    """A provision of two schools is where either of them is; a team comes to the pupils."""
    county = row_of_schools()
    sites, _ = sites_of(county, ask(), NO_LISTS)
    two = replace(sites[0], urns=(URNS[0], URNS[8]))
    team = replace(sites[0], urns=())
    travel = travel_to(county, [two, team])
    assert travel[:, 0] == pytest.approx([0, 1, 2, 3, 4, 3, 2, 1, 0])
    assert (travel[:, 1] == 0).all()
    assert np.isfinite(list(figures_of(county, "ehcp").values())).all()
