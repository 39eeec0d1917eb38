"""Small files that are not what they say, under names nobody gives a file."""

import gzip
import io
import zipfile

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.benchmarks.hostile.answers import pages
from tests.benchmarks.hostile.texts import encoded, pieces
from tests.claims import mutations

HEADS = (
    b"",
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe1\x00\x10Exif\0\0",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBP",
    b"II*\x00",
    b"PK\x03\x04",
    b"PK\x05\x06" + b"\0" * 18,
    b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"MZ",
    b"\x7fELF",
    b"#!/bin/sh\n",
    b"<?php ",
    b"<svg onload=alert(1)>",
    b"<!doctype html><script>",
    b"{\\rtf1",
    b"WARC/1.1\r\n",
    b"FWS\x06",
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'b'>]>",
    b"\x00\x00\x00\x18ftypheic",
    b"ID3",
    rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    b"From: a\r\nMIME-Version: 1.0\r\n",
)
NAMES = (
    "a.txt",
    "a.pdf",
    "a.docx",
    "a.html",
    "a.md",
    "a.csv",
    "a.xlsx",
    "a.png",
    "a.jpg",
    "a.svg",
    "a.js",
    "a.zip",
    "a",
    "../../etc/passwd",
    "..\\..\\a.txt",
    "/etc/passwd",
    "C:\\a.txt",
    "a\x00.txt",
    "a\r\nX: y.txt",
    "新闻.txt",
    ".htaccess",
    "CON",
    "a" * 300 + ".txt",
    "é" * 130 + ".txt",
    "\u202etxt.exe",
    "a.txt.exe",
    "🗎.pdf",
    "%2e%2e%2fa.txt",
    ".",
    "..",
    "-rf",
    "a;b.txt",
    'a"b.txt',
    "<b>.txt",
    "=1+1.csv",
)
ENTRIES = (
    "word/document.xml",
    "[Content_Types].xml",
    "xl/workbook.xml",
    "../../evil",
    "/etc/evil",
    "a",
    "a",
    "mimetype",
)


def archive(names: list[str], content: bytes, times: int) -> bytes:
    """A package of entries, each well packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in dict.fromkeys(names):
            packed.writestr(name, content * times)
    return stream.getvalue()


def contents() -> SearchStrategy[bytes]:
    """What a file holds; most of it is read without a process of its own."""
    packed = st.builds(
        archive,
        st.lists(st.sampled_from(ENTRIES), max_size=6),
        st.sampled_from([b"", b"<document/>", b"\0", b"<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>"]),
        st.sampled_from([1, 1, 1000, 200_000]),
    )
    mixed = st.builds(
        lambda head, rest, tail: head + rest + tail,
        st.sampled_from(HEADS),
        encoded() | st.binary(max_size=300),
        st.sampled_from(HEADS),
    )
    return st.one_of(
        encoded(),
        mixed,
        mixed,
        packed,
        st.binary(max_size=60),
        st.just(gzip.compress(b"\0" * 2_000_000)),
    )


def documents() -> SearchStrategy[bytes]:
    """Damaged documents, which are read in a process of their own."""
    damaged = st.integers(0, 10**9).flatmap(
        lambda seed: st.sampled_from(
            [*mutations.documents(1, seed), *mutations.printed(1, seed), *mutations.pages(1, seed)]
        )
    )
    return damaged | pages()


def names() -> SearchStrategy[str]:
    """What it is called."""
    return st.sampled_from(NAMES) | pieces().map(lambda text: text[:200])
