"""Speed as we state it: each figure measured beside its floor in the same run. `make bench` comes here."""
