"""Answers as pictures. `finding` decides what a chart shows, `lines` and `bars` where it goes, `drawing` paints it."""
