"""What is shown, as text, tables, Markdown, JSON and charts."""
