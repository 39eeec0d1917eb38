"""Inputs made to break the desk, and what watches whether they do."""
