"""One file for each revision: rows before it, what it makes of them, and rows only it can hold."""
