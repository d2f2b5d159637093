"""The season: runs, races and days away, and what of them a day or a week holds."""
