"""A package has the bytes of its members and nothing of the moment it was packed in."""

import zipfile
from io import BytesIO

from app.exports.package import Package


def packed() -> bytes:
    out = BytesIO()
    with Package(out) as package:
        package.add("a/b.xml", "<b/>")
        with package.member("c.bin") as stream:
            for _ in range(3):
                stream.write(b"piece")
    return out.getvalue()


def test_the_same_members_give_the_same_bytes_in_the_order_they_were_written() -> None:
    assert packed() == packed()
    with zipfile.ZipFile(BytesIO(packed())) as found:
        assert found.namelist() == ["a/b.xml", "c.bin"]
        assert found.read("c.bin") == b"piece" * 3
        assert {member.date_time for member in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
