"""Texts that users see: reviewed as one list, and in the words that a reader knows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cluster_geo.scenario.known import ANY, known_settings
from tests.wording import GOLDEN, PACKAGE, listing, texts

ROOT = Path(__file__).parents[2]
# What writes pages and files that a council publishes.
PUBLIC = (
    "maps/",
    "report/",
    "publish/",
    "export/",
    "compare/",
    "tables/",
    "measures/",
    "rules/",
    "optimise/",
    "alternatives/templates",
    "wishes/",
    "boundaries/",
    "neighbours/",
    "travel/",
)
# "settled.csv" is a file, though a section may be called like it.
FILE = re.compile(r"\.(?:csv|html|json|xlsx|gpkg|geojson)\b")

# Words of an older way of writing here, which readers stumble over; `{...}` holds code.
DIALECT = re.compile(
    r"\b(told|tells?|said|nought|wished|hangs? on|as may be|for want of|stands? twice|"
    r"stands? in rows|moving or not|is no (?:date|number|whole|text|URN|school|list))\b"
)

# What councils call such a section, whatever else is in the old dialect.
OF_COUNCILS = "You said, we did"


# One word for one thing: in code the central school is a hub, for readers it never is. A rule is a
# requirement or a preference; the strengths that a scenario's file has are quoted, as there.
ONE_WORD = re.compile(
    r"\b(hubs?|MATs?|wish(?:es)?|movers?|must be kept|weighed|soft|[\w-]+-equivalents?|"
    r"trust (?:pieces|groups)|pieces of trusts|clusters of trusts|(?:priced|weighed) rules?)\b|"
    r"(?<![\"`=])\b(?:hard|priced)\b(?![\"`-])"
)
# A figure of the score with a length for its unit.
SCORE_AS_LENGTH = re.compile(
    r"\bscores?\b(?:[^.;:]|\.(?=\d))*?[}\d] ?(?:km|kilometres|minutes|\{unit\})(?![\w-])"
)
# Area has a capital where it is the council's, and at the head of a sentence.
AREA = re.compile(r"(?<![.:?!] )(?<!^)\bAreas?\b")
OF_THE_COUNCIL = re.compile(r"\bcouncil|\bdistrict, Area, PCN\b|\bArea boundary\b")
# Where planners read: the settings stand in code there, which is left out.
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "planners").glob("*.md"))]
CODE = re.compile(r"```.*?```|`[^`]*`|\{\w+\}`[^`]*`", re.DOTALL)


def test_every_text_is_in_the_list():
    """A text that changed shows in the list, where a reviewer reads it: python -m tests.wording."""
    assert listing() == GOLDEN.read_text(encoding="utf-8")


def test_no_text_is_in_the_old_dialect():
    """Messages say what was found, where, and what to do, in the words of a council planner."""
    plain = [
        (name, re.sub(r"\{[^{}]*\}", "", text).replace(OF_COUNCILS, "")) for name, text in texts()
    ]
    assert [(name, text) for name, text in plain if DIALECT.search(text)] == []


def test_one_word_for_one_thing():
    """A reader who meets two words looks for two things."""
    plain = [(name, re.sub(r"\{[^{}]*\}", "", text)) for name, text in texts()]
    assert [(name, text) for name, text in plain if ONE_WORD.search(text)] == []


def test_runs_that_come_with_the_program_are_called_by_the_same_words():
    """Their names are on the page of a sweep, which is published."""
    shipped = PACKAGE / "alternatives" / "shipped" / "kent-alternatives.toml"
    runs = tomllib.loads(shipped.read_text(encoding="utf-8"))["run"]
    names = [run[key] for run in runs for key in ("name", "best_of") if key in run]
    assert [name for name in names if ONE_WORD.search(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pages_for_planners_have_the_same_words(page):
    """What the program calls a requirement, its documentation does too."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    found = [line for line in text.splitlines() if ONE_WORD.search(line)]
    assert found == []
    # A share below one per cent is written with the decimals that the program gives it.
    assert re.findall(r"\b0\.\d %", text) == []


def test_a_score_is_no_length():
    """Kilometres are those of journeys and borders; a score has no unit."""
    assert [(name, text) for name, text in texts() if SCORE_AS_LENGTH.search(text)] == []


def test_an_area_with_a_capital_is_the_councils():
    """Elsewhere an area is any piece of ground, and is written small."""
    found = [
        (name, text)
        for name, text in texts()
        if AREA.search(text) and not OF_THE_COUNCIL.search(text)
    ]
    assert found == []


def test_no_page_for_the_public_names_a_setting():
    """Templates, scripts and the words of pages speak of what is set, not of its place in a file."""
    paths = [".".join(key) for key in known_settings() if ANY not in key and len(key) > 1]
    written = re.compile(rf"\b(?:{'|'.join(map(re.escape, paths))})\b")
    found = [
        (name, text)
        for name, text in texts()
        if name.startswith(PUBLIC) and written.search(text) and not FILE.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (ONE_WORD, "No plan keeps the hard rules"),
        (ONE_WORD, "a priced rule is weighed"),
        (ONE_WORD, "2,162.2 km-equivalents"),
        (SCORE_AS_LENGTH, "This plan scores 2,162.2 km"),
        (SCORE_AS_LENGTH, "the score changes by {change} {unit}"),
        (AREA, "each Area is the ground around"),
    ],
)
def test_what_is_not_allowed_is_known(pattern, text):
    """The patterns above see what they are for."""
    assert pattern.search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (ONE_WORD, 'Turn it from "priced" into "hard", or into "hard-if-possible"'),
        (ONE_WORD, "adds 3.0 to the score: hardly any"),
        (SCORE_AS_LENGTH, "The score is 2.0; the journey {travel} km"),
        (AREA, "Areas of clusters. Areas end at the coast"),
    ],
)
def test_what_is_allowed_is_let_through(pattern, text):
    """Names of settings are quoted, and a sentence may begin with any word."""
    assert not pattern.search(text)
