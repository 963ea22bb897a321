"""Data, no logic: Jinja templates and the stylesheet."""
