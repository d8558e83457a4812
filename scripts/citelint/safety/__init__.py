"""What tells hostile content from a book's: pure functions, used by the ``SEC`` rules."""
