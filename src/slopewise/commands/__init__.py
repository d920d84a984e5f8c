"""What each command of `slopewise` does and prints."""
