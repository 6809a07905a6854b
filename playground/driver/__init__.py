"""People to write tests with: they type, choose and press by the words on their screen, never by ids."""
