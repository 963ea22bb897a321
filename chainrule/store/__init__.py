"""The store: what was asked, answered, judged and decided, appended and never edited."""
