"""The report's section of pathways: definitions, counts and each way on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.report import report_page
from cluster_geo.report.pathways import pathway_section
from cluster_geo.rules import PathwayTerms
from tests.markup import words_of
from tests.outputs import BRIEF, make_world
from tests.worlds import FIRST_URN


@pytest.fixture(scope="module")
def world():
    """Two districts; primary SRPs for ASD and SLCN in the west, a secondary one for ASD."""
    return make_world()


def words(world, **terms):
    brief = replace(BRIEF, pathways=PathwayTerms(**terms))
    return words_of(report_page(world.published(brief=brief)))


def test_the_definition_is_that_of_the_plan(world):
    """What counts outside the cluster, which needs are asked about, and what a team meets."""
    alone = words(world)
    assert "a secondary SRP of another cluster does not count as a way on" in alone
    text = words(world, within=8.0, layer="district", needs=("ASD", "VI"), by_team=("VI",))
    assert "if it is within 8 km and in the same district of the primary SRP" in text
    assert "for these needs only: ASD, VI" in text
    assert "A travelling team, and not places, meets VI" in text


def test_what_was_published_stands_beside_the_count(world):
    """With why the two may differ; without it no such words are there."""
    said = "no pathway in 7 of 12 districts"
    text = words(world, published=said)
    assert f"What was published: {said}" in text
    assert "A published number may rest on another definition" in text
    assert "What was published" not in words(world)


def test_each_definition_names_its_districts(world):
    """And how many they are of."""
    section = pathway_section(world.published())
    text = words(world)
    assert section.districts > 1
    for found in section.definitions:
        assert f"{found.words}: {len(found.places)} of {section.districts}" in text


def test_needs_of_a_team_have_no_missing_way_on(world):
    """The same school has none while its need is met by places."""
    for by_team, kinds in (((), {"no way on"}), (("ASD",), {"met by a travelling team"})):
        brief = replace(BRIEF, pathways=PathwayTerms(by_team=by_team))
        alone = replace(world.county.schools, table=without_secondary(world.county.schools.table))
        county = replace(world.county, schools=alone)
        section = pathway_section(world.published(brief=brief, county=county))
        assert {way["how"] for way in section.ways} == kinds


def without_secondary(table):
    """Take the provision of secondary schools away."""
    return table.assign(srp=table["srp"] & (table["phase"] == "primary"))


def test_places_that_are_withheld_are_not_shown(world):
    """Neither places nor spare places of a school whose count is below 5."""
    schools = replace(world.county.schools, withheld={"srp_places": frozenset(world.county.urns)})
    section = pathway_section(world.published(county=replace(world.county, schools=schools)))
    assert section.ways
    assert all(way["places"] is None and way["spare"] is None for way in section.ways)
    assert FIRST_URN in world.county.urns
