"""The live workout session: its state, its events and its clock."""
