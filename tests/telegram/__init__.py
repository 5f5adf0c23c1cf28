"""A Telegram Bot API server on loopback that checks every request, and people who write to the bot."""
