"""Fails where a wheel lacks a file that the repository has under a folder of the package."""

import subprocess
import sys
import zipfile
from pathlib import Path

FOLDERS = {"wlnet": "wlnet", "grammar": "wlnet/grammar", "repl": "wlnet/repl"}

listed = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard", *FOLDERS], check=True, capture_output=True, text=True
).stdout.splitlines()
present = (path.partition("/") for path in listed if Path(path).is_file())
expected = {f"{FOLDERS[top]}/{rest}" for top, _, rest in present}
with zipfile.ZipFile(sys.argv[1]) as wheel:
    missing = sorted(expected - set(wheel.namelist()))
if missing:
    sys.exit("The wheel lacks:\n  " + "\n  ".join(missing))
print(f"The wheel has all {len(expected)} files.")
