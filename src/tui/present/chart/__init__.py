"""Charts: their data, their axes, and their SVG output."""
