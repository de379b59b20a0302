// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Curves.h"
#include "runtime/base/Json.h"

#include <algorithm>
#include <cmath>

using namespace gan::runtime;

void Curves::Point::add(double step, double value) {
  steps += step;
  ++count;
  if (!std::isfinite(value))
    return;
  least = finite ? std::min(least, value) : value;
  greatest = finite ? std::max(greatest, value) : value;
  sum += value;
  ++finite;
}

void Curves::Point::add(const Point &other) {
  if (other.finite) {
    least = finite ? std::min(least, other.least) : other.least;
    greatest = finite ? std::max(greatest, other.greatest) : other.greatest;
  }
  steps += other.steps;
  sum += other.sum;
  count += other.count;
  finite += other.finite;
}

// Takes all the memory that it will need at once: a run that fits at its
// beginning fits to its end.
Curves::Curve Curves::newCurve(const std::string &name) {
  Curve curve{.name = name, .points = std::vector<Point>(kMostPoints + 1)};
  curve.points.clear();
  return curve;
}

void Curves::add(const std::string &name, double step, double value) {
  auto curve = std::find_if(curves.begin(), curves.end(),
                            [&](const Curve &c) { return c.name == name; });
  if (curve == curves.end())
    curve = curves.insert(curve, newCurve(name));
  std::vector<Point> &points = curve->points;
  curve->last = value;
  ++curve->values;
  if (points.empty() || points.back().count >= curve->perPoint)
    points.emplace_back();
  points.back().add(step, value);
  if (points.size() <= kMostPoints)
    return;
  for (size_t i = 0; i < points.size(); i += 2) {
    Point merged = points[i];
    if (i + 1 < points.size())
      merged.add(points[i + 1]);
    points[i / 2] = merged;
  }
  points.resize((points.size() + 1) / 2);
  curve->perPoint *= 2;
}

void Curves::add(const StepReport &report) {
  auto step = static_cast<double>(report.step);
  for (const auto &[name, value] : report.metrics)
    add(name, step, value);
  if (!std::isnan(report.imagesPerSecond))
    add("images_per_second", step, report.imagesPerSecond);
}

void Curves::print(const std::function<void(std::string_view)> &out) const {
  out("[");
  for (const Curve &curve : curves) {
    out(&curve == &curves.front() ? "{" : ",{");
    out("\"name\":" + printJson(curve.name));
    out(",\"values\":" + printJson(curve.values));
    out(",\"last\":" + printJson(curve.last) + ",\"points\":[");
    for (const Point &point : curve.points) {
      auto count = static_cast<double>(point.count);
      auto finite = static_cast<double>(point.finite);
      out(&point == &curve.points.front() ? "" : ",");
      out(printJson(
          point.finite ? Json{point.steps / count, point.sum / finite,
                              point.least, point.greatest}
                       : Json{point.steps / count, nullptr, nullptr, nullptr}));
    }
    out("]}");
  }
  out("]");
}
