# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Opens report.html of a run in headless Chromium and looks whether all of it is drawn.
usage: check_report.py RUN"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

run = os.path.abspath(sys.argv[1])
page = open(f"{run}/report.html").read()
data = json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S).group(1))
losses = [curve for curve in data["curves"] if curve["name"].endswith(".loss")]
assert losses and data["state"] == "done" and data["kernels"] and data["samples"], data["state"]
assert not re.search(r'(src|href)="(?!data:)|url\(|@import', re.sub(r"<script.*?</script>", "", page, flags=re.S)), "the page needs other files"

browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if not browser:
    print("no Chromium is installed: the page is not opened")
    sys.exit()


def dom(width):
    with tempfile.TemporaryDirectory() as profile:
        result = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}",
             f"--window-size={width},900", "--virtual-time-budget=5000", "--dump-dom", f"file://{run}/report.html"],
            capture_output=True, text=True, timeout=240)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout


for width in (1280, 390):
    drawn = dom(width)
    curves = re.findall(r'<path class="curve" d="M([^"]+)"', drawn)
    assert len(curves) >= len(data["curves"]), f"{len(curves)} of {len(data['curves'])} curves are drawn"
    for curve in curves:
        places = [tuple(map(float, place.split(","))) for place in curve.split("L")]
        assert len(places) >= 2 and all(0 <= x <= 440 and 0 <= y <= 230 for x, y in places), places[:5]
    assert len(re.findall(r"<img ", drawn)) == len(data["samples"])
    assert len(re.findall(r'<rect class="(?:kept|passing)"', drawn)) == len(data["memory"]["boxes"])
    assert data["kernels"][0]["name"] in drawn and "model ring(" in drawn
print(f"Chromium draws {len(data['curves'])} curves, {len(data['samples'])} pictures and {len(data['memory']['boxes'])} boxes of memory")
