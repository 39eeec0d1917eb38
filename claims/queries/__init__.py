"""What pages show, loaded in a constant number of statements."""
