"""Pages: one blueprint in each module, thin over the functions beside this package."""
