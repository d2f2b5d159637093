"""Charts as values, their axes, and a picture of them. Values in, values and text out."""
