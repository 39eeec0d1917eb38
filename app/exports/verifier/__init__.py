"""The parts of the program that checks an appendix anywhere, with Python's standard library alone.

Each module is small; :mod:`app.exports.verifier.assembly` puts them into the one file that leaves
the house, so nothing here may need more than Python 3.8 and its library.
"""
