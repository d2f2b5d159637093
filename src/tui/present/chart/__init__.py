"""Charts: their data, their axes, and as SVG."""
