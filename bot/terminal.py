"""The bot in a terminal: the same answers, no token and no network."""
