"""Words in several languages, the way every sentence meant for a person travels."""

Words = dict[str, str]
"""The same text in one or more languages: ``{"zh": "…", "en": "…"}`` (keys are BCP 47)."""
