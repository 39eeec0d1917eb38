"""The ground floor: what a claim rests on, kept so that anybody can look again."""
