"""The bundle's program. What the bundle's loader needs is not left to the programs we start."""

import os
import sys

# Browsers, file managers and ExifTool must find their own libraries and plug-ins, not ours.
for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)
for name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
    os.environ.pop(name, None)

from bridge_app.cli.main import main  # noqa: E402 - it may start others

sys.exit(main())
