"""The body of a form: refused by its size and its number of fields before it is taken apart.

The library limits forms that come in parts and no others. Taking eight million empty fields apart
costs seven seconds of computing and some hundred megabytes, and needs no account.
"""

from io import BytesIO
from typing import IO, Final

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

URLENCODED: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 2000
"""An act on 150 claims, the most there is, has some hundreds."""
AS_WRITTEN: Final = 3
"""So many bytes one becomes on its way, as in %E4: a text may be as long as in a form of parts."""


class BoundedForms(FormDataParser):
    """Reads forms of both kinds within limits."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Return what the library makes of a body; raise RequestEntityTooLarge for too much."""
        if mimetype == URLENCODED and self.max_form_memory_size is not None:
            longest = self.max_form_memory_size * AS_WRITTEN
            body = stream.read(longest + 1)
            if len(body) > longest or body.count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
            stream = BytesIO(body)
        return super().parse(stream, mimetype, content_length, options)
