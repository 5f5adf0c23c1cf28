"""Reads RSS and Atom feeds for those who keep the facts. Nothing of them is recorded without a person."""
