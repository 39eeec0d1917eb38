"""What an article asserts, and where the check of each assertion stands."""
