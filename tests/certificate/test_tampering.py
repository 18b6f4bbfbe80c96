"""Whatever is changed in a certificate, a plan or the files of a run is refused by name."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cluster_geo.certificate import (
    CERTIFICATE_FILE,
    CHECKED_FILE,
    RefutedError,
    instance_hash,
    verify,
)
from cluster_geo.certificate.document import plan_hash
from cluster_geo.errors import ClusterGeoError, InputError
from cluster_geo.plan import Cluster, Plan
from tests.cli.street import FIRST

Content = dict[str, Any]


def content_of(folder: Path) -> Content:
    return json.loads(gzip.decompress((folder / CERTIFICATE_FILE).read_bytes()))


def changed(folder: Path, change: Callable[[Content], object]) -> None:
    """Change the certificate in a folder, as somebody would who knows the format."""
    content = content_of(folder)
    change(content)
    text = json.dumps(content)
    (folder / CERTIFICATE_FILE).write_bytes(gzip.compress(text.encode()))


def leaf_of(content: Content) -> Content:
    """The first leaf with weights."""
    node = next(node for node in content["nodes"] if "split" not in node)
    return node["leaf"] if "leaf" in node else node["list"]["leaf"]


def refused(folder: Path) -> str:
    """What is said of a folder, which must not be verified."""
    with pytest.raises(ClusterGeoError) as caught:
        verify(folder, processes=1)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_as_it_was_written_it_holds(copied):
    """All of it; and once more, from what was kept."""
    found = verify(copied, processes=1)
    assert (found.complete, found.earlier, found.unsettled) == (True, 0, ())
    assert found.bound == pytest.approx(found.certificate.bound, abs=1e-2)
    assert found.bound <= found.certificate.cost
    again = verify(copied, processes=1)
    assert (again.complete, again.checked, again.earlier) == (True, 0, found.total)


def raise_a_school(content: Content) -> None:
    """A weight raised, and the bound with it: the sums are right, a cluster is too cheap."""
    schools = leaf_of(content)["weights"]["schools"]
    schools[str(FIRST + 1)] += 0.5
    content["bound"] = content["cost"]


def forget_the_least(content: Content) -> None:
    """Every least reduced cost forgotten."""
    for node in content["nodes"]:
        leaf = node.get("leaf") or node.get("list", {}).get("leaf")
        if leaf:
            leaf["weights"]["schools"] = {
                urn: weight + 0.4 for urn, weight in leaf["weights"]["schools"].items()
            }
            leaf["least"] = {}


def narrow_the_numbers(content: Content) -> None:
    content["numbers"] = [content["numbers"][0] + 1, content["numbers"][1]]


def add_a_stranger(content: Content) -> None:
    leaf_of(content)["weights"]["schools"]["999999"] = 7.0


def add_a_rule(content: Content) -> None:
    leaf_of(content)["weights"]["plan"] = {"luck": 1.0}


def pay_for_a_cut(content: Content) -> None:
    triple = [FIRST, FIRST + 1, FIRST + 2]
    leaf_of(content)["weights"]["cuts"] = [{"schools": triple, "weight": 0.5}]


def cut_a_pair(content: Content) -> None:
    """A cut of a school with itself would say that it is in no cluster of two."""
    triple = [FIRST, FIRST, FIRST + 1]
    leaf_of(content)["weights"]["cuts"] = [{"schools": triple, "weight": -0.5}]


def two_roots(content: Content) -> None:
    content["nodes"].append(content["nodes"][0])


def drop_a_branch(content: Content) -> None:
    """Split the root, and let both branches be the same node."""
    split = {"kind": "hub", "of": [FIRST], "branches": [1, 1]}
    content["nodes"] = [{"split": split}, content["nodes"][0]]


def split_in_one(content: Content) -> None:
    most = content["numbers"][1]
    split = {"kind": "number", "of": [most], "branches": [1, 2]}
    content["nodes"] = [{"split": split}, content["nodes"][0], content["nodes"][0]]


def freeze_a_cluster(content: Content) -> None:
    content["frozen"] = [[FIRST, FIRST + 1]]


def be_cheaper(content: Content) -> None:
    content["cost"] -= 0.25


def scale_up(content: Content) -> None:
    """A scale so large that any cluster is within what counts as rounding."""
    content["scale"] = 2.0**40
    raise_a_school(content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (raise_a_school, "has a reduced cost of|adds up to"),
        (forget_the_least, "has a reduced cost of|adds up to"),
        (lambda c: c.update(bound=c["cost"] + 1.0), "states a bound of"),
        (narrow_the_numbers, "is about plans with"),
        (add_a_stranger, "is about a school that is not in the run: 999999"),
        (add_a_rule, "a weight of an unknown rule: luck"),
        (pay_for_a_cut, "less than or equal to 0 at nodes.0"),
        (cut_a_pair, "a cut that names a school twice"),
        (two_roots, "belongs to no split before it"),
        (drop_a_branch, "branches of node 0 are not its own"),
        (split_in_one, "does not divide its plans in two"),
        (freeze_a_cluster, "other frozen clusters than the run"),
        (be_cheaper, "but the certificate says"),
        (lambda c: leaf_of(c)["weights"]["schools"].update({str(FIRST): 1e308}), "too large"),
        (lambda c: leaf_of(c).update(least={str(FIRST): -1e308}), "too large to be checked"),
        (lambda c: c.update(scale=1e-12), "too large to be checked at a scale of 1e-12"),
        (lambda c: c.update(scale=5e-324), "at scale"),
        (lambda c: c.update(scale=1e308), "at scale"),
        (lambda c: c.update(numbers=[0, 10**400]), "more clusters than schools"),
        (lambda c: c.update(plan="0" * 64), "is not the plan that the certificate is about"),
        (lambda c: c.update(instance="0" * 64), "is not about this run"),
        (lambda c: c.update(version=2), "input should be 1 at version"),
        (lambda c: c.update(note="trust me"), "extra inputs are not permitted at note"),
        (lambda c: c.update(cost="cheap"), "valid number at cost"),
        (lambda c: c["nodes"].clear(), "at nodes"),
    ],
)
def test_a_changed_certificate(copied, change, words):
    """By somebody who knows the format and recomputes what can be recomputed."""
    changed(copied, change)
    message = refused(copied)
    assert any(part in message for part in words.split("|")), message


def test_a_scale_that_forgives_everything_proves_nothing(copied):
    """What is forgiven is taken off the bound, so the words say how little is left of it."""
    before = verify(copied, processes=1).bound
    changed(copied, scale_up)
    try:
        found = verify(copied, processes=1)
    except RefutedError:
        return
    assert found.bound < before - 1e3


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[: len(b) // 2],
        lambda b: b[:-4],
        lambda _: b"",
        lambda _: b"no gzip",
        lambda _: gzip.compress(b"{"),
        lambda _: gzip.compress(b"[1]"),
        lambda _: gzip.compress(b'{"cost": NaN}'),
        lambda _: gzip.compress(b"[" * 100_000),
        lambda b: b[:60] + bytes([b[60] ^ 255]) + b[61:],
    ],
)
def test_a_damaged_certificate(copied, damage):
    """Cut short, emptied, or something else."""
    path = copied / CERTIFICATE_FILE
    path.write_bytes(damage(path.read_bytes()))
    assert CERTIFICATE_FILE in refused(copied)


def test_no_certificate(copied):
    """The message says how to have one written."""
    (copied / CERTIFICATE_FILE).unlink()
    assert "solve.certificate=true" in refused(copied)


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "clusters.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def moved(folder: Path) -> None:
    """Move a school of the first cluster to the last."""
    rows = rows_of(folder)
    rows[0]["cluster"], rows[0]["cluster_name"] = rows[-1]["cluster"], rows[-1]["cluster_name"]
    with (folder / "clusters.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_a_changed_plan(copied):
    """A school moved by hand."""
    moved(copied)
    assert "clusters.csv is not the plan" in refused(copied)


def test_a_changed_plan_with_its_hash(copied):
    """The hash corrected too: then the plan breaks a requirement, or costs something else."""
    moved(copied)
    groups: dict[str, list[int]] = {}
    for row in rows_of(copied):
        groups.setdefault(row["cluster"], []).append(int(row["urn"]))
    plan = Plan.of(Cluster(tuple(sorted(urns)), urns[0]) for urns in groups.values())
    changed(copied, lambda c: c.update(plan=plan_hash(plan)))
    message = refused(copied)
    assert "breaks requirements" in message or "but the certificate says" in message


def beside(folder: Path) -> Path:
    """Let the record of a copied run name the copied file; return it."""
    path, file = folder / "run.json", folder.parent / "schools.csv"
    record = json.loads(path.read_text(encoding="utf-8"))
    (source,) = record["inputs"]
    record["scenario"]["schools"]["file"] = source["path"] = str(file)
    path.write_text(json.dumps(record), encoding="utf-8")
    return file


def test_files_that_have_moved(copied):
    """A path is not what was asked: the file is, and it may be said where it is now."""
    file = beside(copied)
    assert verify(copied, processes=1).complete
    now = file.rename(copied.parent / "register.csv")
    with pytest.raises(InputError, match="no longer exists"):
        verify(copied, processes=1)
    assert verify(copied, files={"schools.file": now}, processes=1).complete
    now.write_text(now.read_text() + "\n")
    with pytest.raises(InputError, match="the run has read no such file"):
        verify(copied, files={"schools.file": now}, processes=1)


def test_no_setting_but_a_file_can_be_given(copied):
    """Otherwise the rules could be others than those of the run."""
    with pytest.raises(InputError, match=r"trusts\.weight: the run has no file by this setting"):
        verify(copied, files={"trusts.weight": 0.75}, processes=1)


def test_a_changed_register(copied):
    """A school renamed in the file that the run has read."""
    file = beside(copied)
    file.write_text(file.read_text().replace("School 3", "School three"))
    with pytest.raises(InputError, match="has changed since that run"):
        verify(copied, processes=1)


def test_changed_settings(copied):
    """A weight changed in run.json, with or without the hash of what was asked."""
    path = copied / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["scenario"]["trusts"]["weight"] = 0.75
    path.write_text(json.dumps(record), encoding="utf-8")
    assert "not about this run" in refused(copied)
    changed(copied, lambda c: c.update(instance=instance_hash(record)))
    assert "but the certificate says" in refused(copied)


def test_a_requirement_left_out(copied):
    """Rules that had to be kept are part of what was asked."""
    path = copied / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["requirements"] = []
    path.write_text(json.dumps(record), encoding="utf-8")
    assert "not about this run" in refused(copied)


def test_claims_that_somebody_else_says_were_checked(copied, tmp_path, monkeypatch):
    """The folder's author can write what was checked too: only this user's own lines count."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "author"))
    total = verify(copied, processes=1).total
    assert verify(copied, processes=1).earlier == total
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "reader"))
    lines = (copied / CHECKED_FILE).read_text().splitlines()
    odd = [
        "[" * 100_000,
        '["x", Infinity, 1, "y"]',
        "null",
        json.dumps([*json.loads(lines[0])[:3], 1]),
    ]
    (copied / CHECKED_FILE).write_text("\n".join([*lines, *odd]))
    found = verify(copied, processes=1)
    assert (found.complete, found.earlier, found.checked) == (True, 0, total)


def test_what_was_checked_of_another_certificate_does_not_count(copied):
    """Kept claims belong to the certificate they were checked of."""
    verify(copied, processes=1)
    changed(copied, lambda c: c.update(bound=c["bound"] - 1e-3))
    assert verify(copied, processes=1).earlier == 0
