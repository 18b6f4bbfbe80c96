"""Broken files: they end in a message or a sound plan, never in a traceback or a hang.

Each test breaks one kind of file, or the settings, in ways drawn by hypothesis, and runs the
command on a small county. Either it ends with 2, 3 or 4 and says why, or with a plan that passes
its audit.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.cli import main
from cluster_geo.scenario.known import known_settings
from tests.hostile import towns
from tests.hostile.damage import CELLS, damage_of
from tests.hostile.profiles import drawn

# Done, bad input, proven impossible, none found: all that a command may end with.
IN_ORDER = (0, 2, 3, 4)
TABLES = [name for name in towns.files() if name.endswith(".csv")]
LAYERS = [name for name in towns.files() if name.endswith(".geojson")]
# What a file needs to be read at all, beside the scenario that names the others.
NEEDS = {
    "gias.csv": ("--schools", "gias.csv"),
    "matrix.csv": ("--set", "travel.matrix=matrix.csv"),
}
SETTINGS = [".".join(key).replace("*", "district") for key in known_settings()]
SETTINGS += [
    "balance.ehcp.column",
    "extends",
    "nonsense",
    "plan",
    "pins.fixed.1",
    "recorded_paths",
    "granted",
    "name",
]
VALUES = (
    *CELLS, "1", "2", "3:5", "14:8", "free", "1:99999999999999999999", "1e308", "1e-300", "0.5",
    "priced", "shown", "hard-if-possible", "true", "[]", "{}", "schools.csv", "plan.csv", ".", "/",
    "/dev/null", "districts.geojson", "matrix.csv", "district", "pupils", "9" * 5000, '["West"]',
    # pins in a circle, a school with itself, together and apart, in two clusters at once
    "[[300001,300002],[300002,300003],[300003,300001]]", "[[300001,300001]]", "[[300003,300016]]",
    "{1=[300001],2=[300001]}", "{1=[300001,300002],2=[300003]}", '["secondary"]', '["C-0"]',
    '{district=["West"]}', "[" * 3000,
)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A folder with every file, in which tests write one broken copy at a time."""
    folder = tmp_path_factory.mktemp("hostile")
    towns.write(folder, towns.files())
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def run(*words: str) -> int:
    """Run a command, which must end with a known exit code and a message. Return its exit code."""
    result = CliRunner().invoke(main, [*words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in IN_ORDER, result.output
    assert "Traceback" not in result.output
    if result.exit_code:
        assert len(result.stderr.strip()) > 20, "it must say what is wrong"
        assert "\x1b" not in result.stderr
    return result.exit_code


def broken_rules(*words: str) -> list[str]:
    """Propose a plan; return the rules that it breaks, or none if no plan is written."""
    if run("propose", *words, "--out", "out") != 0:
        return []
    record = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    return [] if record["kept"] else record["broken"] or ["not kept"]


def broken(town: Path, name: str, content: bytes) -> tuple[str, ...]:
    """Write a broken copy of one file beside the sound ones; return the options that use it."""
    towns.write(town, towns.files() | {name: content})
    return ("mine.toml", *NEEDS.get(name, ()))


def test_the_county_itself_is_sound(town):
    """The unbroken files are read and give a plan."""
    assert run("check", "mine.toml") == 0
    assert run("propose", "mine.toml", "--out", "out") == 0
    assert run("check", *broken(town, "gias.csv", towns.register())) == 0
    assert run("check", *broken(town, "matrix.csv", towns.files()["matrix.csv"])) == 0


@pytest.mark.parametrize("name", [*TABLES, *LAYERS, "mine.toml"])
def test_any_file_may_arrive_broken(town, name):
    """Cut off, doubled, emptied, in another encoding, with NULs, odd cells, rings and headers."""

    @drawn(5)
    @given(damage_of(name))
    def check(damage):
        words = broken(town, name, damage(towns.files()[name]))
        assert run("check", *words) in IN_ORDER

    check()


@pytest.mark.parametrize("name", ["schools.csv", "plan.csv", "matrix.csv", "districts.geojson"])
def test_what_is_read_gives_a_sound_plan_or_none(town, name):
    """A broken file that can still be read ends in a plan that passes its audit, or in a reason."""

    @drawn(2)
    @given(damage_of(name))
    def plan(damage):
        words = broken(town, name, damage(towns.files()[name]))
        assert broken_rules(*words) == []

    plan()


@drawn(15)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(SETTINGS),
            st.sampled_from(VALUES) | st.integers().map(str) | st.floats().map(repr) | st.text(),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_setting_may_be_anything(town, pairs):
    """Every setting of the scenario, set to what somebody might type."""
    towns.write(town, towns.files())
    words = [word for key, value in pairs for word in ("--set", f"{key}={value}")]
    assert run("check", "mine.toml", *words) in IN_ORDER


@drawn(4)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([s for s in SETTINGS if not s.startswith("solve.")]),
            st.sampled_from(VALUES),
        ),
        min_size=1,
        max_size=2,
    )
)
def test_odd_settings_give_a_sound_plan_or_none(town, pairs):
    """What passes the checks is solved, and the plan keeps the rules that were asked."""
    towns.write(town, towns.files())
    words = [word for key, value in pairs for word in ("--set", f"{key}={value}")]
    assert broken_rules("mine.toml", *words) == []


@drawn(5)
@given(damage=damage_of("plan.csv"))
def test_any_plan_may_be_audited(town, damage):
    """A plan drawn by hand is judged or refused, however it was drawn."""
    (town / "mine.toml").write_bytes(towns.files()["mine.toml"])
    towns.write(town, towns.files())
    (town / "hand.csv").write_bytes(damage(towns.files()["plan.csv"]))
    assert run("audit", "hand.csv", "--scenario", "mine.toml") in IN_ORDER


@drawn(5)
@given(damage=damage_of("run.json"), part=st.sampled_from(["", "scenario", "inputs", "versions"]))
def test_any_record_may_be_repeated(town, damage, part):
    """A run.json that is damaged or has odd parts gives a message."""
    towns.write(town, towns.files())
    record = {"scenario": {"schools": {"file": "schools.csv"}}, "inputs": [], "versions": {}}
    if part:
        record[part] = damage(b"part").decode("utf-8", "replace")
    (town / "run.json").write_bytes(damage(json.dumps(record).encode()) if not part
                                    else json.dumps(record).encode())  # fmt: skip
    assert run("propose", "--from", "run.json", "--out", "out") in IN_ORDER
