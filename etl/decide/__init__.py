"""What people decided about the data: read line by line, checked, and applied before or instead of the rules.

A decision is a line of a file that a person can open: what it is about, what it says, by whom, when and why. A line that is
not understood, contradicts another, or expects what the source no longer says is reported and not applied; the others are.
"""
