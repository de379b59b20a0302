// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Redraws.h"
#include "runtime/base/Rng.h"
#include "runtime/data/Elements.h"
#include "runtime/game/OutputTables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

using namespace gan;
using namespace gan::runtime;

// The formulas are those of gan.random (dialect/RandomOps.td).
static double normalOf(const std::vector<double> &p, uint32_t first,
                       uint32_t second) {
  return p[0] + p[1] * std::sqrt(-2 * std::log(unit(first))) *
                    std::cos(2 * std::numbers::pi * unit(second));
}

static double uniformOf(const std::vector<double> &p, uint32_t first,
                        uint32_t) {
  return p[0] + (p[1] - p[0]) * unit(first);
}

// The part of a standard normal distribution below x.
static double below(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

// Halved until it is found: between -cut and cut it grows.
static double truncatedOf(const std::vector<double> &p, uint32_t first,
                          uint32_t) {
  double low = -p[2], high = p[2];
  double part = below(low) + (1 - 2 * below(low)) * unit(first);
  for (double middle; (middle = (low + high) / 2) > low && middle < high;)
    (below(middle) < part ? low : high) = middle;
  return p[0] + p[1] * low;
}

struct Redraws::Kind {
  const char *name;
  size_t least, most; // parameters
  double (*value)(const std::vector<double> &, uint32_t, uint32_t);
  bool (*isPossible)(const std::vector<double> &);
};

Status Redraws::parse(const std::string &text, Redraw &redraw) {
  static constexpr Kind kKinds[] = {
      {"normal", 2, 2, normalOf, [](auto &p) { return p[1] >= 0; }},
      {"uniform", 2, 2, uniformOf, [](auto &p) { return p[0] <= p[1]; }},
      {"truncated_normal", 2, 3, truncatedOf,
       [](auto &p) { return p[1] >= 0 && p[2] > 0; }}};
  auto refused = [&] {
    return Status(Code::Usage,
                  "expected normal(mean, std), uniform(low, high) or "
                  "truncated_normal(mean, std, cut), found '" +
                      text + "'",
                  "--draw");
  };
  size_t open = text.find('(');
  if (open == std::string::npos || !text.ends_with(')'))
    return refused();
  std::string_view rest(text);
  rest = rest.substr(open + 1, rest.size() - open - 2);
  while (!rest.empty()) {
    size_t end = std::min(rest.find(','), rest.size());
    std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    double number = 0;
    auto [stop, error] =
        std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc() || !std::isfinite(number) ||
        stop != part.data() + part.size())
      return refused();
    redraw.parameters.push_back(number);
  }
  for (const Kind &kind : kKinds) {
    size_t count = redraw.parameters.size();
    if (text.substr(0, open) != kind.name || count < kind.least ||
        count > kind.most)
      continue;
    if (count < kind.most)
      redraw.parameters.push_back(2);
    redraw.value = kind.value;
    if (kind.isPossible(redraw.parameters))
      return Status();
  }
  return refused();
}

Result<Redraws> Redraws::read(const Executable &executable, uint32_t output,
                              const Arguments &arguments, uint64_t seed) {
  std::vector<const format::Binding *> inputs =
      drawInputs(*executable.tables().entries()->Get(output));
  Redraws redraws;
  redraws.seed = seed;
  for (const std::string &said : arguments.all("draw")) {
    size_t equals = std::min(said.find('='), said.size());
    std::string name = said.substr(0, equals), known;
    Redraw redraw{.index = inputs.size(), .input = nullptr, .value = nullptr};
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i]->name()->string_view() == name)
        redraw.index = i;
      known += (i ? ", '" : "'") + inputs[i]->name()->str() + "'";
    }
    if (redraw.index == inputs.size())
      return Status(Code::Usage,
                    "the output is not drawn from '" + name + "', but from " +
                        (known.empty() ? "nothing" : known),
                    "--draw");
    redraw.input = inputs[redraw.index];
    if (redraw.input->classes())
      return Status(Code::Usage,
                    "'" + name + "' chooses among " +
                        std::to_string(redraw.input->classes()) +
                        " classes, expected a draw of numbers",
                    "--draw");
    Status status =
        parse(said.substr(std::min(equals + 1, said.size())), redraw);
    if (!status.ok())
      return status;
    redraws.redraws.push_back(std::move(redraw));
  }
  return redraws;
}

Result<FileBytes> Redraws::compute(Game &game, uint32_t output,
                                   uint64_t move) const {
  if (redraws.empty())
    return game.compute(output, move);
  Result<Draws> draws = game.draw(output, move);
  if (!draws.ok())
    return draws.status();
  apply(*draws, move);
  return game.compute(output, move, *draws);
}

// Writes over what the model has drawn.
void Redraws::apply(Draws &draws, uint64_t move) const {
  for (const Redraw &redraw : redraws) {
    RandomStream stream(redraw.input->name()->string_view(), seed, move);
    auto samples = static_cast<uint32_t>(redraw.input->shape()->Get(0));
    auto width =
        static_cast<uint32_t>(elementCount(*redraw.input->shape()) / samples);
    for (uint32_t s = 0; s < samples; ++s)
      for (uint32_t j = 0; j < width; ++j) {
        RandomWords words = stream.at(j, s);
        storeElement(redraw.input->element(), draws[redraw.index],
                     uint64_t{s} * width + j,
                     redraw.value(redraw.parameters, words[0], words[1]));
      }
  }
}
