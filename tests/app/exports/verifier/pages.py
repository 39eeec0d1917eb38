"""What a forger makes of an issued page: the old text, the new one, and the names it must get."""

import re

HIDING = "<style>article{display:none}</style>"
FORGED_PAGES: list[tuple[str, str, set[str]]] = [
    (r"It was 5 %\.", "It was 50 %.", {"ALTERED_PAGE"}),
    (r"<body>", "<body><p>All of this is withdrawn.</p>", {"ALTERED_PAGE"}),
    (r"</head>", f"{HIDING}</head>", {"ALTERED_PAGE"}),
    (r"<main ", '<main style="display:none" ', {"ALTERED_PAGE"}),
    (r"<main ", "<main hidden ", {"ALTERED_PAGE"}),
    (r"<main ", "<!-- hidden --><main ", {"ALTERED_PAGE"}),
    (r"It was 5 %\.", "It was 5&#8203; %.", {"ALTERED_PAGE"}),
    (r"It was 5 %\.", "It was 5&#x202e; %.", {"ALTERED_PAGE"}),
    (r"</main>", "<!-- seal --></main>", {"ALTERED_PAGE"}),
    (r'<script type="application/json" id="seal">[^<]*</script>', "", {"NO_PROOF"}),
    (r"<!-- seal -->", "", {"ALTERED_PAGE"}),
    (r"(<script>)", r"\1alert(1);", {"ALTERED_PAGE"}),
    (r"default-src 'none'", "default-src *", {"ALTERED_PAGE"}),
    (r"</html>", "</html>x", {"ALTERED_PAGE"}),
    (r'(<script type="application/json" id="seal">)', r"\1 ", {"BAD_PROOF"}),
]
"""The old text is a pattern; it is replaced where it stands first."""
UNLIKE_THE_HOUSE: list[tuple[str, str, set[str]]] = [
    (r"It was 5 %\.", "It was 5 &percnt;.", {"ALTERED_PAGE"}),
    (r"</h2>", "</h3>", {"ALTERED_PAGE"}),
    (r"<h2>", "<h2 a=1>", {"ALTERED_PAGE"}),
    (r"<article ", "<article a a ", {"ALTERED_PAGE"}),
]
"""A browser may show all of it as it was; the program takes only what the house writes."""


def forged(page: str, old: str, new: str) -> str:
    """A page with one forgery; it really is another."""
    made = re.sub(old, new, page, count=1)
    assert made != page, old
    return made


def two_documents(page: str) -> str:
    """The page with a second element of the document's name before the first."""
    found = re.search(
        r'<script type="application/json" id="appendix">.*?</script>', page, re.DOTALL
    )
    assert found is not None
    return page.replace(found[0], found[0].replace("5 %", "50 %") + found[0], 1)
