"use strict";
const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = ["svg", "path", "line", "text", "rect", "g", "title"];

// An element with attributes and children; texts are texts, never markup.
function make(tag, attributes = {}, ...children) {
  const element = SVG_TAGS.includes(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A number in at most eight characters: 0.8269, 562200, 1e6, -1.25e-7.
function short(x) {
  if (x === null || x === undefined || !isFinite(x)) return "not finite";
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return x.toExponential(2).replace(/\.?0*e\+?/, "e");
  return String(+x.toPrecision(4));
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

// The means of all curves and a little more, from least to greatest; null if none is finite. A few spikes of the bands may leave it.
function rangeOf(curves) {
  const means = curves.flatMap(c => c.points.map(p => p[1])).filter(v => v !== null);
  if (!means.length) return null;
  const low = Math.min(...means), high = Math.max(...means);
  const margin = (high - low) * .06 || Math.abs(low) / 2 || .5;
  return [low - margin, high + margin];
}

// The points [step, mean, least, greatest] between gaps, which are where no value was finite.
function runsOf(points) {
  const runs = [];
  let run = null;
  for (const p of points) {
    if (p[1] === null) { run = null; continue; }
    if (!run) runs.push(run = []);
    run.push(p);
  }
  return runs;
}

// A curve with its band from least to greatest; one point alone is a dash.
function drawCurve(curve, x, y, dash) {
  const line = points => "M" + points.map(([s, v]) => x(s).toFixed(1) + "," + y(v).toFixed(1)).join("L");
  return runsOf(curve.points).flatMap(r => {
    const means = r.length > 1 ? r : [[r[0][0] - dash, r[0][1]], [r[0][0] + dash, r[0][1]]];
    return [make("path", { class: "band", d: line([...r.map(p => [p[0], p[3]]), ...r.map(p => [p[0], p[2]]).reverse()]) + "Z" }),
      make("path", { class: "curve", d: line(means) })];
  });
}

// Curves over steps from 0 to `last`, with marks where there were events; the legend tells the last values, or those under the pointer.
function chart(title, curves, last, events) {
  const width = 440, height = 230, right = 10, top = 8, bottom = 24;
  const range = rangeOf(curves);
  const card = make("div", { class: "card" }, make("h3", {}, title));
  if (!range) {
    card.append(make("p", { class: "faint" }, "no finite value"));
    return card;
  }
  const [low, high] = range;
  const levels = ticks(low, high);
  const left = 12 + 6.5 * Math.max(...levels.map(v => short(v).length));
  const x = s => left + (width - left - right) * Math.max(s, 0) / last;
  const y = v => height - bottom - (height - top - bottom) * Math.min(Math.max((v - low) / (high - low), 0), 1);
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  for (const v of levels)
    svg.append(make("line", { class: "grid", x1: left, x2: width - right, y1: y(v), y2: y(v) }),
      make("text", { x: left - 5, y: y(v) + 4, "text-anchor": "end" }, short(v)));
  for (const s of ticks(0, last))
    svg.append(make("text", { x: x(s), y: height - 7, "text-anchor": x(s) > width - 30 ? "end" : "middle" }, short(s)));
  curves.forEach((curve, i) => svg.append(make("g", { style: `--of: var(--c${i % 6})` }, ...drawCurve(curve, x, y, last * .004))));
  for (const event of events)
    svg.append(make("line", { class: "mark", x1: x(event.first), x2: x(event.first), y1: top, y2: height - bottom },
      make("title", {}, `step ${event.first}: ${event.text}`)));
  const cursor = make("line", { class: "cursor", y1: top, y2: height - bottom, visibility: "hidden" });
  svg.append(cursor);

  const values = curves.map(() => make("b", {}));
  const where = make("span", { class: "faint" });
  const tell = (text, list) => {
    where.textContent = text;
    values.forEach((value, i) => value.textContent = short(list[i]));
  };
  const tellLast = () => {
    cursor.setAttribute("visibility", "hidden");
    tell("last", curves.map(c => c.last));
  };
  svg.addEventListener("pointermove", e => {
    const box = svg.getBoundingClientRect();
    const step = ((e.clientX - box.left) / box.width * width - left) / (width - left - right) * last;
    const near = curves.map(c => c.points.reduce((a, b) => Math.abs(b[0] - step) < Math.abs(a[0] - step) ? b : a));
    cursor.setAttribute("x1", x(near[0][0]));
    cursor.setAttribute("x2", x(near[0][0]));
    cursor.setAttribute("visibility", "visible");
    tell(`step ${Math.round(near[0][0])}`, near.map(p => p[1]));
  });
  svg.addEventListener("pointerleave", tellLast);
  tellLast();
  card.append(svg, make("div", { class: "legend" }, ...curves.map((c, i) =>
    make("span", { class: "key", style: `--of: var(--c${i % 6})` }, curves.length > 1 ? c.name + " " : "", values[i])), where));
  return card;
}
