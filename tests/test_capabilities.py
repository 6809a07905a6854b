"""The table of capabilities: a row is all it takes, and two rows may not claim the same thing."""

WATERED = "plants.watered"
