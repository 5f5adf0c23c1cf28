"""Text -> Query. Pure: no I/O but its own word files, no Telegram, no database; it is handed a catalogue of names."""
