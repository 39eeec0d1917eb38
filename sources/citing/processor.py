"""citeproc-py put right where it departs from CSL 1.0.2, through its own table of element classes.

Each class here replaces the one of citeproc-py whose name it carries, and says which section of
the specification it keeps to (https://docs.citationstyles.org/en/stable/specification.html).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from citeproc import DATES, NAMES, model
from citeproc.source import BibliographySource, Reference, VariableError
from citeproc.source.json import CiteProcJSON
from citeproc.string import String
from lxml import etree

from sources.citing.title_case import title_case

NAMESPACE = "http://purl.org/net/xbiblio/csl"

MACROS: dict[Any, dict[str, Any]] = {}
"""The macros of each style that was loaded, by name."""


class Calls:
    """How many variables a group asked for, how many had a value, and what was printed."""

    def __init__(self) -> None:
        """Begin with none."""
        self.asked = 0
        self.rendered: list[str] = []


CALLS: ContextVar[Calls] = ContextVar("calls")


@contextmanager
def counting() -> Iterator[Calls]:
    """Count the variables that are asked for inside, for this level and the one above."""
    above = CALLS.get(None)
    calls = Calls()
    token = CALLS.set(calls)
    try:
        yield calls
    finally:
        CALLS.reset(token)
        if above is not None:
            above.asked += calls.asked
            above.rendered += calls.rendered


def asked(variable: str, value: object) -> None:
    """Note that a variable was asked for and whether it had a value."""
    calls = CALLS.get(None)
    if calls is not None:
        calls.asked += 1
        if value:
            calls.rendered.append(variable)


class Group(model.Group):  # type: ignore[misc]
    """A group goes when all variables *called in it* are empty, not those it might call ("Group").

    citeproc-py counts the variables of branches that are not taken, and loses GB/T's ``[M]``.
    """

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the group's text; raise VariableError where its variables are all empty."""
        delimiter = self.get("delimiter", "")
        output = []
        with counting() as calls:
            for child in self.iterchildren():
                more = {"delimiter": delimiter} if isinstance(child, model.Choose) else {}
                try:
                    text = child.render(item, context=context, **more, **options)
                except VariableError:
                    continue
                if text:
                    output.append(text)
        if not output or (calls.asked and not calls.rendered):
            raise VariableError
        return self.join(output)


class Text(model.Text):  # type: ignore[misc]
    """Title case after the manuals, and a note of each variable that is asked for."""

    def _variable(self, item: Any, context: Any) -> Any:
        name = self.get("variable")
        try:
            value = super()._variable(item, context)
        except VariableError:
            value = None
        if name not in self.generated_variables:
            asked(name, value)
        return value

    def get_macro(self, name: str) -> Any:
        """Return a macro; it is looked up once for each style, for it is asked for every item."""
        macros = MACROS.setdefault(self.getroottree().getroot(), {})
        if name not in macros:
            macros[name] = super().get_macro(name)
        return macros[name]

    def case(self, text: Any, language: str | None = None) -> Any:
        """Return the text in its case; that of titles is ours."""
        if self.get("text-case") == "title":
            return title_case(str(text)) if language == "en" else text
        return super().case(text, language)


class Number(model.Number):  # type: ignore[misc]
    """A number notes that its variable was asked for."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the number; None where there is none."""
        name = self.get("variable").replace("-", "_")
        value = item.reference.get(name)
        asked(name, value)
        if not value:
            return None
        return self._process(value, self.get("variable"))


class Date(model.Date):  # type: ignore[misc]
    """A date notes that its variable was asked for."""

    def process(self, item: Any, variable: Any = None, *rest: Any, **options: Any) -> Any:
        """Return the date; raise VariableError where there is none."""
        name = variable or self.get("variable")
        value = item.reference.get(name.replace("-", "_"))
        if variable is None:
            asked(name, value)
        if not value:
            raise VariableError
        return super().process(item, variable, *rest, **options)


class DatePart(model.Date_Part):  # type: ignore[misc]
    """A style's own form of a date part holds for that style's date alone ("Date-part").

    citeproc-py writes it into the locale, so that every later date has it.
    """

    def process(self, date: Any, context: Any = None) -> Any:
        """Return the part, and leave the locale as it was."""
        before = dict(self.attrib)
        try:
            return super().process(date, context)
        finally:
            self.attrib.clear()
            self.attrib.update(before)


class Names(model.Names):  # type: ignore[misc]
    """Names note whether one of their variables has any."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **kw: Any) -> Any:
        """Return the names, or what stands in their place."""
        roles = self.get("variable").split()
        found = [role for role in roles if item.reference.get(role)]
        asked(self.get("variable"), found)
        return super().process(item, names_context=names_context, context=context, **kw)


class Name(model.Name):  # type: ignore[misc]
    """``initialize="false"`` leaves given names whole ("Name"); citeproc-py shortens them."""

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        """Return an option; no initials where the style wants none."""
        if name == "initialize-with" and self.get("initialize") == "false":
            return None
        return super().get_option(name, context, sort_options)


class NamePart(model.Name_Part):  # type: ignore[misc]
    """Case is for the names of persons: GB/T 7714-2015, 8.1.1, writes institutions as they are."""

    def format_part(self, given: Any, family: Any) -> Any:
        """Return given and family name; an institution has no given name."""
        return (given, family) if not given else super().format_part(given, family)


class Substitute(model.Substitute):  # type: ignore[misc]
    """What stood in for missing names is not printed again ("Substitute").

    citeproc-py remembers a variable and forgets those that a macro printed.
    """

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the first substitute that has a text."""
        for child in self.getchildren():
            with counting() as calls:
                text = self._tried(child, item, context, options)
            if text:
                tag = f"{{{NAMESPACE}}}text"
                repressed = (context if context is not None else self).get_layout().repressed
                repressed.setdefault(tag, []).extend(calls.rendered)
                return text
        return None

    def _tried(self, child: Any, item: Any, context: Any, options: dict[str, Any]) -> Any:
        bare = isinstance(child, model.Names) and child.name is None
        more = {"names_context": self.getparent()} if bare else {}
        try:
            return child.render(item, context=context, **more, **options)
        except VariableError:
            return None


class Label(model.Label):  # type: ignore[misc]
    """A label stands beside a number that is there, and else not at all ("Label")."""

    def process(self, item: Any, variable: Any = None, *rest: Any, **options: Any) -> Any:
        """Return the label; None where its variable is empty."""
        own = self.get("variable")
        if variable is None and own not in {"locator", None}:
            name = "page" if own == "page-first" else own.replace("-", "_")
            if not item.reference.get(name):
                return None
        return super().process(item, variable, *rest, **options)

    def case(self, text: Any, language: str | None = None) -> Any:
        """Return the label in its case: it is in the style's language, not in the work's."""
        return title_case(str(text)) if self.get("text-case") == "title" else super().case(text)


OURS = {
    "group": Group,
    "text": Text,
    "number": Number,
    "date": Date,
    "date-part": DatePart,
    "names": Names,
    "name": Name,
    "name-part": NamePart,
    "substitute": Substitute,
    "label": Label,
}


class OneItem(BibliographySource):  # type: ignore[misc]
    """One item of CSL-JSON, with whatever fields it has: citeproc-py warns of CSL 1.0.2's."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        """Read names and dates; all else is text."""
        read = CiteProcJSON([])
        reference = Reference("item", item["type"])
        for key, value in item.items():
            name = key.replace("-", "_")
            if name in NAMES:
                reference[name] = read.parse_names(value)
            elif name in DATES:
                reference[name] = read.parse_date(value)
            elif key not in {"id", "type"}:
                reference[name] = value if key == "language" else String(value)
        self.add(reference)


def load(path: Path, locale: str) -> Any:
    """Return the root of a style, read with our classes, in a locale such as ``zh-CN``."""
    lookup = etree.ElementNamespaceClassLookup()
    classes = lookup.get_namespace(NAMESPACE)
    classes[None] = model.CitationStylesElement
    for kind in model.CitationStylesElement.__subclasses__():
        classes[kind.__name__.replace("_", "-").lower()] = kind
    classes.update(OURS)
    parser = etree.XMLParser(
        remove_comments=True, encoding="UTF-8", no_network=True, resolve_entities=False
    )
    parser.set_element_class_lookup(lookup)
    root = etree.parse(str(path), parser).getroot()
    root.set_locale_list(locale, validate=False)
    return root
