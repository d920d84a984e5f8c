"""`python -m slopewise`: the same as `slopewise`."""

import sys

from slopewise.cli import main

if __name__ == "__main__":
    sys.exit(main())
