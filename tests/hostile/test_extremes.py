"""Every setting and every number of a command, at the ends of what its type can hold.

`check` and `propose` agree on what can be used, and what cannot is said in words.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cluster_geo.cli import main, options
from cluster_geo.cli.group import COMMANDS
from cluster_geo.scenario import sections
from cluster_geo.scenario.known import known_settings
from tests.cli.street import write_plan, write_street

EXTREMES = (
    *("é\x01\u202e", "", "x" * 300, "{}", "~/nowhere", "0", "-1", "1e-308", "1e308", "1e400"),
    *("inf", "-inf", "nan", "18446744073709551616", "  ", "[]", "true", "[1e308]", "none"),
    *("0:0", "5:3", "1:99999999999", "99999999999999999999999999:"),
)
# With these, a search has no end but its time: a work limit of 20 digits is one that is never met.
ENDLESS = ("solve.work",)
MOST_PLANNED = 6
LAYERED = {"<layer>": "district", "<name>": "north", "<cluster>": "999"}


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    folder = tmp_path_factory.mktemp("extremes")
    write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")
    write_plan(folder / "plan.csv", "1234", "5678")
    return folder


def run(street: Path, *words: str):
    """Run a command in the street's folder; anything but an exit code is a failure."""
    before = Path.cwd()
    os.chdir(street)
    try:
        result = CliRunner().invoke(main, words)
    finally:
        os.chdir(before)
    assert result.exception is None or isinstance(result.exception, SystemExit), (
        words,
        result.exception,
    )
    assert "Traceback" not in result.output
    return result


def keys() -> list[str]:
    """Every setting by its dotted key, with a name where any will do."""
    found = []
    for key in known_settings():
        parts = [LAYERED.get(part, part) for part in key]
        found.append(".".join(parts))
    return sorted(found)


# What decides how a search ends is tried each day, the rest each night: a plan for each value.
DAILY = ("solve.", "travel.", "pins.", "clusters.count")
KEYS = [
    pytest.param(key, marks=() if key.startswith(DAILY) else pytest.mark.nightly) for key in keys()
]


@pytest.mark.parametrize("key", KEYS)
def test_check_and_propose_agree_on_every_setting(street, key):
    """Whatever `check` lets pass `propose` can begin with."""
    planned = 0
    for value in EXTREMES:
        if key in ENDLESS and not value.startswith("-"):
            continue
        setting = f"{key}={value}"
        checked = run(street, "check", "street.toml", "--set", setting)
        assert checked.exit_code in (0, 2, 3), setting
        if checked.exit_code:
            assert len(checked.output) > 30, setting
            continue
        # A text may be anything: of many values that pass, these few make a plan each.
        planned += 1
        if planned > MOST_PLANNED:
            continue
        words = ("--set", "solve.work=50", "--set", setting, "--out", "out")
        proposed = run(street, "propose", "street.toml", *words)
        assert proposed.exit_code in (0, 3, 4), (setting, proposed.output[-500:])


def test_a_command_and_a_scenario_have_one_longest_time():
    """The command has its own constant, because importing the scenario's would cost it a second."""
    assert options.MOST_SECONDS == sections.MOST_SECONDS


TEXTS = ("boolean", "text", "path", "choice", "file", "directory")


def numeric_options() -> list[tuple[str, str]]:
    """Every option of a command that takes a number."""
    context = click.Context(main)
    return [
        (name, option.opts[0])
        for name in COMMANDS
        if (command := main.get_command(context, name)) is not None
        for option in command.params
        if isinstance(option, click.Option) and option.type.name not in TEXTS
    ]


ARGUMENTS = {
    "audit": ("plan.csv", "--scenario", "street.toml"),
    "compare": ("plan.csv", "plan.csv", "--scenario", "street.toml"),
    "export": ("plan.csv", "--scenario", "street.toml", "--out", "exported"),
    "map": ("plan.csv", "--scenario", "street.toml", "--out", "map.html"),
    "why": ("plan.csv", "100001", "--scenario", "street.toml"),
    "sweep": ("street.toml", "--vary", "solve.seed=1", "--out", "sweep"),
}
USELESS = ("0", "-1", "1e400", "inf", "-inf", "nan", "18446744073709551616", "", "é\x01")


@pytest.mark.parametrize(("command", "option"), numeric_options())
def test_a_number_that_is_of_no_use_is_refused(street, command, option):
    """In words, before anything is read."""
    arguments = ARGUMENTS.get(command, ("street.toml",))
    for value in USELESS:
        if (command, option, value) in HARMLESS:
            continue
        result = run(street, command, *arguments, option, value)
        assert result.exit_code == 2, (command, option, value, result.output[-300:])


# Nought is a seed, and a share of nothing is a strict one.
HARMLESS = {
    ("propose", "--seed", "0"),
}
