"""Brings the catalogues up to date with the code: `make messages`."""

from __future__ import annotations

from tests.languages.extraction import LANGUAGES, bring_up_to_date

for code in LANGUAGES:
    missing, every = bring_up_to_date(code)
    print(f"bot/languages/catalogues/{code}.po: {every} sentences, {missing} to be translated")
