"""Goals as pictures: the course of one, and a whole team's on one page."""
