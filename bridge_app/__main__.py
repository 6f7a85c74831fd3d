"""python -m bridge_app."""

import sys

from bridge_app.cli.main import main

sys.exit(main())
