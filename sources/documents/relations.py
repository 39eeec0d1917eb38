"""What an office document fetches from elsewhere as soon as it is opened: then it is refused.

Source: ECMA-376 part 2, relationships. A link that a person must follow is no such thing.
"""

import zipfile

from lxml import etree

from sources.errors import Refused
from sources.packages import part

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
FETCHED = ("/attachedTemplate", "/oleObject", "/subDocument", "/frame", "/aFChunk")


def refuse_remote(archive: zipfile.ZipFile) -> None:
    """Raise Refused for a template, object or part of the text that lies on another machine."""
    for name in archive.namelist():
        if name.lower().endswith(".rels") and _fetches(part(archive, name) or b""):
            raise Refused(
                "package_remote",
                {
                    "zh": "文档打开时会从外部地址加载模板或对象，可能有害，没有保存。",
                    "en": "When it is opened, the document loads a template or object from "
                    "elsewhere, which may do harm; it was not stored.",
                },
                "file",
            )


def _fetches(content: bytes) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return any(
        relation.get("TargetMode") == "External" and (relation.get("Type") or "").endswith(FETCHED)
        for relation in root.iter(RELATION)
    )
