"""Texts that users see: reviewed as one list, and in the words that a reader knows."""

from __future__ import annotations

from tests.wording import GOLDEN, listing


def test_every_text_is_in_the_list():
    """A text that changed shows in the list, where a reviewer reads it: python -m tests.wording."""
    assert listing() == GOLDEN.read_text(encoding="utf-8")
