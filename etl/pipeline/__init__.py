"""The only package that knows all stages: read -> normalise -> link -> check -> publish."""
