"""Content that ships as data: question packs, and more as capabilities land."""
