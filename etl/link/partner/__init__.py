"""Who is who: names, what they say, the organisations that are known, and the partners of a run."""
