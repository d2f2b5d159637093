"""What things are: exercises, sets, sessions, and how they are written."""
