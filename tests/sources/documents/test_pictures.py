"""A picture's copy shows the same picture, and says neither where it was nor whose it is."""

import base64
import io

import pytest
from PIL import Image

from sources.documents.pictures import read_picture
from sources.errors import Refused
from tests.sources.documents.hostile_files import huge_picture, picture


def seen(content: bytes) -> bytes:
    """The dots of a picture."""
    return Image.open(io.BytesIO(content)).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_the_copy_is_the_same_picture_without_what_the_camera_wrote(kind: str) -> None:
    content = picture(kind, owner="Kim Reporter", place=True)
    found = read_picture(content)
    assert found.copy is not None
    copy = base64.b64decode(found.copy)
    assert seen(copy) == seen(content)
    assert b"Kim Reporter" in content
    assert b"Kim Reporter" not in copy
    assert read_picture(copy).copy is None


def test_a_picture_keeps_standing_as_the_camera_was_held() -> None:
    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Kim"
    Image.new("RGB", (40, 20), "red").save(stream, "JPEG", exif=exif)
    copy = base64.b64decode(read_picture(stream.getvalue()).copy or "")
    assert dict(Image.open(io.BytesIO(copy)).getexif()) == {0x0112: 6}


def test_a_comment_and_what_follows_the_end_of_a_picture_go() -> None:
    stream = io.BytesIO()
    Image.new("P", (5, 5)).save(stream, "GIF", comment=b"by Kim")
    assert b"Kim" not in base64.b64decode(read_picture(stream.getvalue()).copy or "")
    film = picture("JPEG", owner="Kim") + b"a film with a place in it"
    assert base64.b64decode(read_picture(film).copy or "").endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_a_picture_that_says_nothing_is_left_as_it_is(kind: str) -> None:
    found = read_picture(picture(kind))
    assert found.copy is None
    assert "48 × 32" in found.notices[-1]["en"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (huge_picture(), "picture_huge"),
        (b"\x89PNG\r\n\x1a\nnot one", "picture_broken"),
        (picture("PNG")[:-40], "picture_broken"),
        (picture("JPEG", owner="Kim")[:300], "picture_broken"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_picture(content)
    assert refusal.value.code == code
