"""Long runs, for `make soak`: load, and faults under load, each ending with an audit that nothing was lost."""
