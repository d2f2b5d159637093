"""What is happening: the live session, its events and its clock."""
