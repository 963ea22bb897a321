"""Using a Chainrule server from a program: requests that are tried again, and answers handed in once."""
