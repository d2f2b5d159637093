"""Planning: the calendar, the week, the season and today's session."""
