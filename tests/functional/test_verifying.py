"""An issued page checks itself from a file, and every forgery in a browser, by the same names."""

import json

from playwright.sync_api import Browser, Page, expect

from app.exports.verifier.files import escaped_json
from tests.app.exports.verifier import forgeries, pages
from tests.app.exports.verifier.issued import Issued

ONLY_THE_PROGRAM = {
    # The page's script reads the document to say where; that its page is whole proves the rest.
    "other_salt", "unknown_salt", "loose_bits", "capital_digits", "marks_changed", "a_word_more",
    "turned_with_their_proofs", "removed_with_its_proof", "withheld_later", "dated_back",
    "evidence_turned_and_numbered",
}  # fmt: skip


def answered(page: Page) -> str:
    status = page.locator("#verify [role=status]")
    expect(status).to_have_attribute("aria-busy", "false")
    return status.inner_text()


CHOOSE = """async (texts) => {
  const input = document.querySelector("#verify input[type=file]"), told = [];
  const status = document.querySelector("#verify [role=status]");
  for (const text of texts) {
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], "a.html"));
    input.files = chosen.files;
    const done = new Promise((go) => {
      const seen = new MutationObserver(() => status.ariaBusy === "false" && go(seen.disconnect()));
      seen.observe(status, { attributes: true });
    });
    input.dispatchEvent(new Event("change"));
    await done;
    told.push(status.innerText);
  }
  return told;
}"""


def chosen(page: Page, *texts: str) -> list[str]:
    """What the page says of files that are chosen one after the other."""
    told: list[str] = page.evaluate(CHOOSE, list(texts))
    return told


def with_document(page: str, document: forgeries.Document) -> str:
    """A page with another document inside."""
    head, start, rest = page.partition('id="appendix">')
    return head + start + escaped_json(document, "html").decode() + rest[rest.index("</script>") :]


def test_the_page_checks_itself_and_names_every_forgery(issued: Issued, chromium: Browser) -> None:
    file = issued.path("legal", "html")
    text = file.read_text(encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.click("#verify button")
    told = answered(page)
    assert "It holds" in told
    assert issued.keys[-1] in told
    page.click("#verify button")
    assert "It holds" in answered(page)
    whole, nothing = chosen(page, text, json.dumps([]))
    assert "It holds" in whole
    assert "UNREADABLE" in nothing
    shown = [pages.forged(text, old, new) for old, new, _ in pages.FORGED_PAGES]
    for (old, _new, names), found in zip(pages.FORGED_PAGES, chosen(page, *shown), strict=True):
        assert "does not hold" in found, old
        assert any(name in found for name in names), (old, found)
    inside = [with_document(text, forged(issued, forge)) for forge, _, _ in forgeries.FORGERIES]
    for (forge, names, _), found in zip(forgeries.FORGERIES, chosen(page, *inside), strict=True):
        assert "ALTERED_PAGE" in found, forge.__name__
        if forge.__name__ not in ONLY_THE_PROGRAM:
            assert all(name in found for name in names), (forge.__name__, found)
    page.close()


def forged(issued: Issued, forge: forgeries.Forge) -> forgeries.Document:
    document = issued.document()
    forge(document)
    return document
