"""Answer -> text for Telegram, a terminal or a program. Nothing is decided here but how it looks."""
