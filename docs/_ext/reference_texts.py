"""The references of commands, settings and words, as Markdown made of the code itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from cluster_geo.cli import main
from cluster_geo.glossary import WORDS, meaning
from cluster_geo.scenario.known import ANY, Known, known_settings

OPTION = re.compile(r"--[a-z][a-z-]*")
# What stands for a name of the planner's own.
OWN = {
    "boundaries": "LAYER",
    "balance": "NAME",
    "most": "TRUST",
    "fixed": "CLUSTER",
    "freeze_zones": "LAYER",
}


def commands_text() -> str:
    """Return the reference of every command, as Markdown."""
    group = click.Context(main, info_name="cluster-geo")
    return "\n".join(_commands(main, group))


def _commands(group: click.Group, above: click.Context) -> Iterator[str]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=above)
        if isinstance(command, click.Group):
            yield from _commands(command, context)
        else:
            yield from _command(command, context)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    path = context.command_path
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    yield f"({path.replace(' ', '-')})="
    yield f"## {path}\n"
    yield f"```text\n{usage}\n```\n"
    yield from _help(inspect.cleandoc(command.help or ""))
    yield "**Options**\n"
    for option in command.params:
        if isinstance(option, click.Option):
            yield f"{_names(option, context)}\n: {_escaped(_words(option, context))}\n"


def _help(text: str) -> Iterator[str]:
    """Yield the paragraphs of a command's help; those whose lines are kept apart are code."""
    for paragraph in text.split("\n\n"):
        if not paragraph.startswith("\b"):
            yield f"{_escaped(' '.join(paragraph.split()))}\n"
            continue
        head, *lines = paragraph.removeprefix("\b\n").splitlines()
        yield f"**{head.rstrip(':')}**\n"
        yield f"```sh\n{inspect.cleandoc(chr(10).join(lines))}\n```\n"


def _names(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    return ", ".join(f"`{name}{value}`" for name in option.opts)


def _words(option: click.Option, context: click.Context) -> str:
    """Return an option's help with its default, as `--help` prints it."""
    record = option.get_help_record(context)
    assert record is not None
    return " ".join(record[1].split())


def settings_text() -> str:
    """Return the reference of every setting of a scenario, section by section, as Markdown."""
    return "\n".join(_settings())


def _settings() -> Iterator[str]:
    section = ""
    for known in known_settings().values():
        title = ".".join(_named(known)[: 2 if known.key[1] == ANY else 1])
        if title != section:
            section = title
            yield f"\n(scenario-{known.key[0]})="
            yield f"## `[{title}]`\n"
            yield f"{_escaped(known.purpose)}\n"
        name = ".".join(_named(known)).removeprefix(f"{title}.")
        yield f"`{name}`\n: {_escaped(known.meaning)}.{_default(known)}\n"


def _named(known: Known) -> list[str]:
    return [
        OWN.get(known.key[place - 1], "NAME") if part == ANY else part
        for place, part in enumerate(known.key)
    ]


def _default(known: Known) -> str:
    """Say the default, where there is one to say."""
    value = known.default
    if known.key == ("clusters", "count"):
        return " Default: `free`."
    if value in (None, "", (), {}):
        return ""
    return f" Default: `{_toml(value)}`."


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def words_text() -> str:
    """Return the glossary, in the order of the alphabet, as Markdown."""
    words = sorted(WORDS, key=str.casefold)
    return "\n".join(f"{_escaped(word)}\n: {_escaped(meaning(word))}\n" for word in words)


def _escaped(text: str) -> str:
    """Return plain text as Markdown that shows it as it stands, options as code."""
    for sign in r"\`*_<>[]{}$":
        text = text.replace(sign, f"\\{sign}")
    return OPTION.sub(r"`\g<0>`", text)
