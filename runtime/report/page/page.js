const data = JSON.parse(document.getElementById("data").textContent);
const main = document.getElementById("main");
main.textContent = "";

function section(title, ...children) {
  main.append(make("h2", {}, title), ...children);
}
function faint(text) {
  return make("p", { class: "faint" }, text);
}
function cards(list) {
  return make("div", { class: "cards" }, ...list);
}
function bytes(n) {
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (n < 1024 || unit === "GiB") return (unit === "B" ? n : n.toFixed(n < 10 ? 2 : 1)) + " " + unit;
    n /= 1024;
  }
}
// `numeric`: which columns are numbers.
function table(heads, rows, numeric = []) {
  const cell = (tag, text, i) => make(tag, numeric.includes(i) ? { class: "n" } : {}, String(text));
  return make("div", { class: "scroll" }, make("table", {},
    make("tr", {}, ...heads.map((text, i) => cell("th", text, i))),
    ...rows.map(row => make("tr", {}, ...row.map((text, i) => cell("td", text, i))))));
}
// A value of the options or of a protocol as people say it.
function told(value) {
  if (value === null) return "not given";
  if (Array.isArray(value)) return value.length ? value.map(told).join(" ") : "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const hasFailed = data.state.startsWith("ended");
document.getElementById("top").append(make("h1", {}, data.title),
  make("div", {}, `step ${data.step} of ${data.steps}: `, make("span", hasFailed ? { class: "failure" } : {}, data.state)),
  make("div", { class: hasFailed ? "bar failed" : "bar" },
    make("div", { style: `width: ${100 * Math.min(data.step / Math.max(data.steps, 1), 1)}%` })),
  make("div", { class: "faint" }, data.about + " Written " + new Date(data.written * 1000).toLocaleString() + "." +
    (data.running ? " This page loads itself again while the run goes on." : "")));

const last = Math.max(data.step, ...data.curves.map(c => c.points.length ? c.points[c.points.length - 1][0] : 0), 1);
const isLoss = c => c.name.endsWith(".loss"), isMeasured = c => c.name.startsWith("evaluation.");
const losses = data.curves.filter(isLoss);
const draw = curve => chart(curve.name, [curve], last, data.events);
const charts = (losses.length ? [chart("losses", losses, last, data.events)] : [])
  .concat(data.curves.filter(c => !isLoss(c) && !isMeasured(c)).map(draw));
// What stands in the charts beside the curves, where it does.
const isBanded = data.curves.some(c => c.points.some(p => p[2] < p[3]));
const charted = (isBanded ? "A band is from the least to the greatest value of the steps that a point stands for. " : "") +
  (data.events.length ? "Red dashed lines are the events of Health, below." : "");
section("Curves", ...(charts.length ? [faint(charted), cards(charts)] : [faint("Nothing has been logged yet.")]));

section("Health", data.events.length
  ? make("ul", { class: "events" }, ...data.events.map(e =>
    make("li", { class: e.action }, `step ${e.first}, ${e.event} (${e.action}): ${e.text}`)))
  : faint("No event."));

// Small pictures are shown by their pixels, large ones smoothly.
function picture(sample) {
  const image = make("img", { alt: `samples after step ${sample.step}`, src: "data:image/png;base64," + sample.png });
  image.addEventListener("load", () => image.classList.toggle("small", image.naturalWidth < image.clientWidth));
  return make("figure", { class: "card" }, image,
    make("figcaption", {}, (sample.output ? sample.output + ", " : "") + "step " + sample.step));
}
if (data.samples.length)
  section("Samples", faint((data.samples.length < data.pictures ? `${data.samples.length} of the ${data.pictures} pictures in samples/` :
    "The pictures in samples/") + ", of the same latents each time. " + data.marks), cards(data.samples.map(picture)));

// A row for each evaluation, a column for each metric with its deviation; protocols once, as long as they stay the same.
function measured() {
  const names = [...new Set(data.evaluations.flatMap(e => Object.keys(e.metrics)))].filter(n => !n.endsWith(".deviation"));
  const cell = (metrics, name) => !(name in metrics) ? "" :
    short(metrics[name]) + (name + ".deviation" in metrics ? " ± " + short(metrics[name + ".deviation"]) : "");
  const rows = data.evaluations.map(e => [e.step, ...names.map(name => cell(e.metrics, name))]);
  const stepsOf = i => data.evaluations.filter(e => e.protocol === i).map(e => e.step);
  return [cards(data.curves.filter(c => isMeasured(c) && !c.name.endsWith("deviation")).map(draw)),
    table(["step", ...names.map(name => name.replace("evaluation.", ""))], rows, [0, ...names.map((_, i) => i + 1)]),
    ...data.protocols.map((protocol, i) => make("details", { open: "" },
      make("summary", {}, "Protocol" + (data.protocols.length > 1 ? " of steps " + stepsOf(i).join(", ") : "")),
      table(["what", "how"], Object.entries(protocol).map(([what, how]) => [what, told(how)]))))];
}
if (data.evaluations.length) section("Metrics", ...measured());

section("Memory", table(["owner", "what", "tensors", "bytes"],
  data.memory.storage.map(s => [s.owner, s.kind, s.tensors, bytes(s.bytes)]), [2, 3]),
  make("p", {}, `The arena has ${bytes(data.memory.arena)}, allocated once.`));

// Across: nodes; down: bytes. A hair of space between two boxes shows where one ends.
function plan({ boxes, nodes, arena, entry }) {
  const width = 1100, height = 260, hair = .6;
  const svg = make("svg", { class: "plan", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img",
    "aria-label": "plan of memory" });
  for (const [offset, size, first, end, kept] of boxes)
    svg.append(make("rect", { class: kept ? "kept" : "passing", x: width * first / nodes, y: height * offset / arena,
      width: Math.max(width * (end - first + 1) / nodes - hair, hair), height: Math.max(height * size / arena - hair, hair) },
      make("title", {}, `${bytes(size)} at ${bytes(offset)}, nodes ${first} to ${end}`)));
  return make("div", { class: "card" }, svg,
    make("div", { class: "ends faint" }, make("span", {}, `${entry}: node 0`), make("span", {}, `node ${nodes - 1}`)),
    make("span", { class: "key", style: "--of: var(--c0)" }, "storage"),
    make("span", { class: "key", style: "--of: var(--c1)" }, "what lives from one node to another"),
    make("div", { class: "faint" }, "Across: the nodes of the step in their order. Down: bytes of the arena."));
}
if (data.memory.boxes && data.memory.boxes.length) main.append(plan(data.memory));

section("Time per kernel", data.kernels.length
  ? table(["kernel", "line", "share", "ms a call", "calls", "GFLOP/s", "GB/s"], data.kernels.map(k =>
    [k.name, k.place, (100 * k.share).toFixed(1) + " %", short(k.milliseconds), k.calls, short(k.gflops), short(k.gbytes)]), [2, 3, 4, 5, 6])
  : faint("Not measured: train --profile fills this in at the end of a run."));

section("Options", table(["option", "value"], Object.entries(data.options).map(([k, v]) => [k, told(v)])));
section("Model", make("pre", {}, data.source));
