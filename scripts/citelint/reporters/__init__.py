"""Findings for people and for programs: text, JSON, SARIF, GitHub annotations."""
