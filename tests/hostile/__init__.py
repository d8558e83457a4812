"""Contributions that mean harm, and what refuses them; see :mod:`tests.hostile.corpus`."""
