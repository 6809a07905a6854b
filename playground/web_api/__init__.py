"""The Web API: one front door, one table of methods, one file per family of methods."""
