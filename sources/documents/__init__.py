"""Reading the text out of what a newsroom is handed: web pages, Word documents and PDF files.

These readers stand on the ground floor because the file behind a source is read like the file of an
article. Plain text needs none of them.
"""
