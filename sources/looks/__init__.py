"""Looking at sources again: which, how often, how politely, and how their pages answer."""
