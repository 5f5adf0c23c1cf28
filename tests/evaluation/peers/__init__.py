"""Other programs on the same questions: each a wrapper that runs in an environment of its own, under .peers/."""
