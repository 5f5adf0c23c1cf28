"""Facts and launches read out of the text of an article, as candidates for a person to accept. Pure: no I/O but its
own word lists. Start at article.py."""
