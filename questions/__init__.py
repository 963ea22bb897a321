"""What is asked: the bank of question families, and the modules that load, check and draw them."""
