"""The schedule: what to practise when, and what an exam would bring. Pure functions; times are arguments."""
