"""The packs: what each page shows, that links lead somewhere, and that no text does harm."""

import re
from dataclasses import replace

import pytest

from cluster_geo.plan import Wave
from cluster_geo.report.pack_facts import PackFacts
from cluster_geo.report.pack_files import cluster_files
from cluster_geo.report.packs import packs_of
from cluster_geo.scenario.funding import FundingSection, pot_of
from tests.harm import NAMES, brief_of_harm, seen, world_of_harm
from tests.markup import SCRIPT, markup_of, unescaped, words_of
from tests.outputs import BRIEF, make_papers, make_world
from tests.worlds import FIRST_URN


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def published(world):
    """The world with a version before, and a cluster that starts later than the others."""
    waves = {"SQU-02": Wave("2027-01-04", "Second")}
    return world.published(papers=replace(make_papers(world), waves=waves))


@pytest.fixture(scope="module")
def pages(published):
    return packs_of(published)


@pytest.fixture(scope="module")
def harm():
    """The pages of the world of hostile names."""
    return packs_of(world_of_harm().published(brief_of_harm()))


def test_each_cluster_and_each_school_has_one_page(pages, world):
    """The list is the first."""
    urns = sorted(world.plan.cluster_of)
    assert list(pages)[:4] == ["index.html", *(f"cluster-{code}.html" for code in world.plan.codes)]
    assert sorted(pages)[4:] == [f"school-{urn}.html" for urn in urns]


def test_links_lead_to_other_pages_of_the_packs_alone(pages, harm):
    """To no other address, and to no page that is not there."""
    for made in (pages, harm):
        for name, page in made.items():
            found = set(re.findall(r'href="([^"#][^"]*)"', markup_of(page)))
            assert found <= set(made), name
            anchors = re.findall(r'<a class="skip" href="#([^"]+)"', page)
            assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_a_page_lists_the_other_schools_and_not_the_school_itself(pages, world):
    """Each with its phase."""
    names = world.county.schools.names
    first = world.plan.clusters[0].members
    text = words_of(pages[f"school-{first[0]}.html"])
    part = text.partition("Other schools of the cluster")[2].partition("What changes")[0]
    assert sorted(re.findall(r"School \d+", part)) == sorted(names[urn] for urn in first[1:])


def test_a_page_says_what_changes_for_its_school(published, pages):
    """One that moved, one that stays, and a plan with no version before."""
    moved = set(published.moves.index)
    for urn in published.plan.cluster_of:
        text = words_of(pages[f"school-{urn}.html"])
        assert ("in the version before, with a journey of" in text) == (urn in moved)
        assert ("The school stays in the cluster" in text) == (urn not in moved)
    assert moved
    bare = packs_of(make_world().published())
    assert "cannot say what changes" in words_of(bare[f"school-{FIRST_URN}.html"])


def test_pages_say_when_the_cluster_starts(pages, world):
    """By its wave, else when the plan takes effect."""
    dates = ("1 September 2026", "4 January 2027 (Second)", "1 September 2026")
    for code, cluster, date in zip(world.plan.codes, world.plan.clusters, dates, strict=True):
        for name in (f"cluster-{code}.html", f"school-{cluster.members[0]}.html"):
            assert f"Starts {date}" in words_of(pages[name]).replace("\xa0", " ")


def test_interests_are_trusts_with_two_schools_or_more_in_the_cluster(pages, world):
    """One school of a trust is no interest between members."""
    trusts = world.county.schools.table["trust_uid"]
    for code, cluster in zip(world.plan.codes, world.plan.clusters, strict=True):
        held = trusts.loc[list(cluster.members)]
        several = {uid for uid in held if uid and (held == uid).sum() > 1}
        text = words_of(pages[f"cluster-{code}.html"]).partition("Interests to declare")[2]
        assert len(re.findall(r"\(trust\):", text)) == len(several)
        assert ("None on record" in text) == (not several)


def test_provision_within_reach_is_of_the_schools_phase_and_the_nearest_first(world):
    """Never the school itself; beyond three, only for a need not yet listed."""
    needs = {FIRST_URN + k: need for k, need in enumerate(["ASD", "", "ASD", "ASD", "HI", "ASD"])}
    table = world.county.schools.table
    with_needs = table.assign(
        srp=[bool(needs.get(urn)) for urn in table.index],
        srp_needs=[needs.get(urn, "") for urn in table.index],
        phase="primary",
    )
    schools = replace(world.county.schools, table=with_needs)
    published = world.published(county=replace(world.county, schools=schools))
    facts = PackFacts(published)
    files = [one.school.file for one in facts.nearest(FIRST_URN)]
    assert files == [f"school-{FIRST_URN + k}.html" for k in (2, 3, 4)]
    assert [one.own for one in facts.nearest(FIRST_URN)] == [False, False, False]
    near = facts.nearest(FIRST_URN + 1)
    assert [one.needs for one in near] == ["ASD", "ASD", "ASD", "HI"]
    assert near[0].own
    assert [one.travel for one in near] == sorted(one.travel for one in near)
    secondary = with_needs.assign(phase=["secondary", *with_needs["phase"][1:]])
    alone = replace(world.county, schools=replace(schools, table=secondary))
    assert PackFacts(world.published(county=alone)).nearest(FIRST_URN) == []


def test_no_text_does_harm(harm):
    """Nothing of a name is markup, a template or a script; only the list has scripts."""
    for name, page in harm.items():
        assert unescaped(NAMES, markup_of(page)) == [], name
        assert len(SCRIPT.findall(page)) == (name == "index.html"), name
        assert "default-src 'none'" in page
    assert seen(NAMES[1]) in words_of(harm[f"school-{FIRST_URN + 1}.html"])


def test_files_of_clusters_are_safe_and_differ():
    """Also on a disk that does not tell capitals apart, and for codes of signs alone."""
    codes = ["../A", "a", "A", "<b>", "é", "{{ }}", "x" * 200]
    files = cluster_files(codes)
    assert len({name.casefold() for name in files.values()}) == len(codes)
    assert all(re.fullmatch(r"cluster-[A-Za-z0-9_-]{1,65}\.html", one) for one in files.values())
    assert files == cluster_files(reversed(codes))


def test_equal_plans_make_equal_pages(pages, published):
    """To the last sign."""
    assert packs_of(replace(published)) == pages


def test_a_pack_shows_how_its_cluster_gets_its_money(world):
    """Step by step, as the report does, and each its own."""
    terms = {"lump": {"column": "clusters", "share": "100"}}
    pot = pot_of("locality", FundingSection(amount="900.00", audience="public", terms=terms))
    pages = packs_of(world.published(replace(BRIEF, pots=(pot,))))
    for code in world.plan.codes:
        text = words_of(pages[f"cluster-{code}.html"])
        assert "Illustrative: these shares" in text
        assert "£300.00" in text
    assert "Illustrative" not in words_of(packs_of(world.published())["cluster-SQU-01.html"])
