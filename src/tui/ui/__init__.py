"""The full screen: the only place that imports Textual. Screens show state and send commands."""
