"""Random changes of one byte to an issued appendix: what alters the content is found, nothing else.

    python -m tests.benchmarks.altered_appendices [--trials 1000] [--seed 1]

Whether a change alters the content is asked of programs that are not ours. Of JSON: the values are
other ones after parsing. Of HTML: Chromium builds another tree, white space collapsed; or the tree
is the same only because a browser forgives markup that Python's own ``html.parser`` reads
otherwise (an end tag misspelt, say). The second kind is counted apart.
"""

import argparse
import base64
import json
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

from tests.app.exports.verifier.issued import Issued, open_desk, told
from tests.engines import Templates

AT_ONCE = 40
TREE = """(pages) => pages.map((page) => {
  const bytes = Uint8Array.from(atob(page), (char) => char.charCodeAt());
  const found = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/html");
  const said = [found.compatMode];
  const walk = (node, verbatim) => {
    let text = "";
    const flush = () => {
      const words = verbatim ? text : text.replace(/[ \\t\\n\\f\\r]+/g, " ");
      if (words && !(words === " " && /^(HTML|HEAD|BODY)$/.test(node.nodeName))) said.push(words);
      text = "";
    };
    for (const child of node.childNodes) {
      if (child.nodeType === 3) { text += child.data; continue; }
      flush();
      if (child.nodeType === 8) said.push(["comment", child.data]);
      if (child.nodeType === 10) said.push([child.name, child.publicId, child.systemId]);
      if (child.nodeType !== 1) continue;
      const own = Array.from(child.attributes, (one) => [one.name, one.value]);
      said.push([child.nodeName, child.namespaceURI, own.sort()]);
      walk(child, verbatim || /^(PRE|SCRIPT|STYLE)$/.test(child.nodeName));
      said.push(["end"]);
    }
    flush();
  };
  walk(found, false);
  return JSON.stringify(said);
})"""


class Change(NamedTuple):
    """A file with one byte changed, and where."""

    at: int
    data: bytes


class Markup(HTMLParser):
    """What Python's own reader of HTML meets, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.met: list[Any] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.met.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.met.append(["", *data.split()])

    def handle_comment(self, data: str) -> None:
        self.met.append(["!", data])

    def handle_decl(self, decl: str) -> None:
        self.met.append(["?", decl.lower().split()])


def changes(data: bytes, trials: int, seed: int) -> Iterator[Change]:
    """Random changes of one byte: to any byte, to a printable one, to white space or a slash."""
    chance = random.Random(seed)  # noqa: S311 - no secret depends on it
    for _ in range(trials):
        at = chance.randrange(len(data))
        to = [ord(" "), ord("\n"), ord("/"), chance.randrange(256), chance.randrange(32, 127)]
        byte = chance.choice([one for one in to if one != data[at]])
        yield Change(at, data[:at] + bytes([byte]) + data[at + 1 :])


def values(data: bytes) -> str:
    """What a JSON text says, written in one way; nothing where it is none."""
    try:
        return json.dumps(json.loads(data), sort_keys=True)
    except (ValueError, RecursionError):
        return ""


def trees(pages: Sequence[bytes]) -> Iterator[str]:
    """What a browser makes of pages, as texts that can be compared."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        for start in range(0, len(pages), AT_ONCE):
            some = [base64.b64encode(one).decode() for one in pages[start : start + AT_ONCE]]
            yield from page.evaluate(TREE, some)
        browser.close()


def judged_json(data: bytes, made: Sequence[Change]) -> list[str]:
    """Of each change, whether it is ``altering`` or ``harmless``."""
    said = values(data)
    return ["harmless" if values(one.data) == said else "altering" for one in made]


def judged_html(data: bytes, made: Sequence[Change]) -> list[str]:
    """As for JSON; ``forgiven`` is broken markup of which a browser makes the same."""
    said, *others = trees([data, *(one.data for one in made)])
    markup = Markup(data.decode()).met
    verdicts = []
    for one, tree in zip(made, others, strict=True):
        if tree != said:
            verdicts.append("altering")
        else:
            same = Markup(one.data.decode("utf-8", "replace")).met == markup
            verdicts.append("harmless" if same else "forgiven")
    return verdicts


def run(
    file: Path, made: Sequence[Change], verdicts: Sequence[str], folder: Path
) -> tuple[Counter[tuple[str, bool]], Counter[str], list[str]]:
    """How many changes of each kind were found, by which names, and which were judged wrongly."""
    counts, names, wrong = Counter[tuple[str, bool]](), Counter[str](), []
    place = folder / f"changed{file.suffix}"
    for one, verdict in zip(made, verdicts, strict=True):
        place.write_bytes(one.data)
        report = told(place)
        found = bool(report.findings)
        counts[verdict, found] += 1
        names.update(set(report.names()))
        if verdict != "forgiven" and found != (verdict == "altering"):
            wrong.append(f"{verdict} at {one.at}: {report.names()}")
    return counts, names, wrong


def issued_in(folder: Path) -> Issued:
    """A desk below a folder that has issued an article."""
    return open_desk(Templates(folder).sqlite("schema"), folder / "desk")


def main() -> None:
    """Run from a shell."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        issued = issued_in(Path(name))
        for form, judge in (("json", judged_json), ("html", judged_html)):
            file = issued.path("legal", form)
            data = file.read_bytes()
            made = list(changes(data, asked.trials, asked.seed))
            counts, names, wrong = run(file, made, judge(data, made), Path(name))
            print(f"{form}, {len(data)} bytes, {asked.trials} changes:")  # noqa: T201
            for (verdict, found), count in sorted(counts.items()):
                print(f"  {verdict:9} {'found' if found else 'passed'} {count}")  # noqa: T201
            print(f"  {dict(names.most_common())}", *wrong, sep="\n  ")  # noqa: T201
        issued.database.close()


if __name__ == "__main__":
    main()
