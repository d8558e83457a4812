"""Every link of the finished book: inside it offline, outside it over the network."""
