"""The documentation says what there is: its commands, settings, names and links."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from pathlib import Path

import click
import pytest

import cluster_geo as cg
from cluster_geo.cli import main
from cluster_geo.errors import ScenarioError
from cluster_geo.export import OUTPUT_FILES
from cluster_geo.scenario import Scenario, read_scenario, shipped_scenarios
from cluster_geo.scenario.known import known_settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    if not {"_build", "generated", "notebooks"} & set(page.relative_to(ROOT).parts)
)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)
LEAVES = {name for name in cg.__all__ if name != "__version__"}


def name_of(page):
    """Return a page's path as it is spoken of."""
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def texts():
    """The functions that write the references; Sphinx is not needed for them."""
    sys.path.insert(0, str(DOCS / "_ext"))
    try:
        import reference_texts  # noqa: PLC0415 - found by the path above
    finally:
        sys.path.pop(0)
    return reference_texts


def commands_in(page):
    """Return the calls of the program that a page prints, each as its arguments."""
    blocks = SHELL.findall(page.read_text(encoding="utf-8"))
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    calls = [part for line in lines for part in line.split("&&")]
    words = [shlex.split(call, comments=True) for call in calls]
    return [w[1:] for w in words if w and w[0].removeprefix(".venv/bin/") == "cluster-geo"]


def leaf(arguments):
    """Return the command that arguments begin with, and what is left of them."""
    command, rest = main, list(arguments)
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), rest.pop(0))
        assert command is not None, arguments
    return command, rest


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_printed_can_be_typed(page):
    """Each command exists, takes these options, and each setting may have this value."""
    for arguments in commands_in(page):
        command, rest = leaf(arguments)
        given, _, _ = command.make_parser(click.Context(command)).parse_args(rest)
        pairs = [text.partition("=") for text in given.get("settings") or ()]
        read_scenario("example", {key: value for key, _, value in pairs})
        for text in given.get("axes") or ():
            key, _, values = text.partition("=")
            for value in values.split(","):
                read_scenario("example", {key: value})


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_scenario_that_is_printed_can_be_read(page, tmp_path):
    """Every setting in it is known and has a value that it may have."""
    for text in TOML.findall(page.read_text(encoding="utf-8")):
        path = tmp_path / "printed.toml"
        whole = text if "extends" in tomllib.loads(text) else f'extends = "kent"\n\n{text}'
        path.write_text(whole, encoding="utf-8")
        assert read_scenario(path)


def test_a_setting_that_is_none_would_be_noticed(tmp_path):
    """The two tests above look at what they read."""
    page = tmp_path / "page.md"
    page.write_text("```sh\ncluster-geo propose --set clusters.sise=6:12\n```\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"clusters\.sise"):
        test_what_is_printed_can_be_typed(page)
    page.write_text("```sh\ncluster-geo propose --frm outputs\n```\n", encoding="utf-8")
    with pytest.raises(click.NoSuchOption):
        test_what_is_printed_can_be_typed(page)


def test_the_reference_of_commands_is_whole(texts):
    """Each command has a section, and each of its options a line with its help."""
    text = texts.commands_text()
    pages = text.split("\n## ")[1:]
    found = {page.partition("\n")[0]: page for page in pages}
    commands = dict(every_command(main, "cluster-geo"))
    assert list(found) == list(commands)
    for path, command in commands.items():
        for option in command.params:
            if isinstance(option, click.Option):
                assert f"`{option.opts[0]}" in found[path], (path, option)
        assert "Exit codes" in found[path] or "Exit codes" not in (command.help or "")
        assert f"```sh\n{path}" in found[path], path


def every_command(group, path):
    """Yield each command that is no group, with how it is called."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_the_reference_of_settings_is_whole(texts):
    """Each section has a heading, and each setting a line with its meaning and default."""
    text = texts.settings_text()
    for section in set(Scenario.model_fields) - {"name", "recorded_paths", "granted"}:
        assert f"\n## `[{section}" in text, section
    names = re.findall(r"^`(.+)`\n: ", text, re.MULTILINE)
    assert len(names) == len(known_settings())
    assert "`size`\n: Schools in a cluster, a range such as 8:14. Default: `8:14`." in text
    weight = "Price of each unit above or below the share, in km of travel. Default: `0.01`."
    assert f"`weight`\n: {weight}" in text


def test_signs_of_markdown_in_help_stay_what_they_are(texts):
    """A `[x>0]` is neither a link nor a quotation, and two hyphens are no dash."""
    assert texts._escaped("With --from: go on") == "With `--from`: go on"
    assert texts._escaped("[x>0] a_b *c*") == r"\[x\>0\] a\_b \*c\*"


def test_every_public_name_has_a_page():
    """What can be imported is in the Python reference, once, and nothing else."""
    text = (DOCS / "analysts" / "api.md").read_text(encoding="utf-8")
    listed = re.findall(r"^   (\w+)$", text, re.MULTILINE)
    assert sorted(listed) == sorted(LEAVES)


def test_the_outputs_page_knows_every_output():
    """Every file that a run writes is described."""
    text = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
    assert [file for file in OUTPUT_FILES if f"`{file}`" not in text] == []


def test_every_shipped_scenario_is_named():
    """A planner learns of each of them on the page about a county of one's own."""
    text = (DOCS / "planners" / "own-county.md").read_text(encoding="utf-8")
    assert [name for name in shipped_scenarios() if f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    """No page points at a file or a page that is not there."""
    text = page.read_text(encoding="utf-8")
    files = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    files += re.findall(r"```\{include\} (\S+)", text)
    pages = re.findall(r"\{doc\}`(?:[^`<]+<)?([^`>]+)>?`", text)
    pages += re.findall(r"^:link: (\S+)$", text, re.MULTILINE)
    broken = [file for file in files if not (page.parent / file).exists()]
    for name in pages:
        target = page.parent / f"{name}.md"
        book = ROOT / "notebooks" / f"{Path(name).name}.ipynb"
        if not (target.is_file() or book.is_file()):
            broken.append(name)
    assert broken == []


def test_the_checks_before_a_commit_are_those_of_ci():
    """Each hook runs what .ci/run runs, and fetches nothing."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    hooks = re.findall(r"entry: (.+)", text)
    stages = re.findall(r'^stage "(?:Lint|Types|Import contract)" "(.+)"$', run, re.MULTILINE)
    assert hooks == [command for stage in stages for command in stage.split(" && ")]
    assert re.findall(r"repo: (.+)", text) == ["local"]


def test_the_citation_is_of_this_version():
    """A version that is cited is one that there is."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {cg.__version__}\n" in text


def test_the_readme_is_short():
    """It says what this is and where to read on; the rest is documentation."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize(
    "what", ["census", "register of schools|All establishment data", "districts"]
)
def test_each_open_file_is_sent_for_to_one_place(what):
    """Whichever page says where a file is from, it names the same address."""
    found = {
        address
        for page in [*PAGES, ROOT / "boundaries" / "README.md"]
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and re.search(what, line)
        for address in re.findall(r"\]\((https://[^)]+)\)", line)
    }
    assert len(found) == 1, found
