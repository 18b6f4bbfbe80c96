"""What is impossible in real Kent, explained: Sevenoaks, its neighbours, and a federation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.explain.ask import Asker
from cluster_geo.explain.healer import Healer
from cluster_geo.explain.loosen import swapped
from cluster_geo.explain.reasons import find_reason
from cluster_geo.explain.trusts import fewest_clusters
from cluster_geo.rules import Size, Trusts, find_clashes, rulebook_within
from cluster_geo.scenario import load_county, read_scenario, rulebook_of

pytestmark = pytest.mark.real

# Work, not seconds: the answer is then the same on any machine, however busy.
WORK = 16_000


@pytest.fixture(scope="module")
def scenario(real_data):
    """The benchmark with districts hard, and the council's Areas known."""
    settings = {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "boundaries.district.rule": "hard",
        "boundaries.area.of": "district",
        "boundaries.area.groups": real_data / "reference" / "kent_districts_kcc_areas.csv",
        "clusters.count": "free",
    }
    return read_scenario("kent-benchmark", settings)


@pytest.fixture(scope="module")
def kent(scenario):
    return load_county(scenario)


@pytest.fixture(scope="module")
def rulebook(scenario, kent):
    return rulebook_of(kent, scenario)


def schools_of(county, *districts):
    table = county.schools.table
    return frozenset(int(u) for u in table.index[table["district"].isin(districts)])


@pytest.fixture(scope="module")
def sevenoaks(kent, rulebook):
    """Sevenoaks beside Dartford, why it cannot be, and who found that out."""
    near = kent.within(schools_of(kent, "Sevenoaks", "Dartford"))
    book = rulebook_within(rulebook, near)
    asker = Asker(work=WORK, threads=1)
    return near, book, asker, find_reason(asker, near, book, schools_of(kent, "Sevenoaks"))


def test_sevenoaks_is_explained_with_its_numbers(sevenoaks):
    """Forty-five schools, three secondaries: three demands, each of them needed."""
    *_, reason = sevenoaks
    (words,) = reason.words
    assert words == (
        "Sevenoaks: 45 schools need at least 4 clusters of at most 14, but have 3 with a "
        "secondary phase, enough for 3."
    )
    assert {(d.rule, d.part) for d in reason.demands} == {
        ("size", "high"),
        ("phases", "secondaries"),
        ("district", ""),
    }
    assert reason.proof == "counting"
    assert reason.smallest
    assert set(reason.needed) == set(reason.demands)


@pytest.mark.nightly
def test_sevenoaks_has_three_kinds_of_cure(sevenoaks):
    """Fifteen schools, one cluster without a secondary, or a neighbour in the same Area."""
    near, book, asker, reason = sevenoaks
    (cures,) = Healer(asker, near, book).cures([reason])
    sentences = {cure.words.partition(":")[0] for cure in cures}
    assert "allow clusters of up to 15 schools" in sentences
    assert "allow 1 cluster without a secondary school" in sentences
    assert any("Dartford" in words and "join a cluster of" in words for words in sentences)
    assert all(cure.same_area for cure in cures)
    assert all(cure.score is not None for cure in cures)


def test_a_federation_across_two_districts_is_two_demands(kent, rulebook):
    """Greatstone and Repton Manor: the federation, or the boundary."""
    federations = next(rule for rule in rulebook.rules if rule.name == "federations")
    rulebook = swapped(rulebook, federations, replace(federations, hard=True))
    (clash,) = [c for c in find_clashes(kent, rulebook) if "federations" in c.rules]
    asker = Asker(work=WORK, threads=1)
    reason = find_reason(asker, kent, rulebook, clash.schools, clash.rules, tied=True)
    assert {d.rule for d in reason.demands} == {"federations", "district"}
    assert reason.irreducible
    assert "Greatstone Primary School" in reason.words[0]


@pytest.mark.nightly
def test_a_federation_across_two_districts_has_three_cures(kent, rulebook):
    """Apart, or schools on the way between them in clusters of either district."""
    near = kent.within(schools_of(kent, "Ashford", "Folkestone and Hythe"))
    federations = next(rule for rule in rulebook.rules if rule.name == "federations")
    book = swapped(rulebook, federations, replace(federations, hard=True))
    book = rulebook_within(book, near)
    (clash,) = find_clashes(near, book)
    asker = Asker(work=WORK, threads=1)
    reason = find_reason(asker, near, book, clash.schools, clash.rules, tied=True)
    (cures,) = Healer(asker, near, book).cures([reason])
    assert [cure.words.partition(" ")[0] for cure in cures].count("do") == 1
    assert len([cure for cure in cures if " of Ashford join a cluster of " in cure.words]) >= 1
    assert len(cures) >= 3
    assert all(cure.score is not None for cure in cures)


def test_districts_alone_clash_in_sevenoaks_alone(kent, rulebook):
    """Of twelve districts one cannot be; with federations hard, one federation more."""
    (clash,) = find_clashes(kent, rulebook)
    assert clash.schools == schools_of(kent, "Sevenoaks")
    federations = next(rule for rule in rulebook.rules if rule.name == "federations")
    both = swapped(rulebook, federations, replace(federations, hard=True))
    sentences = [found.words for found in find_clashes(kent, both)]
    assert len(sentences) == 2
    assert any(
        "Greatstone Primary School" in words and "Repton Manor" in words for words in sentences
    )
    assert clash.words in sentences


def test_pcns_are_counted_out(real_data):
    """Of 37 PCNs six cannot be cut by counting alone; three of them have no secondary at all."""
    settings = {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "boundaries.pcn.file": real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson",
        "boundaries.pcn.rule": "hard",
        "clusters.count": "free",
    }
    asked = read_scenario("kent-benchmark", settings)
    county = load_county(asked)
    rulebook = rulebook_of(county, asked)
    assert len(set(county.layers["pcn"].zone_of.values())) == 37
    anywhere = tuple(rule for rule in rulebook.rules if rule.name != "one piece")
    clashes = find_clashes(county, replace(rulebook, rules=anywhere))
    assert len({c.schools for c in clashes}) == 37 - 31
    assert len({c.schools for c in clashes if " 0 with a secondary" in c.words}) == 3
    sentences = {c.words for c in find_clashes(county, rulebook)}
    assert (
        "Weald PCN: 17 schools need at least 2 clusters of at most 14, but have 1 with a secondary "
        "phase, enough for 1."
    ) in sentences
    assert "The Marsh PCN: 4 schools cannot be cut into clusters of 8 to 14." in sentences


def test_the_fewest_clusters_of_the_largest_trust(kent, rulebook):
    """Twenty-six schools over 88 km cannot sit in two clusters of fourteen, size alone says."""
    trusts = next(rule for rule in rulebook.rules if isinstance(rule, Trusts))
    largest = max(trusts.members_of.values(), key=len)
    size = next(rule for rule in rulebook.rules if isinstance(rule, Size))
    assert len(largest) == 26
    floor = fewest_clusters(sorted(largest), kent, rulebook, longest=15.0)
    assert -(-26 // size.high) < floor <= 26
