"""Sourced facts about phone vendors: tables, engine, migrations, shipped data. Imports nothing of the bot."""
