"""Use cases: the log, the plan and the settings put to work for screen and command line."""
