"""Issuing an appendix: previewing it, fixing its content, making its files, handing them out."""
