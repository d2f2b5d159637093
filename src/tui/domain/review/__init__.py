"""What came of it: sums, trends, records, sides."""
