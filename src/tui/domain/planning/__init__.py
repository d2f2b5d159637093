"""When to do it: the calendar, the week, the season, today."""
