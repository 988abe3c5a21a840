"""Replace entries of a zip archive; every other byte of the archive stays as it was.

Python's own writer would compress anew and forget what other programs wrote beside the content.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from kompetanse.tables.refusals import refusal

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_OFFSET = slice(42, 46)
_DEFLATED = 8
_UTF8 = 0x800
_ENCRYPTED = 0x1
_ZIP64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its name, its record in the directory, and the bytes from its header on."""

    name: str
    record: bytes
    stored: bytes


def replaced(archive: bytes, contents: Mapping[str, bytes]) -> bytes:
    """Return the archive with these entries' contents; order, dates and the rest are kept.

    Raises:
        TableError: the archive is built so that this cannot be done safely.
    """
    entries, comment = _entries(archive)
    if not set(contents) <= {entry.name for entry in entries}:
        raise refusal("unfillable")
    body, directory = bytearray(), bytearray()
    for entry in entries:
        record, stored = (
            _renewed(entry, contents[entry.name])
            if entry.name in contents
            else (entry.record, entry.stored)
        )
        directory += record[: _OFFSET.start] + struct.pack("<I", len(body)) + record[_OFFSET.stop :]
        body += stored
    count = len(entries)
    end = _END.pack(
        b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), len(comment)
    )  # fmt: skip
    return bytes(body + directory + end + comment)


def _entries(archive: bytes) -> tuple[list[Entry], bytes]:
    """Return the entries in the order of the archive, and its comment."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        found = sorted(opened.infolist(), key=lambda entry: entry.header_offset)
        start, comment = opened.start_dir, opened.comment
    records = list(_records(archive, start, len(found)))
    by_offset = {_unpacked(record)[-1]: record for record in records}
    offsets = [entry.header_offset for entry in found]
    names = {entry.filename for entry in found}
    is_plain = len(names) == len(found) == len(by_offset) and offsets[:1] == [0]
    if not is_plain or set(by_offset) != set(offsets) or _ZIP64 in by_offset:
        raise refusal("unfillable")
    ends = [*offsets[1:], start]
    return [
        Entry(entry.filename, by_offset[entry.header_offset], archive[entry.header_offset : end])
        for entry, end in zip(found, ends, strict=True)
    ], comment


def _records(archive: bytes, start: int, count: int) -> Iterator[bytes]:
    """Yield the records of the directory."""
    for _number in range(count):
        fixed = archive[start : start + _CENTRAL.size]
        if len(fixed) < _CENTRAL.size or not fixed.startswith(b"PK\x01\x02"):
            raise refusal("unfillable")
        name, extra, comment = _CENTRAL.unpack(fixed)[10:13]
        size = _CENTRAL.size + name + extra + comment
        yield archive[start : start + size]
        start += size


def _unpacked(record: bytes) -> tuple[int, ...]:
    return _CENTRAL.unpack(record[: _CENTRAL.size])[1:]


def _renewed(entry: Entry, content: bytes) -> tuple[bytes, bytes]:
    """Return the entry's record in the directory and its stored bytes, with other content."""
    made, needed, flags, _method, time, day, _crc, _packed, _size, length, *rest = _unpacked(
        entry.record
    )
    if flags & _ENCRYPTED:
        raise refusal("password")
    name = entry.record[_CENTRAL.size : _CENTRAL.size + length]
    _extra, _comment, disk, internal, external, _offset = rest
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    # Sizes and checksum stand in the header, so nothing follows the content.
    head = (needed, flags & _UTF8, _DEFLATED, time, day)
    sizes = (zlib.crc32(content), len(packed), len(content), length)
    record = _CENTRAL.pack(b"PK\x01\x02", made, *head, *sizes, 0, 0, disk, internal, external, 0)
    return record + name, _LOCAL.pack(b"PK\x03\x04", *head, *sizes, 0) + name + packed
