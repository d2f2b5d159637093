"""The exercise library: parsing, checking and searching its exercises and programmes."""
