"""Who is in the class, how they are entered, and which section they sit in."""
