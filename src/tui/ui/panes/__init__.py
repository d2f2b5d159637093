"""The three panes: library, today, history."""
