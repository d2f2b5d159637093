"""The screens, and the lines that they draw."""
