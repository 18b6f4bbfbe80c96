"""Hostile names in the report, in a real browser: text in every section, the atlas among them."""

from dataclasses import replace

import pytest

from cluster_geo.plan import Response, Responses
from cluster_geo.report import write_report
from tests.harm import CODES, NAMES, TITLE, brief_of_harm, seen, words, world_of_harm
from tests.outputs import make_papers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    world = world_of_harm()
    raised = [Response(2, name, 1, name, text=name, publish=True) for name in NAMES]
    papers = replace(make_papers(world, *NAMES[:4]), responses=Responses(tuple(raised)))
    published = world.published(brief_of_harm(), papers=papers)
    return write_report(tmp_path_factory.mktemp("harm") / "report.html", published)


@pytest.fixture
def page(visit_harm, path):
    return visit_harm(path)


def said(page, selector: str) -> str:
    """All that is selected, as one text."""
    return " ".join(words(page, selector))


def test_no_name_became_an_element(page):
    """The report's script is beside its main part, which has no script and no picture."""
    assert page.locator("main script, main img").count() == 0


def test_the_head_is_text(page):
    """Title and version."""
    assert words(page, "h1") == [seen(TITLE)]
    assert f"version {seen(NAMES[9])}" in said(page, "header")


def test_every_school_is_named_in_the_atlas(page):
    """Each of the hostile names stands there as it is, and so do the clusters' codes."""
    text = said(page, "#schools")
    assert [name for name in NAMES if seen(name) not in text] == []
    assert all(seen(code) in text for code in CODES)


def test_decisions_and_boundaries_are_text(page):
    """What the planner wrote, and the zones of a layer."""
    history, boundaries = said(page, "#history"), said(page, "#boundaries")
    assert all(seen(name) in history for name in NAMES[:4])
    assert seen(NAMES[9]) in boundaries
    assert seen(NAMES[3]) in boundaries


def test_responses_are_text(page):
    """Of every name what was raised, what is done about it, and what somebody wrote."""
    text = said(page, "#responses")
    assert [
        name for name in NAMES if text.count(seen(name)) < len(("raised", "done", "text"))
    ] == []
