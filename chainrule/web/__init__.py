"""The page: what `chainrule serve` shows in a browser, and the API beside it."""
