"""The box: the files and accounts that a notebook's process sees, and the calls it is refused."""
