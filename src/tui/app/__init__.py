"""Use cases shared by the screen and the command line: log, plan, settings, imports, reviews."""
