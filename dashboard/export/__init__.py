"""Figures as files: pictures, slides, workbooks, data; each with a passport that says what it shows and whether it still holds."""
