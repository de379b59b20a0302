"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const main = document.getElementById("main");
main.textContent = "";
const SVG = "http://www.w3.org/2000/svg";

// An element with attributes and children; texts are texts, never markup.
function make(tag, attributes = {}, ...children) {
  const svg = ["svg", "path", "line", "text", "rect", "g", "title"].includes(tag);
  const element = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function section(title, ...children) {
  main.append(make("h2", {}, title), ...children);
}
function short(x) {
  if (x === null || x === undefined || !isFinite(x)) return "not finite";
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return x.toExponential(2);
  return String(+x.toPrecision(4));
}
function bytes(n) {
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (n < 1024 || unit === "GiB") return (unit === "B" ? n : n.toFixed(n < 10 ? 2 : 1)) + " " + unit;
    n /= 1024;
  }
}
function table(heads, rows, numeric) {
  const cell = (tag, text, i) => make(tag, numeric.includes(i) ? { class: "n" } : {}, String(text));
  return make("div", { class: "scroll" }, make("table", {},
    make("tr", {}, ...heads.map((text, i) => cell("th", text, i))),
    ...rows.map(row => make("tr", {}, ...row.map((text, i) => cell("td", text, i))))));
}

// Numbers between low and high that people like, about five of them.
function ticks(low, high) {
  const raw = (high - low) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find(f => power * f >= raw);
  const list = [];
  for (let k = Math.ceil(low / step); k * step <= high + step * 1e-9; ++k) list.push(+(k * step).toPrecision(12));
  return list;
}

// Curves over steps, with the band from least to greatest, and a readout under the pointer.
function chart(title, curves) {
  const width = 440, height = 230, left = 50, right = 10, top = 8, bottom = 24;
  const points = curves.flatMap(c => c.points.filter(p => p[1] !== null));
  const card = make("div", { class: "card" }, make("h3", {}, title));
  if (!points.length) {
    card.append(make("p", { class: "faint" }, "no finite value"));
    return card;
  }
  // The axis covers the means; a few spikes of the band may leave it.
  let low = Math.min(...points.map(p => p[1])), high = Math.max(...points.map(p => p[1]));
  if (low === high) { const d = Math.abs(low) || 1; low -= d / 2; high += d / 2; }
  const margin = (high - low) * .06;
  low -= margin; high += margin;
  const last = Math.max(data.step, ...curves.flatMap(c => c.points.map(p => p[0])), 1);
  const x = s => left + (width - left - right) * s / last;
  const y = v => height - bottom - (height - top - bottom) * Math.min(Math.max((v - low) / (high - low), 0), 1);
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  for (const v of ticks(low, high)) {
    svg.append(make("line", { class: "grid", x1: left, x2: width - right, y1: y(v), y2: y(v) }),
      make("text", { x: left - 5, y: y(v) + 4, "text-anchor": "end" }, short(v)));
  }
  for (const s of ticks(0, last))
    svg.append(make("text", { x: x(s), y: height - 7, "text-anchor": x(s) > width - 30 ? "end" : "middle" }, String(s)));
  curves.forEach((curve, i) => {
    const g = make("g", { style: `--of: var(--c${i % 6})` });
    // A gap where no value was finite.
    const runs = [];
    let run = null;
    for (const p of curve.points) {
      if (p[1] === null) { run = null; continue; }
      if (!run) runs.push(run = []);
      run.push(p);
    }
    const at = (s, v) => x(s).toFixed(1) + "," + y(v).toFixed(1);
    for (const r of runs) {
      g.append(make("path", { class: "band", d: "M" + r.map(p => at(p[0], p[3])).join("L") + "L" +
        [...r].reverse().map(p => at(p[0], p[2])).join("L") + "Z" }));
      const line = r.length > 1 ? r : [[r[0][0] - last * .004, r[0][1]], [r[0][0] + last * .004, r[0][1]]];
      g.append(make("path", { class: "curve", d: "M" + line.map(p => at(p[0], p[1])).join("L") }));
    }
    svg.append(g);
  });
  for (const event of data.events)
    svg.append(make("line", { class: "mark", x1: x(event.step), x2: x(event.step), y1: top, y2: height - bottom },
      make("title", {}, `step ${event.step}: ${event.text}`)));
  const cursor = make("line", { class: "cursor", y1: top, y2: height - bottom, visibility: "hidden" });
  svg.append(cursor);
  const readout = make("div", { class: "readout" });
  const plain = curves.map(c => `${c.name} ${short(c.last)}`).join("   ");
  readout.textContent = `last: ${plain}`;
  svg.addEventListener("pointermove", e => {
    const box = svg.getBoundingClientRect();
    const step = ((e.clientX - box.left) / box.width * width - left) / (width - left - right) * last;
    const near = curves.map(c => c.points.reduce((a, b) => Math.abs(b[0] - step) < Math.abs(a[0] - step) ? b : a));
    cursor.setAttribute("x1", x(near[0][0]));
    cursor.setAttribute("x2", x(near[0][0]));
    cursor.setAttribute("visibility", "visible");
    readout.textContent = `step ${Math.round(near[0][0])}: ` +
      curves.map((c, i) => `${c.name} ${short(near[i][1])}`).join("   ");
  });
  svg.addEventListener("pointerleave", () => {
    cursor.setAttribute("visibility", "hidden");
    readout.textContent = `last: ${plain}`;
  });
  card.append(svg, make("div", {}, ...curves.map((c, i) =>
    make("span", { class: "key", style: `--of: var(--c${i % 6})` }, c.name))), readout);
  return card;
}

// ---- what is told, from top to bottom

const top_ = document.getElementById("top");
top_.append(make("h1", {}, data.title),
  make("div", {}, data.state + ", step " + data.step + " of " + data.steps),
  make("div", { class: "bar" }, make("div", { style: `width: ${100 * Math.min(data.step / Math.max(data.steps, 1), 1)}%` })),
  make("div", { class: "faint" }, data.about + (data.running ? " This page loads itself again while the run goes on." : "")));

const losses = data.curves.filter(c => c.name.endsWith(".loss"));
const others = data.curves.filter(c => !c.name.endsWith(".loss"));
const charts = [];
if (losses.length) charts.push(chart("losses", losses));
for (const curve of others) charts.push(chart(curve.name, [curve]));
section("Curves", charts.length ? make("div", { class: "cards", id: "curves" }, ...charts)
  : make("p", { class: "faint" }, "Nothing has been logged yet."));

section("Health", data.events.length
  ? make("ul", { class: "events" }, ...data.events.map(e =>
    make("li", { class: e.action }, `step ${e.step}, ${e.event} (${e.action}): ${e.text}`)))
  : make("p", { class: "faint" }, "No event."));

if (data.samples.length)
  section("Samples", make("div", { class: "cards samples" }, ...data.samples.map(s =>
    make("figure", { class: "card" }, make("img", { alt: `samples after step ${s.step}`, src: "data:image/png;base64," + s.png }),
      make("figcaption", {}, (s.output ? s.output + ", " : "") + "step " + s.step + ", of the same latents each time")))));

if (data.evaluations.length)
  section("Metrics", table(["step", "metric", "value", "protocol"],
    data.evaluations.map(e => [e.step, e.name, short(e.value), e.protocol]), [0, 2]));

section("Memory", table(["owner", "what", "tensors", "bytes"],
  data.memory.storage.map(s => [s.owner, s.kind, s.tensors, bytes(s.bytes)]), [2, 3]),
  make("p", {}, `The arena has ${bytes(data.memory.arena)}, allocated once.`));
if (data.memory.boxes && data.memory.boxes.length) {
  const width = 1100, height = 260, nodes = Math.max(data.memory.nodes, 1);
  const svg = make("svg", { viewBox: `0 0 ${width} ${height + 20}`, role: "img", "aria-label": "plan of memory" });
  for (const [offset, size, first, last, kept] of data.memory.boxes)
    svg.append(make("rect", { class: kept ? "kept" : "passing", x: width * first / nodes, y: height * offset / data.memory.arena,
      width: width * (last - first + 1) / nodes, height: Math.max(height * size / data.memory.arena, .5) },
      make("title", {}, `${bytes(size)} at ${bytes(offset)}, nodes ${first} to ${last}`)));
  svg.append(make("text", { x: 0, y: height + 14 }, `${data.memory.entry}: node 0`),
    make("text", { x: width, y: height + 14, "text-anchor": "end" }, `node ${nodes - 1}`));
  main.append(make("div", { class: "card" }, svg,
    make("span", { class: "key", style: "--of: var(--c0)" }, "storage"),
    make("span", { class: "key", style: "--of: var(--c1)" }, "what lives from one node to another"),
    make("div", { class: "faint" }, "Across: the nodes of the step in their order. Down: bytes of the arena.")));
}

section("Time per kernel", data.kernels.length
  ? table(["kernel", "line", "share", "ms a call", "calls", "GFLOP/s", "GB/s"], data.kernels.map(k =>
    [k.name, k.place, (100 * k.share).toFixed(1) + " %", short(k.milliseconds), k.calls, short(k.gflops), short(k.gbytes)]), [2, 3, 4, 5, 6])
  : make("p", { class: "faint" }, "Not measured: train --profile fills this in at the end of a run."));

section("Options", table(["option", "value"], Object.entries(data.options).map(([k, v]) =>
  [k, typeof v === "string" ? v : JSON.stringify(v)]), []));
section("Model", make("pre", {}, data.source));
