"""What happens to each bad upload: the rows of the list of bad inputs, with their right answers."""

from collections.abc import Callable
from dataclasses import dataclass

from sources.store import LIMIT
from tests.sources.documents import hostile_files as files
from tests.sources.documents.small_files import docx, locked, p, pdf

Made = bytes | Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Bad:
    """A file, its name, and what the desk answers; ``says`` stands on the page or in the remarks.

    ``text`` is what is read of a file that is kept; None where none is.
    """

    row: str
    name: str
    content: Made
    status: int = 422
    says: str = ""
    text: str | None = None

    def made(self) -> bytes:
        """Return the file's bytes."""
        return self.content() if callable(self.content) else self.content


ROSE = "Output rose by 5 %"
BAD = (
    Bad("article-21", "entity.docx", files.outside_entity, says="defines entities"),
    Bad("article-21", "remote.docx", files.remote_template, says="from elsewhere"),
    Bad("article-21", "bomb.docx", files.bomb, says="unreasonable size"),
    Bad("article-21", "many.docx", lambda: files.document_with([str(n) for n in range(100_000)]),
        says="too many entries"),
    Bad("article-21", "link.docx", lambda: files.document_with(["word/x"], link=True),
        says="leads out of it"),
    Bad("article-21", "absolute.docx", lambda: files.document_with(["/etc/cron.d/x"]),
        says="leads out of it"),
    Bad("article-23", "truncated.pdf", lambda: pdf([[ROSE]])[:200], 303),
    Bad("article-23", "encrypted.pdf", lambda: locked("secret"), 303, "protected by a password"),
    Bad("article-23", "script.pdf", files.pdf_with_script, 303, "runs a script", ROSE),
    Bad("article-23", "pages.pdf", lambda: files.many_pages(100_000), 303, "1000 pages"),
    Bad("article-23", "recursive.pdf", files.endless_pages, 303, "damaged"),
    Bad("article-23", "picture.pdf", files.pdf_with_huge_picture, 303, "pictures only"),
    Bad("article-25", "both.zip", lambda: files.tar() + files.archive(["a"]),
        says="its content is"),
    Bad("article-25", "both.bin", lambda: files.tar() + files.archive(["a"]), says="at once"),
    Bad("article-25", "both.pdf", lambda: pdf([[ROSE]]).replace(b"\n", b"\n<script>", 1),
        says="a PDF and a web page (HTML) at once"),
    Bad("article-25", "page.pdf", files.PAGE, says="its content is a web page"),
    Bad("article-26", "feed.xml", f"{files.LAUGHS}<rss>&lol9;</rss>".encode(),
        says="defines entities"),
    Bad("article-26", "a.svg", f"<?xml version='1.0'?>{files.LAUGHS}<svg>&lol9;</svg>".encode(),
        says="its content is"),
    Bad("article-26", "drawing", f"{files.LAUGHS}<svg>&lol9;</svg>".encode("utf-16"),
        says="defines entities"),
    Bad("article-26", "laughs.docx", files.entities, says="defines entities"),
    Bad("upload-01", "empty.pdf", b"", says="0 bytes"),
    Bad("upload-06", "page.html", files.PAGE, 303, text=ROSE),
    Bad("upload-06", "page.xhtml", b"<?xml version='1.0'?>" + files.PAGE, 303, text=ROSE),
    Bad("upload-06", "data.xml", b"<?xml-stylesheet href='x.xsl'?><r><a>Output rose by 5 %</a></r>",
        303, text=ROSE),
    Bad("upload-06", "page.mht", files.saved_page, 303, text=ROSE),
    Bad("upload-06", "film.swf", b"CWS\x0a" + b"\0" * 60, 303, "kept whole"),
    Bad("upload-06", "code.js", b"alert('Output rose by 5 %')", 303, text=ROSE),
    Bad("upload-07", "code.gif", b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)", says="at once"),
    Bad("upload-07", "page.pdf", b"%PDF-1.7\n<html><script>alert(1)</script>", says="at once"),
    Bad("upload-07", "app.jpg", lambda: files.picture("JPEG") + b"<?php __HALT_COMPILER(); ?>",
        says="at once"),
    Bad("upload-07", "zip.png", lambda: files.picture() + files.archive(["a"]), says="at once"),
    Bad("upload-07", "page.png", files.PAGE, says="its content is a web page"),
    Bad("upload-07", "word.xlsx", files.readable_document, says="a Word document"),
    Bad("upload-08", "eicar.txt", files.EICAR, 303, "test string of virus scanners", "EICAR"),
    Bad("upload-10", "photo.jpg", lambda: files.picture("JPEG", owner="Kim", place=True), 303,
        "The original is sealed"),
    Bad("upload-10", "photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, says="Save it as JPEG"),
    Bad("upload-15", "link.zip", lambda: files.archive(["a", "b"], link=True), says="leads out"),
    Bad("upload-15", "absolute.zip", lambda: files.archive(["/etc/passwd"]), says="leads out"),
    Bad("upload-15", "double.zip", lambda: files.archive(["a", "A"]), says="two of one name"),
    Bad("upload-15", "many.zip", lambda: files.archive([str(n) for n in range(65_536)]),
        says="too many entries"),
    Bad("beyond", "../../x.txt", b"x", says="points into another folder"),
    Bad("beyond", "pixels.png", files.huge_picture, says="over the limit"),
    Bad("beyond", "large.bin", b"x" * (LIMIT + 1), 413, "larger than 20 MB"),
    Bad("beyond", "sound.docx", docx(p("Output rose by 5 %")), 303, text=ROSE),
)  # fmt: skip
"""``beyond`` are cases the list has no row of its own for."""
