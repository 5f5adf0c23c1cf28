"""Looks for mistakes in files of data. Each check is a function of rows to problems; none needs a database."""
