"""The data model: exercises, sets and sessions, and the notation they are typed in."""
