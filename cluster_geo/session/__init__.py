"""A plan changed step by step in a meeting: judged at once, recorded, undone at will."""

from cluster_geo.session.consequence import Consequence, Figures, Row
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Broken, Judged
from cluster_geo.session.requests import (
    Adjust,
    Apart,
    Lock,
    Meet,
    Merge,
    Move,
    Release,
    Rename,
    Request,
    Split,
    Together,
    Unlock,
    read_request,
)
from cluster_geo.session.session import Session
from cluster_geo.session.summary import Summary
from cluster_geo.session.text import sentences_of
from cluster_geo.session.words import words_of

__all__ = [
    "Adjust",
    "Apart",
    "Broken",
    "Consequence",
    "Draft",
    "Figures",
    "Judged",
    "Lock",
    "Meet",
    "Merge",
    "Move",
    "Release",
    "Rename",
    "Request",
    "Row",
    "Session",
    "Split",
    "Summary",
    "Together",
    "Unlock",
    "read_request",
    "sentences_of",
    "words_of",
]
