"""Text tables as councils save them."""

import contextlib
import csv
import gzip
import io
import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cluster_geo.delimited import open_delimited, ungarbled
from cluster_geo.errors import InputError
from cluster_geo.records import notices_of_files


def faults_of(path, wanted=("a", "b")):
    with pytest.raises(InputError) as error:
        open_delimited(path).columns({name: name for name in wanted})
    return [str(fault) for fault in error.value.faults]


def zipped(**files: str) -> bytes:
    """A zip folder of files, an underscore in a name for its dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as folder:
        for name, text in files.items():
            folder.writestr(name.replace("_", "."), text)
    return stream.getvalue()


def write(tmp_path, data, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_and_line_ends(tmp_path, delimiter, end):
    """Commas, semicolons and tabs, with the line ends of any machine."""
    lines = [f'"a"{delimiter}b', f'1{delimiter}"x ""y"""', f"2{delimiter} z "]
    table = open_delimited(write(tmp_path, end.join(lines).encode())).columns({"b": "b", "a": "a"})
    assert table.to_dict("list") == {"a": ["1", "2"], "b": ['x "y"', "z"]}
    assert list(table.index) == [2, 3]


def test_only_the_columns_asked_for_are_kept(tmp_path):
    """A column that nobody asked for is not in the table, and those kept may be renamed."""
    table = open_delimited(write(tmp_path, b"a,secret\n1,2\n")).columns({"a": "urn"})
    assert table.to_dict("list") == {"urn": ["1"]}


def test_what_spreadsheets_and_registers_do_to_a_table_is_read_and_listed(tmp_path):
    """Excel's first line, decimals of URNs, control characters, UTF-16 and a zip: one notice each."""
    text = "sep=;\r\nurn;name\r\n100001.0;St \x01Mary\r\n100002;Ash\x1f\r\n"
    for data in (text.encode(), text.encode("utf-16"), zipped(register_csv=text)):
        with notices_of_files() as notices:
            table = open_delimited(write(tmp_path, data)).columns({"urn": "urn", "name": "name"})
        assert table["urn"].tolist() == ["100001", "100002"]
        assert [" ".join(name.split()) for name in table["name"]] == ["St Mary", "Ash"]
        assert table.index.tolist() == [3, 4]
        texts = " ".join(notice.text for notice in notices)
        assert "its first line, 'sep=;', is Excel's own" in texts
        assert "1 URNs with decimals" in texts
        assert "2 control characters were read as spaces" in texts
        assert len(notices) == (3 if data == text.encode() else 4)
    many = zipped(edubasealldata20250718_csv="urn\n1\n", links_csv="urn\n2\n")
    assert open_delimited(write(tmp_path, many)).columns({"urn": "urn"})["urn"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("sign", "read", "said"),
    [
        *((chr(code), "StMary", "removed") for code in range(0x200B, 0x2010)),
        ("\ufeff", "StMary", "removed"),
        ("\u2060", "StMary", "removed"),
        *((chr(code), "St Mary", "read as spaces") for code in range(0x80, 0xA0)),
        ("\u2028", "St Mary", "read as spaces"),
        ("\u2029", "St Mary", "read as spaces"),
    ],
)
def test_signs_that_nobody_sees_are_removed_and_listed(tmp_path, sign, read, said):
    """In a cell and in a heading: two names that look alike are one."""
    with notices_of_files() as notices:
        data = f"urn,na{sign if read == 'StMary' else ''}me\n1,St{sign}Mary\n".encode()
        table = open_delimited(write(tmp_path, data)).columns({"name": "name"})
    assert table["name"].tolist() == [read]
    number = "2 invisible characters were" if said == "removed" else "1 control character was"
    assert [notice.text for notice in notices] == [f"table.csv: {number} {said}."]


def test_what_was_read_in_the_wrong_encoding_can_still_be_put_right(tmp_path):
    """UTF-8 that was taken for Latin-1 has controls that are part of its letters."""
    data = "name\nSt Mary\N{RIGHT SINGLE QUOTATION MARK}s \N{LATIN SMALL LETTER E WITH ACUTE}"
    garbled = data.encode().decode("latin-1").encode()
    with notices_of_files() as notices:
        table = open_delimited(write(tmp_path, garbled)).columns({"name": "name"})
    assert ungarbled(table["name"][2]) == data.splitlines()[1]
    assert notices == []


def test_decimals_that_are_not_nought_stay(tmp_path):
    """They are no URN, and are for the reader to refuse."""
    data = b"urn\n100001.02\n1.0.5\n118229.00\n"
    table = open_delimited(write(tmp_path, data)).columns({"urn": "urn"})
    assert table["urn"].tolist() == ["100001.02", "1.0.5", "118229"]


@pytest.mark.parametrize("hint", [b"sep=;", b'"sep=;"', b"SEP=;", b"sep=;;"])
def test_excels_first_line_is_obeyed(tmp_path, hint):
    """Though the header has more of another delimiter."""
    data = hint + b'\nurn;"a, b, c, d"\n1;x\n'
    assert open_delimited(write(tmp_path, data)).header == ("urn", "a, b, c, d")


def test_a_zip_of_a_macintosh_or_of_an_odd_name(tmp_path):
    """Shadows of files are passed over; a name that is no text is a fault, no traceback."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as folder:
        folder.writestr("a.csv", "urn\n1\n")
        folder.writestr("__MACOSX/._a.csv", "x")
    assert open_delimited(write(tmp_path, stream.getvalue())).header == ("urn",)
    odd = zipped(e_csv="urn\n1\n").replace(b"e.csv", b"\xff.csv")
    for flagged in (odd, odd.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x00\x08")):
        with contextlib.suppress(InputError):
            open_delimited(write(tmp_path, flagged))


def test_a_fault_is_on_its_line_below_excels_own(tmp_path):
    """The line that a person sees in an editor."""
    with pytest.raises(InputError, match="row 4: 3 cells where the header has 2"):
        open_delimited(write(tmp_path, b"sep=;\na;b\n1;2\n1;2;3\n")).columns({"a": "a"})


def test_rows_keep_their_line_over_a_line_end_in_quotes(tmp_path):
    """A record is known by the line on which it starts; empty rows are passed over."""
    data = b'a,b\n"one\ntwo",x\n,\n\n3,y\n'
    assert list(open_delimited(write(tmp_path, data)).columns({"a": "a"}).index) == [2, 6]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\r\n\r\n", "the file is empty"),
        ("a,b\n1,2\n".encode("utf-16")[:-1], "the file is UTF-16 ('Unicode text'), and is cut"),
        (b"PK\x03\x04rest", "the zip folder is cut off, damaged or locked"),
        (zipped(sheet="x"), "a workbook or a zip folder without a text table"),
        (zipped(a_csv="x", b_csv="y"), "the zip folder holds several tables: a.csv, b.csv"),
        (b"a,b\n1,\x002\n", "row 2: 1 NUL bytes"),
        (gzip.compress(b"a,b\n1,2\n" * 50, mtime=0)[:-9], "the compressed file is cut off"),
        (b"a,b\n1,2\n3", "row 3: 1 cells where the header has 2. Download or save the file again"),
        (b'a,b\n1,2\n3,"4', "row 3: the row cannot be read"),
        (b"a,a\n1,2\n", "the column appears 2 times in the header"),
        (b"a,b\n1,caf\x81\n", "'caf\N{REPLACEMENT CHARACTER}' holds a character that is neither"),
    ],
)
def test_what_is_wrong_with_the_text_itself(tmp_path, data, words):
    """A file that is empty, cut off, damaged or not a text table: the message says which."""
    assert words in faults_of(write(tmp_path, data))[0]


def test_rows_of_the_wrong_width_are_gathered(tmp_path):
    """Each such row is named, up to ten, and the rest are counted."""
    told = faults_of(write(tmp_path, b"a,b\n" + b"1,2,3\n" * 14))
    assert "row 2: 3 cells where the header has 2. Correct the row" in told[0]
    assert len(told) == 11
    assert "4 more rows" in told[-1]


def test_an_unreadable_character_in_a_column_not_read_does_not_matter(tmp_path):
    """An invalid byte in a column that is not read is ignored."""
    table = open_delimited(write(tmp_path, b"a,b\n1,caf\x81\n")).columns({"a": "a"})
    assert list(table["a"]) == ["1"]


CELL = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc",)) | st.sampled_from(list(",;\"'\n")),
    max_size=6,
)
TABLES = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=TABLES,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    zipped=st.booleans(),
)
def test_any_sound_table_is_read_cell_by_cell(tmp_path, rows, delimiter, end, encoding, zipped):
    """Quotes, line ends and delimiters in cells, every encoding: all of them, with their values."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b"), *rows])
    data = stream.getvalue().encode(encoding)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        assert encoding == "cp1252"
    else:
        # Some letters of Windows-1252 make other letters of UTF-8: no reader could tell.
        assume(encoding != "cp1252" or data.isascii())
    path = write(tmp_path, gzip.compress(data, mtime=0) if zipped else data)
    table = open_delimited(path).columns({"a": "first", "b": "second"})
    stripped = [(one.strip(), other.strip()) for one, other in rows]
    assert [*zip(table["first"], table["second"], strict=True)] == [r for r in stripped if any(r)]


def test_any_bytes_are_a_table_or_a_fault(tmp_path):
    """Whatever is cut off or put into a file, nobody sees a traceback; one in five is still read."""
    ends = Counter()

    @settings(max_examples=200, deadline=None)
    @given(
        at=st.integers(0, 40),
        cut=st.integers(0, 3),
        put=st.binary(max_size=3),
        junk=st.just(b"") | st.binary(max_size=200),
    )
    def check(at, cut, put, junk):
        whole = b"a,b\n1,x\n2,y\n3,z\n4,w\n5,v\n6,u\n7,t"
        data = junk or whole[:at] + put + whole[at + cut :]
        try:
            table = open_delimited(write(tmp_path, data)).columns({"a": "a", "b": "b"})
        except InputError as error:
            ends["refused"] += len(error.faults) > 0
            return
        ends["read"] += 1
        last = table["b"].tolist()[-1:] if "b" in table else []
        ends["to the end"] += last == ["t"]

    check()
    assert ends["read"] >= (ends["read"] + ends["refused"]) / 5
    assert ends["to the end"] >= 10


def test_no_such_file(tmp_path):
    """A missing file and a folder are faults, not tracebacks."""
    with pytest.raises(InputError, match="cannot be opened"):
        open_delimited(tmp_path / "none.csv")
    with pytest.raises(InputError, match="it is a folder"):
        open_delimited(tmp_path)


def test_a_file_without_a_header(tmp_path):
    """Columns of a file without a header are named by their place; its first line is a record."""
    path = tmp_path / "epraccur.csv"
    path.write_text('"G82001","A SURGERY","CT1 1AA"\n"G82002","B SURGERY","CT1 1AB"\n')
    file = open_delimited(path).without_header({1: "code", 3: "postcode"})
    frame = file.columns({"code": "practice", "postcode": "postcode"})
    assert frame.index.tolist() == [1, 2]
    assert frame["practice"].tolist() == ["G82001", "G82002"]
    assert frame["postcode"].tolist() == ["CT1 1AA", "CT1 1AB"]


def test_rows_of_others_are_left_unread(tmp_path):
    """Of a national file only the rows asked for are kept, under their own line numbers."""
    path = tmp_path / "nation.csv"
    path.write_text("area,number\nKent,1\nEssex,2\n Kent ,3\n")
    frame = open_delimited(path).columns({"area": "a", "number": "n"}, {"a": {"Kent"}})
    assert frame["n"].to_dict() == {2: "1", 4: "3"}
