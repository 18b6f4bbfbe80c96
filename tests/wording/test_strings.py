"""Texts that users see: reviewed as one list, and in the words that a reader knows."""

from __future__ import annotations

import re

from tests.wording import GOLDEN, listing, texts

# Words of an older way of writing here, which readers stumble over; `{...}` holds code.
DIALECT = re.compile(
    r"\b(told|tells?|said|nought|wished|hangs? on|as may be|for want of|stands? twice|"
    r"stands? in rows|moving or not|is no (?:date|number|whole|text|URN|school|list))\b"
)


# One word for one thing: in code the central school is a hub, for readers it never is.
ONE_WORD = re.compile(r"\b(hubs?|MATs?|wish(?:es)?|movers?)\b")


def test_every_text_is_in_the_list():
    """A text that changed shows in the list, where a reviewer reads it: python -m tests.wording."""
    assert listing() == GOLDEN.read_text(encoding="utf-8")


def test_no_text_is_in_the_old_dialect():
    """Messages say what was found, where, and what to do, in the words of a council planner."""
    plain = [(name, re.sub(r"\{[^{}]*\}", "", text)) for name, text in texts()]
    assert [(name, text) for name, text in plain if DIALECT.search(text)] == []


def test_one_word_for_one_thing():
    """A reader who meets two words looks for two things."""
    plain = [(name, re.sub(r"\{[^{}]*\}", "", text)) for name, text in texts()]
    assert [(name, text) for name, text in plain if ONE_WORD.search(text)] == []
