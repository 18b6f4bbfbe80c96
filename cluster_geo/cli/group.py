"""The command group: loads a command when it is called, and turns errors into one message."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from rich.console import Console

from cluster_geo.cli.streams import lasting_streams
from cluster_geo.cli.terminal import WRITTEN, say, shortened
from cluster_geo.errors import ClusterGeoError
from cluster_geo.version import __version__

# What each command is called, the module and the function it lives in.
COMMANDS = {
    "propose": "cluster_geo.cli.propose:propose",
    "sweep": "cluster_geo.cli.sweep:sweep",
    "explain": "cluster_geo.cli.explain:explain",
    "why": "cluster_geo.cli.why:why",
    "price": "cluster_geo.cli.price:price",
    "options": "cluster_geo.cli.alternatives:options",
    "provision": "cluster_geo.cli.provision:provision",
    "audit": "cluster_geo.cli.audit:audit",
    "compare": "cluster_geo.cli.compare:compare",
    "update": "cluster_geo.cli.update:update",
    "history": "cluster_geo.cli.history:history",
    "move": "cluster_geo.cli.move:move",
    "requests": "cluster_geo.cli.requests:requests",
    "teams": "cluster_geo.cli.teams:teams",
    "map": "cluster_geo.cli.map:map_",
    "review": "cluster_geo.cli.review:review",
    "export": "cluster_geo.cli.export:export",
    "packs": "cluster_geo.cli.packs:packs",
    "pdf": "cluster_geo.cli.pdf:pdf",
    "verify": "cluster_geo.cli.verify:verify",
    "check": "cluster_geo.cli.check:check",
    "scenario": "cluster_geo.cli.scenario:scenario",
    "words": "cluster_geo.cli.words:words",
    "boundaries": "cluster_geo.cli.boundaries:boundaries",
}
# One line each, so that --help need not load the commands (and pandas with them).
SUMMARIES = {
    "propose": "Propose a plan: find it, audit it, write map, report and lists.",
    "sweep": "Solve a scenario with settings varied, side by side.",
    "explain": "Explain why there is no plan, and what would make one possible.",
    "why": "Explain why a school is where it is, and what else is possible.",
    "price": "Show what each rule is worth: solve with it relaxed or tightened.",
    "options": "A few plans nearly as good as the best, and what is settled.",
    "provision": "Show where new SRPs would help most, with a proven bound.",
    "audit": "Judge any plan by every rule, also one drawn by hand.",
    "compare": "Compare two plans, or a plan with a published list.",
    "update": "Carry a plan to a new date: who changed, and the fewest moves.",
    "history": "List the versions of a plan: which replaced which, and why.",
    "move": "Move schools to other clusters, and write the plan that results.",
    "requests": "List the requests that are open and overdue, and what was decided.",
    "teams": "Share a team's posts over clusters, and group these in patches.",
    "map": "Draw the map of a plan.",
    "review": "Change a plan in a meeting, judged at once and recorded.",
    "export": "Write the lists, map and report of a plan that is already there.",
    "packs": "Write a page for each school and a pack for each cluster.",
    "pdf": "Print a run's report as a tagged PDF, where there is a Chromium.",
    "verify": "Check the proof in a run's folder, without the search's own code.",
    "check": "Read and check the inputs, without solving.",
    "scenario": "Print a scenario file to start from.",
    "words": "Say what the words of a plan and of these commands mean.",
    "boundaries": "Make a boundary layer where none is published: areas of PCNs.",
}
INTERRUPTED = 130
NOTHING_WRITTEN = "Nothing was written."


class CommandGroup(click.Group):
    """Commands in the order of a planner's work, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program; what cannot be printed takes nothing from what it does."""
        try:
            with lasting_streams(), _terminated_as_by_hand():
                return super().main(*args, **kwargs)
        except OSError as error:
            _complain(f"The results could not all be printed: {error.strerror or error}.")
            sys.exit(ClusterGeoError.exit_code)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a user did wrong is a message and an exit code."""
        try:
            return super().invoke(ctx)
        except ClusterGeoError as error:
            _complain(str(error))
            ctx.exit(error.exit_code)
        except OSError as error:
            name = shortened(str(error.filename or "A file"))
            _complain(f"{name}: {error.strerror or error}.")
            ctx.exit(ClusterGeoError.exit_code)
        except KeyboardInterrupt:
            _complain(f"Stopped. {ctx.meta.get(WRITTEN, NOTHING_WRITTEN)}")
            ctx.exit(INTERRUPTED)


def _complain(text: str) -> None:
    say(Console(stderr=True), text)


@contextmanager
def _terminated_as_by_hand() -> Iterator[None]:
    """Let a request to terminate end a command as Ctrl-C does: a search writes what it has found.

    Queues and containers end what takes too long by such a request (SIGTERM).
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="cluster-geo")
def main() -> None:
    """Design clusters of schools, with a proven bound on how much better any plan could be.

    \b
    Example, on the county that comes with the program:
      cluster-geo propose
    And on Kent, with files you download:
      cluster-geo propose kent --schools edubasealldata20250718.csv --boundary district=FILE
    """
