"""The full screen in a browser: a server on aiohttp, and the terminal of textual-serve in a page of
our own. Each page has a process of its own, which is the full screen as in any terminal."""
