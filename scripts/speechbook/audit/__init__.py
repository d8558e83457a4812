"""Checks of the finished formats, from outside."""
