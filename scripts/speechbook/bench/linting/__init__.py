"""What the linter costs: citelint against four other readers of BibTeX, from one run."""
