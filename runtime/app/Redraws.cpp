// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Redraws.h"
#include "runtime/data/Elements.h"
#include "runtime/game/OutputTables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

using namespace gan;
using namespace gan::runtime;

// The formulas are those of gan.random (dialect/RandomOps.td).
static double normalOf(const std::vector<double> &p, const RandomWords &words) {
  return p[0] + p[1] * normal(words);
}

static double uniformOf(const std::vector<double> &p,
                        const RandomWords &words) {
  return p[0] + (p[1] - p[0]) * unit(words[0]);
}

// The part of a standard normal distribution below x.
static double below(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

// Halved until it is found: between -cut and cut it grows.
static double truncatedOf(const std::vector<double> &p,
                          const RandomWords &words) {
  double low = -p[2], high = p[2];
  double part = below(low) + (1 - 2 * below(low)) * unit(words[0]);
  for (double middle; (middle = (low + high) / 2) > low && middle < high;)
    (below(middle) < part ? low : high) = middle;
  return p[0] + p[1] * low;
}

struct Redraws::Kind {
  const char *name;
  size_t least, most; // parameters
  Formula value;
  bool (*isPossible)(const std::vector<double> &);
};

// "0, 1"; nothing where that is no list of finite numbers.
static std::optional<std::vector<double>> numbersOf(std::string_view text) {
  std::vector<double> numbers;
  while (!text.empty()) {
    size_t end = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    const char *last = part.data() + part.size();
    auto [stop, error] =
        std::from_chars(part.data(), last, numbers.emplace_back());
    if (error != std::errc() || stop != last || !std::isfinite(numbers.back()))
      return std::nullopt;
  }
  return numbers;
}

static constexpr double kCut = 2; // where none is said

Status Redraws::parse(const std::string &text, Redraw &redraw) {
  static constexpr Kind kKinds[] = {
      {"normal", 2, 2, normalOf, [](auto &p) { return p[1] >= 0; }},
      {"uniform", 2, 2, uniformOf, [](auto &p) { return p[0] <= p[1]; }},
      {"truncated_normal", 2, 3, truncatedOf,
       [](auto &p) { return p[1] >= 0 && p[2] > 0; }}};
  size_t open = std::min(text.find('('), text.size());
  std::optional<std::vector<double>> numbers;
  if (open < text.size() && text.ends_with(')'))
    numbers = numbersOf(
        std::string_view(text).substr(open + 1, text.size() - open - 2));
  for (const Kind &kind : kKinds) {
    if (!numbers || text.substr(0, open) != kind.name ||
        numbers->size() < kind.least || numbers->size() > kind.most)
      continue;
    numbers->resize(kind.most, kCut);
    redraw.parameters = *numbers;
    redraw.value = kind.value;
    if (kind.isPossible(redraw.parameters))
      return Status();
  }
  return Status(Code::Usage,
                "expected normal(mean, std), uniform(low, high) or "
                "truncated_normal(mean, std, cut), found '" +
                    text + "'",
                "--draw");
}

// That of `inputs` with this name.
static Result<size_t>
findDraw(const std::vector<const format::Binding *> &inputs,
         const std::string &name) {
  std::string known;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i]->name()->string_view() != name) {
      known += (known.empty() ? "'" : ", '") + inputs[i]->name()->str() + "'";
      continue;
    }
    if (uint64_t classes = inputs[i]->classes())
      return Status(Code::Usage,
                    "'" + name + "' chooses among " + std::to_string(classes) +
                        " classes, expected a draw of numbers",
                    "--draw");
    return i;
  }
  return Status(Code::Usage,
                "the output is not drawn from '" + name + "', but from " +
                    (known.empty() ? "nothing" : known),
                "--draw");
}

Result<Redraws> Redraws::read(const Executable &executable, uint32_t output,
                              const Arguments &arguments, uint64_t seed) {
  std::vector<const format::Binding *> inputs =
      drawInputs(*executable.tables().entries()->Get(output));
  Redraws redraws;
  redraws.seed = seed;
  for (const std::string &said : arguments.all("draw")) {
    size_t equals = std::min(said.find('='), said.size());
    Result<size_t> index = findDraw(inputs, said.substr(0, equals));
    if (!index.ok())
      return index.status();
    Redraw redraw{.index = *index, .input = inputs[*index], .value = nullptr};
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
      for (uint32_t j = 0; j < width; ++j)
        storeElement(redraw.input->element(), draws[redraw.index],
                     uint64_t{s} * width + j,
                     redraw.value(redraw.parameters, stream.at(j, s)));
  }
}
