"""What is read for the index (`documents`, `pending`), and what is read for people (`finding`, `results`)."""
