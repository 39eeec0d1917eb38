"""Other people's attack tools against the desk, each of which has to bite a planted hole too."""
