"""``python -m citelint``: the command."""

from citelint.cli import program

program()
