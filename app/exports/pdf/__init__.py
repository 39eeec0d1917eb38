"""The appendix as PDF for archives and for every reader (PDF/A-3a, PDF/UA-1), set by typst.

An appendix of many claims comes in volumes: one ZIP archive of them, which holds its JSON as well.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from flask import current_app

from app.exports.pdf.press import printed
from app.exports.pdf.typefaces import Typefaces, typefaces, unprintable
from app.exports.pdf.volumes import MOST_CLAIMS, Volume, moment, volumes
from app.exports.view import View
from claims.appendix.commitments import is_withheld

Progress = Callable[[int, int], None]
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP archive knows: the same state gives the same bytes."""
__all__ = ["render"]


def render(view: View, out: BinaryIO, progress: Progress) -> None:
    """Write the PDF of an appendix, or the archive of its volumes; needs an application's context.

    Raise Refused for characters that are in no typeface, naming each and where it stands.
    """
    settings = current_app.extensions.get("settings")
    pages = _set(view, typefaces(settings.fonts if settings else None), progress)
    if len(view.claims) <= MOST_CLAIMS:
        out.writelines(pdf for _, pdf in pages)
        return
    with zipfile.ZipFile(out, "w") as archive:
        for volume, pdf in pages:
            archive.writestr(_member(f"volume-{volume.number:02d}-of-{volume.count:02d}.pdf"), pdf)
        data = _member("appendix.json")
        data.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(data, "w", force_zip64=True) as stream:
            stream.writelines(view.document.pieces())


def _set(view: View, faces: Typefaces, progress: Progress) -> Iterator[tuple[Volume, bytes]]:
    """Set one volume after the other; only one is in memory."""
    total, timestamp = len(view.claims), int(moment(view).timestamp())
    guarded = names_confidential(view.document.head["sources"])
    progress(0, total)
    for volume in volumes(view, faces.added):
        _check(volume, faces, guarded=guarded)
        files = {"data.json": volume.json()}
        if volume.is_only:
            files["appendix.json"] = b"".join(view.document.pieces())
        yield volume, printed(files, faces, timestamp)
        progress(min(volume.number * MOST_CLAIMS, total), total)


def names_confidential(sources: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a confidential source stands by its name here: a message must not repeat its signs.

    Why a job failed is read by more people than the file.
    """
    return any(one["confidential"] and not is_withheld(one["identity"]) for one in sources)


def _check(volume: Volume, faces: Typefaces, *, guarded: bool) -> None:
    missing: dict[str, list[str]] = {}
    for place, text in volume.places:
        for char in faces.missing(text):
            missing.setdefault(char, []).append(place)
    if missing:
        raise unprintable(missing, spelt=not guarded)


def _member(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, EPOCH)
