"""What makes this book: builders, extensions, audits."""
