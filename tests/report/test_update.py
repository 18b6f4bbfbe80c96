"""The page of a plan carried to a new date."""

from cluster_geo.publish.edition import Edition
from cluster_geo.report.update import Beside, Change, Joining, Mover, UpdatePage, update_page
from tests.briefs import PUBLIC
from tests.harm import NAMES


def page_of(**facts):
    empty = {
        "version": "",
        "changes": (),
        "broken": (),
        "as_it_is": 10.0,
        "joining": (),
        "movers": (),
        "certainty": "",
        "statements": (),
        "plans": (Beside(0, 10.0, "", ""),),
    }
    return update_page(Edition.of(PUBLIC), UpdatePage(**(empty | facts)))


def test_hostile_names_are_text():
    """Whatever a school or a cluster is called."""
    for name in NAMES:
        page = page_of(
            changes=[Change(name, name, name, name, name, name)],
            broken=[name],
            joining=[Joining(name, name, 0.0, name)],
            movers=[Mover(name, name, name, name)],
        )
        assert "<script>alert" not in page
        assert "<img" not in page


def test_nothing_is_said_where_there_is_nothing():
    """No change, no move, nothing broken, no other plan."""
    page = page_of()
    for words in (
        "What changed since the plan before, and why",
        "No school moves to another cluster.",
        "meets every requirement",
        "No school has come, gone or changed.",
        "No better plan was found that moves a few more schools.",
    ):
        assert words in page
