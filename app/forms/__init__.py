"""The forms, one file per noun."""
