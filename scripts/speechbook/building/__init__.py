"""From sources to the finished formats: checks, one environment, three builders."""
