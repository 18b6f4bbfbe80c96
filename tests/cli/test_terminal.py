"""Names on a terminal command nothing."""

from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.cli.terminal import escape, harmless


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
