"""Looking back at the log: sums, trends, records, left against right."""
