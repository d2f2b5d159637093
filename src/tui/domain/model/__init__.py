"""The data model: exercises, sets and sessions, their notation, and how text is measured."""
