"""Whether the words that evidence quotes still stand in the page they were taken from."""
