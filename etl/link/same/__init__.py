"""Are two names one organisation? Words compared across languages and scripts."""
