"""The tables of the story: people, places, events, the article's notes, errata; all pure."""
