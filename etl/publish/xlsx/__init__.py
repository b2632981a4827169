"""Workbooks as their parts: written small and fast, and changed in place without losing what is not understood."""
