"""Tests of the MyST reader."""
