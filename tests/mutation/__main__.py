"""Mutate parts of the product, and say how many of the mutants the tests notice.

    python -m tests.mutation [PART ...] [--digits [37] | --sample 150] [--workers 2] [--report FILE]

Needs mutmut: pip install mutmut==3.8.1. Ends with 1 where a mutant lives that is not explained.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.copies import copies
from tests.mutation import PARTS, Part, survivors

# What mutmut calls a mutant that a test has noticed; one whose tests never end is noticed too.
KILLED = ("killed", "timeout", "suspicious", "segfault", "caught by type check")
LIVES = ("survived", "no tests")
# Tests that read the source: mutmut writes every mutant of a function into it.
READERS = "test_one_sentence_says_how_far_a_plan_is_from_the_best"
# What mutmut draws while one waits.
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
NO_MUTANT = "no mutant is called this"
CONFIGURATION = """
[tool.mutmut]
source_paths = ["cluster_geo"]
only_mutate = {files}
also_copy = ["README.md", "boundaries", "docs", "notebooks", "outputs"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-m", "not real and not browser", "-k", "not ({readers})"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
timeout_multiplier = 2.0
timeout_constant = 20.0
use_git_change_detection = false
track_dependencies = false
"""


@dataclass(frozen=True)
class Mutant:
    """A changed line that the tests did not notice."""

    name: str
    was: str
    becomes: str

    @property
    def function(self) -> str:
        """Module and qualified name, as Python writes it."""
        plain = re.sub(r"__mutmut_\d+$", "", self.name)
        plain = re.sub(r"\.xǁ(\w+)ǁ(\w+)$", r".\1.\2", plain)
        return re.sub(r"\.x_(\w+)$", r".\1", plain)


def mutmut(folder: Path, *arguments: str, interpreted: bool = False, may_fail: bool = False) -> str:
    """Run mutmut in a folder, and return what it prints."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPATH", None)
    if interpreted:
        environment["NUMBA_DISABLE_JIT"] = "1"
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode and not may_fail:
        told = (done.stdout + done.stderr).replace("\r", "\n").splitlines()
        words = "\n".join(line for line in told if line[:1] not in SPINNER)
        sys.exit(f"mutmut {arguments[0]} failed:\n{words[-6000:]}")
    return done.stdout


def prepare(folder: Path, part: Part) -> None:
    """Tell mutmut in a copy of the project what to change, and what to run."""
    project = folder / "pyproject.toml"
    wanted = CONFIGURATION.format(files=list(part.files), tests=list(part.tests), readers=READERS)
    project.write_text(project.read_text(encoding="utf-8") + wanted, encoding="utf-8")
    if part.interpreted:
        # mutmut leaves decorated functions alone; uncompiled, these decorators do nothing.
        for path in (folder / "cluster_geo" / "compiled").glob("*.py"):
            text = path.read_text(encoding="utf-8")
            path.write_text(
                re.sub(r"^@(inner|entry)\n", "", text, flags=re.MULTILINE), encoding="utf-8"
            )


def verdicts_of(folder: Path) -> dict[str, str]:
    """Return mutmut's verdict on every mutant that it has made, by the mutant's name."""
    lines = mutmut(folder, "results", "--all", "true").splitlines()
    parts = (line.strip().partition(": ") for line in lines if line.strip())
    return {name: verdict for name, _, verdict in parts}


def drawn(folder: Path, part: Part, number: int) -> list[str]:
    """Return the names of so many mutants, drawn at random, the same each time.

    mutmut makes its mutants before it looks for those that are asked for, and ends with an error
    where there are none of that name.
    """
    mutmut(folder, "run", NO_MUTANT, interpreted=part.interpreted, may_fail=True)
    names = sorted(verdicts_of(folder))
    return random.Random(1).sample(names, min(number, len(names)))


def mutated(
    part: Part, digits: str, sample: int | None, workers: int
) -> tuple[Counter[str], list[Mutant]]:
    """Mutate one part; return the count of each verdict, and what lives."""
    with copies(1) as (folder,):
        prepare(folder, part)
        asked = drawn(folder, part, sample) if sample else [f"*__mutmut_*{digits}"]
        options = ("--max-children", str(workers))
        mutmut(folder, "run", *options, *asked, interpreted=part.interpreted)
        verdicts: Counter[str] = Counter()
        alive = []
        for name, verdict in verdicts_of(folder).items():
            if verdict == "not checked":
                continue
            verdicts[verdict] += 1
            if verdict in LIVES:
                alive.append(shown(folder, name))
            elif verdict not in KILLED:
                sys.exit(f"mutmut says {verdict!r} of {name}: not a verdict known here")
    return verdicts, alive


def shown(folder: Path, name: str) -> Mutant:
    """Return a mutant with the lines that it changes."""
    lines = mutmut(folder, "show", name).splitlines()
    was, becomes = (
        " ".join(line[1:].strip() for line in lines if line[:1] == sign and line[:3] != 3 * sign)
        for sign in "-+"
    )
    return Mutant(name, was, becomes)


def report(name: str, verdicts: Counter[str], alive: Sequence[Mutant], seconds: float) -> str:
    """Return the report on one part."""
    explained = {(s.function, s.was, s.becomes): s.why for s in survivors()}
    total = sum(verdicts.values())
    known = [m for m in alive if (m.function, m.was, m.becomes) in explained]
    counted = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    score = (total - len(alive)) / total if total else 1.0
    head = f"{name}: {total} mutants, {score:.1%} noticed, {seconds / 60:.1f} minutes"
    lines = [f"{head} ({counted}; {len(known)} of those that live are explained)"]
    for mutant in alive:
        why = explained.get((mutant.function, mutant.was, mutant.becomes))
        lines += [f"  {mutant.name}", f"    - {mutant.was}", f"    + {mutant.becomes}"]
        lines += [f"    ({why})"] if why else []
    return "\n".join(lines)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--digits", default="[0-9]", help="how their numbers end: [37] is a fifth")
    parser.add_argument("--sample", type=int, help="so many drawn at random, in place of digits")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--report", type=Path, help="where the reports are added")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    unexplained = 0
    for name in asked.parts or PARTS:
        began = time.monotonic()
        verdicts, alive = mutated(PARTS[name], asked.digits, asked.sample, asked.workers)
        text = report(name, verdicts, alive, time.monotonic() - began)
        print(text, flush=True)
        if asked.report:
            with asked.report.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        unexplained += text.count("\n    + ") - text.count("\n    (")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
