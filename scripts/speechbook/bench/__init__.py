"""What the build costs: this book's own build against stock Sphinx, from one run."""
