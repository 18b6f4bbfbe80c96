"""The command group: help, speed, errors and exit codes."""

import os
import subprocess
import sys

import click
import pytest
from click.shell_completion import ShellComplete

from cluster_geo.cli.group import COMMANDS, SUMMARIES, main
from cluster_geo.errors import ImpossibleError, InputError, NoPlanFoundError, OutputError


def test_help_lists_every_command(run):
    """The help names each command with its summary."""
    result = run("--help")
    assert result.exit_code == 0
    for name, summary in SUMMARIES.items():
        assert f"  {name}" in result.stdout
        assert summary in result.stdout
    assert list(SUMMARIES) == list(COMMANDS)


def test_commands_are_completed():
    """What a shell asks for at the tab key is answered without loading any command."""
    complete = ShellComplete(main, {}, "cluster-geo", "_CLUSTER_GEO_COMPLETE")
    assert [item.value for item in complete.get_completions([], "pr")] == [
        "propose", "price", "provision",
    ]  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run, name):
    """Each command's help has an example that calls that command, and says what it does."""
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.stdout
    assert f"cluster-geo {name}" in result.stdout.split("Example:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_is_the_commands_own(name):
    """The group's list, which is there so that nothing need be loaded, is not out of date."""
    command = main.get_command(click.Context(main), name)
    assert command.short_help == SUMMARIES[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name):
    """No option of any command is without help."""
    command = main.get_command(click.Context(main), name)
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert all(option.help for option in options)


def test_help_is_there_at_once():
    """The help loads neither pandas nor the solver: it is there in half a second."""
    code = (
        "import sys; from cluster_geo.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'geopandas', 'pulp', 'folium', 'pydantic', 'networkx'}\n"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError([]), 2),
        (OutputError("no"), 2),
        (ImpossibleError("no"), 3),
        (NoPlanFoundError("no"), 4),
    ],
)
def test_errors_are_messages_with_exit_codes(run, monkeypatch, error, code):
    """An error of the package is its message on stderr, without a traceback."""

    def fail(*_, **__):
        raise error

    monkeypatch.setattr("cluster_geo.scenario.read_scenario", fail)
    result = run("check")
    assert result.exit_code == code
    assert result.stderr.strip() == str(error)
    assert result.stdout == ""


def test_ctrl_c_outside_the_search_is_a_message(run, monkeypatch):
    """Stopping while files are read leaves no traceback."""

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cluster_geo.scenario.read_scenario", interrupt)
    result = run("check")
    assert result.exit_code == 130
    assert "Nothing was written" in result.stderr


def test_a_reader_that_has_gone_is_no_error_to_tell():
    """As `| head` does: nothing is said of the pipe, and there is no traceback."""
    ours, theirs = os.pipe()
    os.close(ours)
    code = "from cluster_geo.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "scenario", "kent"],
        stdout=theirs, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(theirs)
    assert done.returncode == 0
    assert done.stderr == ""


def test_an_unknown_command(run):
    """A mistyped command is a usage error."""
    assert run("propos").exit_code == 2
