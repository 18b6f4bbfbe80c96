"""`cluster-geo sweep` and `cluster-geo options` at the command line."""

import pytest


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["sweep"], "no setting is varied"),
        (["sweep", "--vary", "clusters.count"], "varies nothing"),
        (["sweep", "--vary", "clusters.cuont=1,2"], "clusters.count"),
        (["sweep", "--runs", "nowhere.toml"], "cannot be read"),
        (["options", "--within", "200%"], "no share"),
        (["options", "--different", "a lot"], "no share"),
        (["options", "--number", "0"], "--number"),
    ],
)
def test_what_cannot_be_asked_for_is_a_message(run, command, said):
    """Faults are told before anything is solved, with exit code 2."""
    result = run(*command)
    assert result.exit_code == 2
    assert said in result.output


def test_one_option_is_the_best_plan(run, instant_search, tmp_path):
    """The folder has the option's outputs and the page, and nothing is said of what is settled."""
    folder = tmp_path / "o"
    result = run(
        "options", "--number", "1", "--out", str(folder), "--set", "clusters.size=1:122",
        "--set", "clusters.non_selective.rule=shown",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    words = "There is only one option, so what is settled is not known."
    assert words in result.stdout
    assert words in (folder / "options.html").read_text(encoding="utf-8")
    assert words in (folder / "settled.html").read_text(encoding="utf-8")
    assert (folder / "options.html").is_file()
    assert (folder / "option-A" / "clusters.csv").is_file()
