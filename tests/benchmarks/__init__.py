"""What is slow or quick, as figures with ratios to something that any machine has: `python -m tests.benchmarks`."""
