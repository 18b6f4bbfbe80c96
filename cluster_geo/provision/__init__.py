"""Where more specialist resource provision would help most: sites, pupils and a proven choice."""

from cluster_geo.provision.answer import Choice, Outcome, Provision, Spare, Step, Taken
from cluster_geo.provision.lists import Lists, read_lists, small_places
from cluster_geo.provision.question import Question, question
from cluster_geo.provision.search import answer
from cluster_geo.provision.ways import NO_AREAS, Areas

__all__ = [
    "NO_AREAS",
    "Areas",
    "Choice",
    "Lists",
    "Outcome",
    "Provision",
    "Question",
    "Spare",
    "Step",
    "Taken",
    "answer",
    "question",
    "read_lists",
    "small_places",
]
