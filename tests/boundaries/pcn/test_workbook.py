"""The NHS workbook: both header vintages, closed rows, other areas, and files that are not workbooks."""

import pandas as pd
import pytest

from cluster_geo.boundaries.pcn import read_pcns
from cluster_geo.errors import InputError
from tests.boundaries.pcn.ground import PARTNERS, PCNS, write_workbook


@pytest.mark.parametrize("headings", ["2022", "2025"])
def test_both_vintages_of_headings_are_read(tmp_path, headings):
    """Headings with line breaks, of CCGs or of sub-ICB locations, are read the same."""
    networks = read_pcns(write_workbook(tmp_path / "ePCN.xlsx", headings=headings))
    assert list(networks.pcns.index) == ["U00001", "U00002", "U00009"]
    assert networks.pcns.loc["U00001"].tolist() == [
        "WEST PCN",
        "11X",
        "NHS DALES ICB - 11X",
        "ZZ1 1AA",
    ]
    assert networks.source.vintage == "2024-10-01"
    assert networks.notices == ()


def test_rows_with_a_close_or_end_date_are_left_out(tmp_path):
    """A closed PCN is left out, and a practice is in the PCN it has moved to."""
    practices = read_pcns(write_workbook(tmp_path / "ePCN.xlsx")).practices
    assert practices["pcn"].to_dict() == {
        "G00001": "U00001",
        "G00002": "U00002",
        "G00003": "U00002",
        "G00009": "U00009",
    }


@pytest.mark.parametrize("area", ["11X", "11x", "Dales", "NHS DALES ICB - 11X"])
def test_an_area_is_chosen_by_code_or_name(tmp_path, area):
    """A planner need not know how the NHS spells its areas."""
    networks = read_pcns(write_workbook(tmp_path / "ePCN.xlsx")).within([area])
    assert list(networks.pcns.index) == ["U00001", "U00002"]
    assert "G00009" not in networks.practices.index


def test_unknown_areas_are_named_all_at_once(tmp_path):
    """Each area that the workbook does not know is a fault with the nearest known name."""
    networks = read_pcns(write_workbook(tmp_path / "ePCN.xlsx"))
    with pytest.raises(InputError) as error:
        networks.within(["NHS DALE ICB", "33Q", " "])
    assert len(error.value.faults) == 3
    assert "Did you mean 'NHS DALES ICB - 11X'" in str(error.value)


def test_sheets_are_known_by_their_headings(tmp_path):
    """Other sheets, other names of sheets and a title above the header do no harm."""
    plain = pd.read_excel(write_workbook(tmp_path / "plain.xlsx"), sheet_name=None, dtype=str)
    path = tmp_path / "ePCN.xlsx"
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        pd.DataFrame([["About"]]).to_excel(writer, sheet_name="Notes", index=False, header=False)
        for number, frame in enumerate(reversed(plain.values())):
            frame.to_excel(writer, sheet_name=f"Sheet{number}", index=False, startrow=2)
    assert len(read_pcns(path).pcns) == 3


def test_a_practice_in_two_pcns_is_named(tmp_path):
    """The membership that began last is used, and the practice is listed."""
    partners = (*PARTNERS, ("G00001", "West Surgery", "U00002", "EAST PCN", "20240401", ""))
    networks = read_pcns(write_workbook(tmp_path / "ePCN.xlsx", partners=partners))
    assert networks.practices.loc["G00001", "pcn"] == "U00002"
    (notice,) = networks.notices
    assert notice.text.endswith("the most recent is used: G00001.")


def test_members_of_a_pcn_that_is_not_open_are_named(tmp_path):
    """A practice that the workbook keeps in a closed PCN is left out and listed."""
    partners = (*PARTNERS, ("G00005", "Lost Surgery", "U00003", "GONE PCN", "20190701", ""))
    networks = read_pcns(write_workbook(tmp_path / "ePCN.xlsx", partners=partners))
    assert "G00005" not in networks.practices.index
    assert "G00005" in networks.notices[0].text


def test_faults_of_codes_are_gathered_with_their_rows(tmp_path):
    """A PCN without a code and one that is there twice are named by Excel's row."""
    pcns = (*PCNS, ("", "NAMELESS PCN", "11X", "X", "20190701", "", ""), PCNS[0])
    with pytest.raises(InputError) as error:
        read_pcns(write_workbook(tmp_path / "ePCN.xlsx", pcns=pcns))
    assert [fault.row for fault in error.value.faults] == [6, 7]


def test_a_workbook_of_something_else(tmp_path):
    """Both missing sheets are named with their missing columns."""
    path = tmp_path / "other.xlsx"
    pd.DataFrame({"a": [1]}).to_excel(path, index=False)
    with pytest.raises(InputError) as error:
        read_pcns(path)
    assert len(error.value.faults) == 2
    assert "there is no column PCN Code, PCN Name, Close Date" in str(error.value)


@pytest.mark.parametrize(
    "content", [b"", b"code,name\n1,2\n", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0"]
)
def test_files_that_are_not_workbooks(tmp_path, content):
    """A CSV, an old .xls or a damaged file is one message."""
    path = tmp_path / "ePCN.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"not an \.xlsx workbook"):
        read_pcns(path)
    with pytest.raises(InputError, match="Check the path"):
        read_pcns(tmp_path / "not_there.xlsx")
    with pytest.raises(InputError, match="folder"):
        read_pcns(tmp_path)
