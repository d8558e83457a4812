"""Do the three finished formats say the same?  Each is read by itself and compared by meaning."""
