"""The pages, one file per noun; each view loads, checks, calls the domain once and redirects."""
