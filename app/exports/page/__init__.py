"""The appendix as a page: its body for the desk's preview, and the one file that leaves the house.

It writes HTML itself, claim by claim, in the few elements that the page digest knows.
"""
