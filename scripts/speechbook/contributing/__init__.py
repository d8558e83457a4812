"""What helps those who write the book: checking, counting, adding chapters and works."""
