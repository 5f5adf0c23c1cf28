"""Telegram updates in, questions to the bot's understanding out, answers back. Nothing about phones is known here."""
