"""Mistakes in the files of words and phrasings, found before a question meets them."""
