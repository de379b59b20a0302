# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Opens report.html of runs in headless Chromium and looks whether all of it is drawn, on a wide page and on a narrow one, in light and in dark.
usage: check_report.py RUN..."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120

# Before the page's own script, and behind it: what went wrong, and what a reader could not see.
LISTEN = """<script>window.wrong = []; addEventListener("error", e => wrong.push(e.message));</script>"""
PROBE = """<script>
const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
for (const text of document.querySelectorAll("svg text"))
  if (!inside(text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect())) wrong.push("cut off: " + text.textContent);
if (document.documentElement.scrollWidth > innerWidth) wrong.push("wider than the window");
for (const text of document.querySelectorAll("text, td, h2, h3, p, b"))
  if (/undefined|NaN|\\[object/.test(text.textContent)) wrong.push("no text for people: " + text.textContent);
document.body.append(Object.assign(document.createElement("pre"), { id: "probe", textContent: JSON.stringify(
  { wrong, width: innerWidth, paper: getComputedStyle(document.body).backgroundColor }) }));
</script>"""


def data_of(page):
    assert not re.search(r'(src|href)="(?!data:)|url\(|@import', re.sub(r"<script.*?</script>", "", page, flags=re.S)), "the page needs other files"
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S).group(1))


def drawn(browser, page, width, dark):
    """The page as the browser has drawn it, and what the probe found."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/report.html"
        with open(path, "w") as file:
            file.write(page.replace("<head>", "<head>" + LISTEN).replace("</body>", PROBE + "</body>"))
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile",
                   f"--blink-settings=preferredColorScheme={0 if dark else 1}", f"--window-size={width},900", "--virtual-time-budget=5000",
                   "--dump-dom", f"file://{path}"]
        try:
            result = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            sys.exit(f"{browser} has not drawn the page in {SECONDS} s")
    if result.returncode or 'id="probe"' not in result.stdout:
        sys.exit(f"{browser} ended with {result.returncode} and did not draw the page:\n{result.stderr[-2000:]}")
    dom, probe = result.stdout.split('<pre id="probe">')
    return dom, json.loads(probe.split("</pre>")[0])


def check(data, dom, probe, width, dark):
    assert not probe["wrong"], probe["wrong"]
    assert abs(probe["width"] - width) <= 20, f"the window is {probe['width']} wide"
    assert (sum(map(int, re.findall(r"\d+", probe["paper"])[:3])) < 384) == dark, probe["paper"]
    # Spreads stand in the table, not as curves.
    curves = [c for c in data["curves"] if not (c["name"].startswith("evaluation.") and c["name"].endswith("deviation"))]
    finite = [c for c in curves if any(p[1] is not None for p in c["points"])]
    paths = re.findall(r'<path class="curve" d="M([^"]+)"', dom)
    assert len(paths) >= len(finite), f"{len(paths)} of {len(finite)} curves are drawn"
    for path in paths:
        places = [tuple(map(float, place.split(","))) for place in path.split("L")]
        assert len(places) >= 2 and all(0 <= x <= 440 and 0 <= y <= 230 for x, y in places), places[:5]
    assert len(re.findall(r"<img ", dom)) == len(data["samples"])
    assert len(re.findall(r'<rect class="(?:kept|passing)"', dom)) == len(data["memory"]["boxes"])
    assert len(re.findall(r'<li class="', dom)) == len(data["events"])
    # What is drawn is explained: marks of events, and what the pictures have beside samples. Not in the page's script and data.
    told = " ".join(re.findall(r'<p class="faint">([^<]*)', dom))
    assert ("Red dashed lines are the events" in told) == (len(data["events"]) > 0)
    assert ("Red crosses are the centres of the data." in told) == (data["title"] == "ring"), told
    charts = len(re.findall(r'<svg [^>]*viewBox="0 0 440 230"', dom))
    assert len(re.findall(r'<line class="mark"', dom)) == charts * len(data["events"])
    assert len(re.findall(r"<summary>Protocol", dom)) == len(data["protocols"])
    assert all(k["name"] in dom for k in data["kernels"]) and f"model {data['title']}(" in dom


browser = next(filter(None, map(shutil.which, BROWSERS)), None)
for run in sys.argv[1:]:
    with open(os.path.join(run, "report.html")) as file:
        page = file.read()
    data = data_of(page)
    assert not data["running"] and any(c["name"].endswith(".loss") for c in data["curves"]), data["state"]
    told = [f"{len(data[part])} {part}" for part in ("curves", "events", "samples", "evaluations", "kernels")]
    for width, dark in ((1280, False), (500, True)) if browser else (): # no window is narrower than 500
        check(data, *drawn(browser, page, width, dark), width, dark)
    print(f"{'drawn' if browser else 'not opened, as none of ' + ', '.join(BROWSERS) + ' is installed'}: {', '.join(told)}")
