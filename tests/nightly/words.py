"""What is typed into the forms of the desk that is attacked, where their pages leave them empty."""

from typing import Final

from tests.app.browser import PASSWORD

PHRASE = "seven quiet herons 71"
LEFT: Final = frozenset({"accounts.sign_out", "farewells.said"})
"""A button without a word, and the message of a provider, which is refused without a signature."""
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
BY_VIEW: Final[dict[str, dict[str, str]]] = {
    "accounts.link_used": {"password": PHRASE, "again": PHRASE},
    "accounts.signed_in": {"name": "li.wei", "password": PASSWORD},
    "administration.disable": {"typed": "qian.er"},
    "administration.invite": {"name": "gu.lan", "display_name": "Gu Lan", "roles": "checker"},
    "article_sign_offs.publish": {"known": "y"},
    "assessments.save": {"reasoning": "Two sources say so."},
    "citations.take": {"text": "@book{a, title={A report}, year={2024}}", "format": "bibtex"},
    "claim_figures.add": {"figure": "7%", "stated_text": "7%", "period": "2024"},
    "confirming.prove": {"password": PASSWORD},
    "contest_dues.save": {"due_on": "2031-05-01"},
    "deadlines.save": {"deadline": "2031-05-01T10:00"},
    "formulas.add": {"formula": "F1 * 3 = F1"},
    "formulas.calculate": {"formula": "E1 / 3"},
    "identities.bind": {"subject": "a-subject"},
    "own_account.add_token": {"scopes": "read"},
    "own_account.change_password": {"old": PASSWORD, "password": PHRASE, "again": PHRASE},
}
NEVER_TAKEN: Final = {
    "administration.enable": "nobody's account is disabled",
    "administration.reset_factors": "the colleague has no second factor",
    "appendix_issues.make": "no such issue",
    "claims.reopen": "the claim is still being checked",
    "claims.submit": "a formula of the claim does not hold",
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
    "identities.unbind": "no identity is bound",
    "identities.unbind_for": "no identity is bound",
    "numbers.reopen": "no number was dismissed",
    "numbers.take_back": "nothing was done that could be undone",
    "provider.confirm": "no provider is set",
    "provider.owned": "nobody came from a provider",
    "provider.sign_in": "no provider is set",
    "provider.take_over": "no provider is set",
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
