"""The typefaces that a PDF of the desk is set in: subsets under the SIL Open Font License."""
