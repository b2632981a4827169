"""Finished tables -> one complete, immutable snapshot, swapped in at the end."""
