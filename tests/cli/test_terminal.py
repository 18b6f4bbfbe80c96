"""Names on a terminal command nothing."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cluster_geo.cli.show import MOST_NOTICES, show_notices
from cluster_geo.cli.terminal import escape, harmless, lines_of, say
from cluster_geo.records import Notice
from tests.outputs import make_world


def test_escape_sequences_are_written_out():
    """Colours, bells, titles and turned names show as what they are."""
    assert harmless("\x1b[31mred\x07\x9b2J") == r"\x1b[31mred\x07\x9b2J"
    assert harmless("\u202egnp.exe") == r"\u202egnp.exe"
    assert harmless("two\nlines") == "two\nlines"
    assert escape("[bold]St Zo\xeb\u2019s[/]") == "\\[bold]St Zo\xeb\u2019s\\[/]"


@given(st.text())
def test_nothing_a_terminal_obeys_is_left(text):
    """Whatever a file holds, no control character but the line's end reaches the terminal."""
    assert all(c in "\n\t" or c.isprintable() or ord(c) > 0x9F for c in harmless(text))


def test_messages_about_files_are_harmless(run, tmp_path):
    """A fault that names a school with an escape in its name does not paint the terminal."""
    (tmp_path / "bad.csv").write_text(
        "urn,name,phase,easting,northing\n1,\x1b]0;owned\x07School,primary,51,0\n"
    )
    result = run("check", "--schools", "bad.csv")
    assert result.exit_code == 2
    assert "School" in result.stderr
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


SENTENCE = (
    "This plan scores 2,177.7. Under the same rules and weights no plan can score "
    "below 2,147.1, so it could improve by at most 1.4 %. It puts 563 schools into 53 clusters of "
    "8 to 14 schools, none more than 16.7 km from its central school, after 40 seconds."
)


@pytest.mark.parametrize("width", range(24, 100))
def test_no_line_breaks_inside_a_figure_or_before_its_unit(width):
    """Lines as wide as the window, of whole words, that say the same."""
    lines = lines_of(SENTENCE, width)
    assert " ".join(lines) == SENTENCE
    assert max(map(len, lines)) <= width
    assert not any(re.match(r"%|km\b|seconds|schools|clusters|to \d", line) for line in lines)
    assert not any(re.search(r"\d to$", line) for line in lines)


def test_a_sentence_is_whole_for_a_file_and_in_lines_for_a_terminal():
    """What another program reads is one line, however narrow the window."""
    for terminal, lines in ((False, 1), (True, 4)):
        paper = io.StringIO()
        say(Console(file=paper, force_terminal=terminal, width=80, no_color=True), SENTENCE)
        assert len(paper.getvalue().splitlines()) == lines
        assert "".join(paper.getvalue().split()) == "".join(SENTENCE.split())


def test_notices_that_are_cut_say_where_the_rest_is():
    """The first few of each kind; with --all every one of them."""
    world = make_world()
    notices = tuple(Notice("date", f"Notice {k}.") for k in range(MOST_NOTICES + 3))
    county = replace(world.county, schools=replace(world.county.schools, notices=notices))
    for every, told in ((False, MOST_NOTICES), (True, MOST_NOTICES + 3)):
        paper = io.StringIO()
        show_notices(Console(file=paper, width=80), county, every=every)
        assert paper.getvalue().count("Notice ") == told
        assert (
            "Opening and closing: and 3 more; --all lists them" in paper.getvalue()
        ) is not every
