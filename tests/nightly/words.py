"""What is typed into the forms of the desk that is attacked, where their pages leave them empty."""

from typing import Final

from tests.app.browser import PASSWORD
from tests.app.claim_desk import NEW_SOURCE

PHRASE = "seven quiet herons 71"
LEFT: Final = frozenset({"accounts.sign_out", "farewells.said"})
"""A button without a word, and the message of a provider, which is refused without a signature."""
SHOWN: Final = {"claims_by_hand.add": "/articles/<key>/claims/new?start=0&stop=20"}
"""With which words in its address a page shows a form."""
NO_WORDS: Final = frozenset({"a", "as_of", "at", "b", "claim", "older", "since", "until"})
"""Fields of searches for which a number or a moment is typed."""
BY_NAME: Final = {
    "body": "A remark.",
    "name": "Something",
    "note": "A note.",
    "question": "Is it so?",
    "reason": "It was looked at again.",
    "settlement": "It was settled.",
    "statement": "It is not so.",
    "text": "The share was 5 percent in 2024.",
    "title": "A report",
    "url": "https://example.org/another-report",
}
BY_VIEW: Final[dict[str, dict[str, str | None]]] = {
    "accounts.link_used": {"password": PHRASE, "again": PHRASE},
    "accounts.signed_in": {"name": "li.wei", "password": PASSWORD},
    "administration.disable": {"typed": "qian.er"},
    "administration.invite": {"name": "gu.lan", "display_name": "Gu Lan", "roles": "checker"},
    "article_sign_offs.publish": {"known": "y"},
    "assessments.save": {"reasoning": "Two sources say so."},
    "citations.take": {"text": "@book{a, title={A report}, year={2024}}", "format": "bibtex"},
    "claims_by_hand.add": {"take_2": None},
    "claim_figures.add": {"figure": "7%", "stated_text": "7%", "period": "2024"},
    "confirming.prove": {"password": PASSWORD},
    "contest_dues.save": {"due_on": "2031-05-01"},
    "contests.add": {"reason": "other", "evidence_for": None, "evidence_against": None},
    "deadlines.save": {"deadline": "2031-05-01T10:00"},
    "evidence.add": {**NEW_SOURCE},
    "formulas.add": {"formula": "F1 * 3 = F1"},
    "formulas.calculate": {"formula": "E1 / 3"},
    "own_account.add_token": {"scopes": "read"},
    "own_account.change_password": {"old": PASSWORD, "password": PHRASE, "again": PHRASE},
}
"""What is typed whatever the page holds; None for what is left out."""
NEVER_TAKEN: Final = {
    "article_sign_offs.sign": "nothing of the article is ready",
    "captures.accept": "a page said nothing",
    "confidences.destroy": "no contact is kept",
    "confidences.let_go": "nobody may read it",
    "confidences.read": "no contact is kept",
    "factors.challenge": "an answer for scripts",
    "jobs.cancel": "no job waits",
    "jobs.retry": "no job failed",
    "snapshots.original": "no copy is kept",
    "sources.judge": "there is no pair that could be one",
    "sources.take_publisher": "the address has no known publisher",
    "administration.enable": "nobody's account is disabled",
    "administration.revoke_token": "no key is kept",
    "administration.reset_factors": "the colleague has no second factor",
    "appendix_issues.make": "no such issue",
    "claims.reopen": "the claim is still being checked",
    "claims.submit": "a formula of the claim does not hold",
    "confirming.challenge": "an answer for scripts",
    "contests.block": "the contest was settled",
    "contests.settle": "the contest was settled",
    "differences.leave": "no difference is open",
    "differences.take": "no difference is open",
    "factors.add_passkey": "it wants a passkey's answer",
    "factors.codes_file": "there are no recovery codes",
    "factors.confirm": "it wants the code of this half-minute",
    "factors.new_codes": "there is no second factor",
    "factors.remove": "there is no second factor",
    "identities.begin": "no provider is set",
    "identities.bind": "no provider is set",
    "identities.unbind": "no identity is bound",
    "identities.unbind_for": "no identity is bound",
    "merges.apart": "there is no pair that could be one",
    "merges.save": "there is no pair that could be one",
    "numbers.reopen": "no number was dismissed",
    "numbers.take_back": "nothing was done that could be undone",
    "own_account.revoke_token": "no key is kept",
    "provider.confirm": "no provider is set",
    "provider.owned": "nobody came from a provider",
    "provider.sign_in": "no provider is set",
    "provider.take_over": "no provider is set",
    "second_step.challenge": "an answer for scripts",
    "second_step.given": "nobody waits for a second step",
    "second_step.passkey": "it wants a passkey's answer",
    "second_step.second_challenge": "nobody waits for a second step",
    "snapshots.upload": "it wants a file, which sqlmap sends none of",
    "triage.reopen": "no proposal was decided",
    "triage.split": "the proposal has one figure",
    "triage.take_back": "nothing was done that could be undone",
    "verifying.verify": "it wants a file, which sqlmap sends none of",
    "versions.confirm": "the text has one version",
    "versions.place": "the text has one version",
    "versions.take_over": "the text has one version",
}
"""Forms of which nothing is taken on this desk, and why; of every other one something must be."""
