"""Articles and their claims as plain files, read in and written back byte for byte."""

from claims.interchange.dump import dump_article
from claims.interchange.load import SEED, load_article

__all__ = ["SEED", "dump_article", "load_article"]
