"""Mutation testing: mutmut changes the product a little at a time, and the tests must notice.

The faults of `tests/faults` are those that someone thought of. Here a tool makes every small
change it knows (a sign, a comparison, a constant, an argument) to whole folders, and runs the
tests that reach the changed function. `python -m tests.mutation` does this for the folders whose
faults a reader could not see: rules, search, settings, privacy and measures. All of them take
hours, so it is run before a release and not in CI; `--digits` selects a part.

Every mutant that survives is then killed by a new test, or explained in `survivors.toml`. A
test of the everyday suite fails if an entry is no longer found in the source.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SURVIVORS = Path(__file__).parent / "survivors.toml"


@dataclass(frozen=True)
class Part:
    """A part of the product that is mutated, and the tests that are run on it.

    Parameters
    ----------
    files, tests : tuple of str
        From the project's root; `files` are patterns.
    interpreted : bool
        Whether its functions are run as the Python they are written in, not compiled.
    """

    files: tuple[str, ...]
    tests: tuple[str, ...]
    interpreted: bool = False


PARTS = {
    "rules": Part(
        ("cluster_geo/rules/*",),
        # What a rule says of requests that clash, of its price and of its cures is tested there.
        ("tests/rules", "tests/test_audit.py", "tests/scenario/test_rulebook.py", "tests/explain"),
    ),
    "compiled": Part(
        ("cluster_geo/compiled/*",),
        ("tests/compiled", "tests/optimise/test_bounds.py"),
        interpreted=True,
    ),
    # Without the tests that take longest: what they alone would notice counts as living.
    "optimise": Part(
        ("cluster_geo/optimise/*",),
        (
            "tests/certificate/test_claims.py",
            "tests/rules/test_golden_lp.py",
            *(
                f"tests/optimise/test_{name}.py"
                for name in (
                    *("assignment", "bounds", "branching", "budget", "certainty", "columns"),
                    *("compact", "covering", "cuts", "dive", "enumeration", "finish"),
                    *("generation", "integer", "known", "master", "mend", "mip", "nearest"),
                    *("params", "problem", "solve_small", "standing", "start"),
                )
            ),
        ),
    ),
    "wishes": Part(("cluster_geo/wishes/*",), ("tests/wishes",)),
    "scenario": Part(("cluster_geo/scenario/*",), ("tests/scenario",)),
    "audience": Part(
        ("cluster_geo/audience*",),
        ("tests/test_audience.py", "tests/privacy", "tests/publish/test_publication.py"),
    ),
    "measures": Part(("cluster_geo/measures/*",), ("tests/measures", "tests/figures")),
}


@dataclass(frozen=True)
class Survivor:
    """A change that no test can notice, and why that is no fault.

    Parameters
    ----------
    function : str
        Module and qualified name.
    was, becomes : str
        The line that is changed, without its indentation.
    why : str
    """

    function: str
    was: str
    becomes: str
    why: str


def survivors() -> list[Survivor]:
    """Read those that are explained."""
    return [
        Survivor(**entry)
        for entry in tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))["survivor"]
    ]
