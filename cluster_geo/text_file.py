"""The text of a file as councils save it: in any of four encodings, perhaps zipped."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path

from cluster_geo.errors import Fault, InputError
from cluster_geo.records import Notice, report

# No table of schools has this many bytes; a zip folder made to harm unpacks to more.
LARGEST = 2_000_000_000
MOST_TABLES_NAMED = 10

DOWNLOAD_AGAIN = "Download or save the file again"
SAVE_AS_CSV = "Save it as 'CSV UTF-8' and give that file"


def read_bytes(path: Path, name: str) -> bytes:
    """Return a file's bytes, uncompressed; of a zip folder, those of the one table in it.

    Parameters
    ----------
    path : Path
    name : str
        What messages call it.

    Raises
    ------
    InputError
        If it cannot be opened, is cut off or damaged, or holds several tables or none.
    """
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise InputError([Fault(name, "it is a folder", "Give the file in it")]) from error
    except OSError as error:
        found = f"the file cannot be opened ({error.strerror})"
        raise InputError([Fault(name, found, "Check the path")]) from error
    if data[:2] == b"\x1f\x8b":
        try:
            return gzip.decompress(data)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            found = "the compressed file is cut off or damaged"
            raise InputError([Fault(name, found, DOWNLOAD_AGAIN)]) from error
    if data[:4] == b"PK\x03\x04":
        return _only_table(data, name)
    return data


def _only_table(data: bytes, name: str) -> bytes:
    """Return the one text table in a zip folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            tables = [
                name
                for name in folder.namelist()
                if name.casefold().endswith((".csv", ".txt"))
                # A Macintosh adds a shadow of each file.
                and not (name.startswith("__MACOSX/") or Path(name).name.startswith("._"))
            ]
            registers = [i for i in tables if Path(i).name.casefold().startswith("edubasealldata")]
            if len(registers) == 1:
                tables = registers
            if len(tables) == 1 and folder.getinfo(tables[0]).file_size > LARGEST:
                found = f"{tables[0]} in it is said to be larger than {LARGEST:,} bytes"
                raise InputError([Fault(name, found, "Unzip it, and give the file in it")])
            if len(tables) == 1:
                report(Notice("file", f"{name}: a zip folder; {tables[0]} in it was read."))
                return folder.read(tables[0])
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, EOFError) as error:
        found = "the zip folder is cut off, damaged or locked"
        raise InputError([Fault(name, found, DOWNLOAD_AGAIN)]) from error
    if not tables:
        found = "the file is a workbook or a zip folder without a text table"
        raise InputError([Fault(name, found, "Save the sheet as CSV, or give the file in it")])
    found = f"the zip folder holds several tables: {', '.join(tables[:MOST_TABLES_NAMED])}"
    raise InputError([Fault(name, found, "Unzip it, and give the one that is meant")])


def decode(data: bytes, name: str) -> str:
    """Decode as UTF-8 if the bytes are valid, else as cp1252, marking bytes that are neither."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            found = "the file is UTF-16 ('Unicode text'), and is cut off or damaged"
            raise InputError([Fault(name, found, SAVE_AS_CSV)]) from error
        report(Notice("file", f"{name}: it is UTF-16 ('Unicode text')."))
        return _without_nul(text, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return _without_nul(text, name)


def _without_nul(text: str, name: str) -> str:
    nul = text.find("\0")
    if nul >= 0:
        row = text.count("\n", 0, nul) + 1
        found = f"{text.count(chr(0))} NUL bytes: the file is damaged or is not text"
        raise InputError([Fault(name, found, DOWNLOAD_AGAIN, row)])
    return text
