"""All rules, by family; a new family is a module here and a line in ``FAMILIES``."""
