"""Stridelift: a full-screen terminal strength log for runners."""
