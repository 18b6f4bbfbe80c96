"""A meeting about a plan of withheld counts: nothing that it shows or leaves behind tells one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cluster_geo.session import Move, Session, sentences_of
from tests.cli.street import FIRST
from tests.privacy.test_commands import without_hash, write_files

PRICED = {"balance.plans.weight": "1", "balance.roll.weight": "2"}
# They hold the hash of the planner's own file, which tells nothing.
HASHED = ("journal.jsonl",)


def met(folder: Path, audience: str, **counts: int) -> dict[str, object]:
    """What a meeting shows, step by step, and what it leaves behind."""
    scenario = write_files(folder, **counts)
    shown: list[object] = []
    overrides = {**PRICED, "plan.audience": audience}
    out = folder / f"after {len(list(folder.iterdir()))}"
    plan = folder / "a.csv"
    with Session.open(
        plan, scenario=scenario, overrides=overrides, clock=lambda: "2026-09-01"
    ) as session:
        shown += [session.summary, [one.change for one in session.ranking(FIRST + 1)]]
        for place, code in ((1, "C-2"), (5, "C-1")):
            found = session.accept(Move(to={FIRST + place: code}))
            shown += [sentences_of(found), [(row.before, row.after) for row in found.rows]]
            shown.append(session.summary)
        session.finish(out, reason="For the test")
    files = without_hash(folder, out.name)
    record = json.loads(files.pop("run.json"))
    files |= {"cost": record["cost"], "bound": record["bound"]}
    kept = {name: data for name, data in files.items() if name not in HASHED}
    return kept | {"shown": shown}


@pytest.mark.parametrize(("audience", "told"), [("public", False), ("internal", True)])
def test_no_step_and_no_file_tells_a_small_count(tmp_path, audience, told):
    """Two schools with few plans move; all scores are by the rules that the audience may see."""
    first = met(tmp_path, audience, first=0, second=1)
    second = met(tmp_path, audience, first=4, second=3)
    differ = {name for name in first if first[name] != second[name]}
    if not told:
        # Spreadsheets and GeoPackages hold the time at which they were made.
        assert differ <= {"plan.xlsx", "plan.gpkg"}
        assert "Left out, since counts below 5 are withheld" in str(first["report.html"])
    else:
        assert {"shown", "cost", "report.html"} <= differ
