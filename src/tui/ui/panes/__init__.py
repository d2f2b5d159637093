"""The three panes of the main screen: Library, Today, History."""
