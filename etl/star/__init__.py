"""Linked records -> rows of the published tables."""
