"""Files that a scenario names and that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cluster_geo.errors import Fault
from cluster_geo.scenario.model import Scenario

OPTIONS = {"schools.file": "--schools", "neighbours.land": "--land"}


def missing_files(scenario: Scenario) -> Iterator[Fault]:
    """Yield a fault for each file that a scenario names and that does not exist."""
    for setting, path in scenario.files().items():
        if not Path(path).is_file():
            option = OPTIONS.get(setting)
            fix = "Check the path" + (f", or give the file with {option}" if option else "")
            yield Fault("scenario", f"there is no file {str(path)!r}", fix, setting=setting)
