"""How people stand: the state of each, counted by unit and day, closed and summed up."""
