"""What `requests` prints: a sentence for each request that is overdue or open."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from cluster_geo.cli.terminal import say
from cluster_geo.phrases import counted
from cluster_geo.plan import Request
from cluster_geo.plan.stages import State
from cluster_geo.publish.requests import RequestsPublication, about_figures
from cluster_geo.schools.dates import in_words

HEADINGS: tuple[tuple[State, str], ...] = (("overdue", "Overdue"), ("open", "Open, not overdue"))


def show_requests(to: Console, found: RequestsPublication) -> None:
    """Print how many requests there are, then those that wait for an answer."""
    if found.marking:
        say(to, found.marking)
    say(to, f"{found.source}: {found.summary}")
    if words := about_figures(found.withheld):
        say(to, words)
    for state, heading in HEADINGS:
        waiting = found.by_state[state]
        if waiting:
            say(to, f"\n{heading}, {counted(len(waiting), 'request')}:")
        for request in waiting:
            say(to, f"- {'; '.join(_facts(request, found))}")


def _facts(request: Request, found: RequestsPublication) -> Iterator[str]:
    """Yield what is known of a request, the date it is due first."""
    yield f"due {in_words(request.due)}" if request.due else "no due date"
    yield found.places.about(request)
    yield request.now("request")
    day = request.now("date") if request.stage != "received" else request.received
    yield f"{request.stage} on {in_words(day)}" if day else request.stage
    if request.received and request.stage != "received":
        yield f"received on {in_words(request.received)}"
    if request.case:
        yield f"case {request.case}"
