"""The languages that the bot speaks: which one is spoken now, its catalogue of sentences, and its names of places."""
