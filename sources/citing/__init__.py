"""Citations of sources in the styles of :mod:`sources.citation_styles`."""
