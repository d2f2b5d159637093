"""The log on the runner's own disk. The only package that knows of tinydb."""
