"""Looks at sources' pages: queued when they are due, carried out as jobs."""
