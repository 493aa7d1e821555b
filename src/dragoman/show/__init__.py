"""How the record is shown to people: tables on a terminal, JSON lines in a pipe, and reasons in words."""
