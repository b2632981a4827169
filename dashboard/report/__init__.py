"""The annual report and the briefs: one document, worked out once, written in five formats.

``outline`` (which sections) -> ``facts`` (numbers with their origin) -> ``prose`` (sentences) -> ``content`` (the document) -> the writers
``docx``, ``pptx``, ``html``, ``pdf``, ``xlsx``, which know the document and nothing of the data.
"""
