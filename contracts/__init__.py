"""Rules of the house that import-linter does not know by itself. `make lint` holds them."""
