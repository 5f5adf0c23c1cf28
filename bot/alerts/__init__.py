"""Deliveries out: claimed, paced, sent and marked, by one process at a time. Follow dispatcher.py from its top."""
