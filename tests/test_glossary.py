"""One meaning for each word, wherever a reader meets it."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from cluster_geo.export import write_outputs
from cluster_geo.glossary import KINDS, PLANNERS, READERS, WORDS, defined, meaning
from cluster_geo.maps import map_page
from cluster_geo.maps.pair import pair_page
from cluster_geo.report import report_page
from cluster_geo.tables.headings import KNOWN, headings_of
from tests.maps.pairs import compared
from tests.markup import words_of
from tests.outputs import make_world
from tests.wording import texts

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "planners").glob("*.md"))]
# "A score is a ...", "**The bound** is the ...": a definition, whoever writes it. PLAN, which stands
# for what is typed at a command line, is not a word.
SAYS_WHAT_IT_IS = (
    r"(?:^|[.:;]\s|\n\W*)\W*(?:(?:[Tt]he|[Aa]n?|[Ee]ach)\s)?\W*{word}s?\W{{1,4}}(?:is|are|means?)\W{{1,3}}"
    r"(?:an?|the|any|what)\b"
)


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.mark.parametrize(
    "page",
    [lambda world: report_page(world.published()), lambda world: map_page(world.published())],
)
def test_a_page_says_what_each_word_means(world, page):
    """The report and the map have a list of the words, each with its one meaning."""
    assert_holds(words_of(page(world)), READERS)


def test_the_page_of_two_plans_says_it_too():
    """Who is sent two maps has the same help as with one."""
    assert_holds(words_of(pair_page(compared(make_world()))), READERS)


def test_the_workbook_says_it_too(world, tmp_path):
    """The sheet that is read first holds each word."""
    write_outputs(tmp_path / "out", world.published())
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    rows = {(row[0].value, row[1].value): row[2].value for row in book["Read me"].iter_rows()}
    assert {word: rows["Word", word] for word in READERS} == dict(READERS)


def test_the_command_line_says_it_too():
    """All words, or those that are asked for."""
    every = CliRunner().invoke(main, ["words"])
    assert every.stdout.splitlines() == [defined(word) for word in WORDS]
    one = CliRunner().invoke(main, ["words", "SCORE"])
    assert one.stdout == f"{defined('Score')}\n"
    none = CliRunner().invoke(main, ["words", "gerrymander"])
    assert (none.exit_code, "there is no word gerrymander" in none.stderr) == (2, True)


def test_the_documentation_says_it_too():
    """Its glossary is made of this one when it is built."""
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        import reference_texts  # noqa: PLC0415 - found by the path above
    finally:
        sys.path.pop(0)
    shown = reference_texts.words_text().replace("\\", "")
    for word in WORDS:
        assert f"{word}\n: {meaning(word)}\n" in shown
    assert "```{words}" in (ROOT / "docs" / "planners" / "glossary.md").read_text(encoding="utf-8")


def test_a_column_called_like_a_word_means_that_word():
    """Where a heading is one of the words, its meaning is that, or left to the list of words."""
    for heading in KNOWN.values():
        if heading.words in WORDS:
            assert heading.meaning in ("", WORDS[heading.words])
    (mainly,) = headings_of(["main_district"], "km").values()
    assert mainly.meaning == WORDS["Mainly in"]


@cache
def shown_elsewhere() -> list[tuple[str, str, str]]:
    """Return every other text: where it is, as it is, and on one line in lower case."""
    shown = [(name, text) for name, text in texts() if name != "glossary.py"]
    shown += [(page.name, page.read_text(encoding="utf-8")) for page in PAGES]
    return [(name, text, " ".join(text.split()).casefold()) for name, text in shown]


@pytest.mark.parametrize("word", WORDS)
def test_nothing_else_says_what_a_word_is(word):
    """No text of the program and no page for planners defines it in words of its own."""
    own = definition_of(word)
    # The pattern is slow, and most texts do not have the word at all.
    shown = [one for one in shown_elsewhere() if word.casefold() in one[2]]
    assert [(name, found[0]) for name, text, _ in shown if (found := own.search(text))] == []
    # Nor does one repeat it: whoever changes a meaning has one place to change.
    first = WORDS[word].split(". ")[0].casefold()
    if len(first.split()) > 5:
        assert [name for name, _, plain in shown_elsewhere() if first in plain] == []


def test_a_definition_elsewhere_would_be_noticed():
    """The pattern above knows a definition when it sees one."""
    for word, text in (
        ("Score", "Lower is better. The score is the sum"),
        ("Bound", "**The bound** is a *proven* floor"),
        ("Zone", "Zones are what"),
        ("Central school", "- A central school is any school"),
    ):
        assert definition_of(word).search(text), text
    assert not definition_of("Plan").search("PLAN is a table")
    assert not definition_of("Score").search("The score is 2,162.2")


def test_meanings_are_made_of_words_that_have_theirs():
    """A meaning is no sentence yet, begins as one, and speaks the readers' language."""
    for word, text in WORDS.items():
        assert not text.endswith("."), word
        assert text[0].isupper(), word
        assert not re.search(r"\b(hub|hard|priced|wish|gap)\b", text), word
    assert not set(READERS) & set(PLANNERS)
    assert {"requirement", "preference"} <= {kind.casefold() for kind in KINDS.values()}


def assert_holds(text, words):
    """A page's words hold each meaning right after its word."""
    plain = " ".join(text.split())
    assert [word for word in words if f"{word} {meaning(word)}" not in plain] == []


def definition_of(word):
    """What a sentence looks like that says what a word is."""
    spelt = f"[{word[0].upper()}{word[0].lower()}]{re.escape(word[1:])}"
    return re.compile(SAYS_WHAT_IT_IS.format(word=spelt))
