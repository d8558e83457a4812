"""Tests of citelint verify, against a server on this machine."""
