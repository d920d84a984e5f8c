"""When work is due and when it came, for whom there is more time, and what lateness costs."""
