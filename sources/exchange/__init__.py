"""Sources as other programs keep them: CSL-JSON, BibTeX and RIS, written and read."""
