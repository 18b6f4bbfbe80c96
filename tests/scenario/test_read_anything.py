"""Anything a planner may type or write: a scenario, with the values that stand there, or faults."""

import json
import tomllib
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.errors import ClusterGeoError, ScenarioError
from cluster_geo.scenario import Scenario, read_scenario, recorded_scenario


@given(
    st.dictionaries(
        st.sampled_from(["clusters", "plan", "boundaries", "pins", "x", "solve.seed", "é"])
        | st.text(max_size=8),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(st.text(max_size=4), inner, max_size=2)
            ),
            max_leaves=5,
        ),
        max_size=3,
    )
)
def test_any_override_is_a_scenario_or_a_message(overrides):
    """Whatever is thrown at it, reading ends in a scenario or in faults, never otherwise."""
    with suppress(ClusterGeoError):
        assert isinstance(read_scenario("kent-benchmark", overrides), Scenario)


# Values that settings of several kinds can have, as a planner may write them.
SOUND = {
    "plan.title": st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=9),
    "clusters.primaries": st.integers(0, 8),
    "travel.factor": st.floats(1, 10),
    "travel.weight": st.floats(0, 1e6),
    "neighbours.bridge": st.booleans(),
    "schools.as_at": st.dates(),
    "schools.districts": st.lists(st.sampled_from(["Dover", "Thanet", "Swale"]), max_size=3),
    "trusts.rule": st.sampled_from(["priced", "shown"]),
    "pins.fixed.3": st.lists(st.integers(1, 10**6), min_size=1, max_size=3, unique=True),
}


@given(asked=st.fixed_dictionaries({}, optional=SOUND))
def test_any_sound_settings_are_read_as_they_are_written(asked):
    """On the command line as in a file every one of them is read, and is what was asked."""
    texts = {key: _as_typed(value) for key, value in asked.items()}
    for overrides in (asked, texts):
        found = read_scenario("kent-benchmark", overrides)
        for key, value in asked.items():
            read = found
            for part in key.split("."):
                read = read[part] if isinstance(read, dict) else getattr(read, part)
            assert read == (tuple(value) if isinstance(value, list) else value)
    rest = {key: value for key, value in found.record().items() if key != "name"}
    assert recorded_scenario(rest, {}).model_copy(update={"name": found.name}) == found


def _as_typed(value: object) -> str:
    """Return a value as it is typed after ``--set key=``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) or (isinstance(value, list) and value and isinstance(value[0], str)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


PARTS = st.sampled_from(
    (
        "[clusters]\nsize = '3:9'",
        "[clusters]\nprimaries = 2",
        '[plan]\ntitle = "Ash"',
        "# a remark",
        "[solve",
    )
)


def test_any_file_is_a_scenario_or_a_message(tmp_path):
    """Whatever stands in a file, reading ends in a scenario or in faults; one in ten is one."""
    ends, path = Counter(), tmp_path / "mine.toml"

    @given(
        st.binary(max_size=60)
        | st.text(alphabet="[]{}=\"#.\n' ab1:,", max_size=60).map(str.encode)
        | st.lists(PARTS, max_size=3, unique=True).map(lambda lines: "\n".join(lines).encode())
    )
    def check(content):
        path.write_bytes(content)
        try:
            found = read_scenario(path)
        except ClusterGeoError:
            ends["refused"] += 1
            return
        ends["read"] += 1
        tree = tomllib.loads(content.decode("utf-8-sig"))
        assert str(found.clusters.size) == tree.get("clusters", {}).get("size", "8:14")
        assert found.clusters.primaries == tree.get("clusters", {}).get("primaries", 1)
        ends["with a value"] += bool(tree.get("clusters"))

    check()
    assert ends["read"] >= (ends["read"] + ends["refused"]) / 10
    assert ends["with a value"] >= 3


@pytest.mark.parametrize("text", ["[" * 5000, "{a=" * 2000, "'" * 9])
def test_hostile_values_are_messages(text):
    """Values nested a thousand deep are refused, not crashed on."""
    with pytest.raises(ScenarioError):
        read_scenario("kent", {"pins.together": text})


@pytest.mark.parametrize("content", [b"\xef", b"\xef\xbb"])
def test_a_file_that_ends_within_its_first_mark_is_not_an_empty_one(tmp_path, content):
    """Python's own reader of such text drops what is left of a byte-order mark without a word."""
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ClusterGeoError, match="not UTF-8 text"):
        read_scenario(path)
