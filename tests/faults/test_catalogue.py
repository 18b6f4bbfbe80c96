"""The catalogue of planted faults is about the code as it stands."""

from __future__ import annotations

from collections import Counter

from tests.copies import ROOT
from tests.faults import catalogue


def test_every_fault_can_be_planted():
    """Its old text occurs once in its file, and the file with the fault is still valid Python."""
    for fault in catalogue():
        text = (ROOT / fault.file).read_text(encoding="utf-8")
        planted = fault.planted(text)
        assert planted != text
        if fault.file.endswith(".py"):
            compile(planted, fault.file, "exec")


def test_every_fault_names_its_tests():
    """Each has a name of its own and tests that are there."""
    names = Counter(fault.name for fault in catalogue())
    assert [name for name, number in names.items() if number > 1] == []
    for fault in catalogue():
        assert fault.tests, fault.name
        for test in fault.tests:
            assert (ROOT / test.split("::")[0]).exists(), fault.name
