"""The exercise library: its entries, how they are read, checked and found."""
