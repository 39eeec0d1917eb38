"""Finding each claim again in a new version, and noticing what became of its figures.

W3C Web Annotation selectors find the words; the usual algorithm stops there and is content when
one digit has changed. Here the ordered figures inside decide between *reworded* and *figure
changed*, and words that could stand in several places are asked about, never guessed.
"""

from claims.reanchoring.passage import Passage
from claims.reanchoring.search import Found, Reanchoring

__all__ = ["Found", "Passage", "Reanchoring"]
