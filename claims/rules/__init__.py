"""The rules of checking: each looks at one claim and says what an editor should look at again.

A rule is a function from a claim to hits. It changes nothing and decides nothing; saving stays
possible, and a person answers each hit by a change or by a waiver with a reason.
"""
