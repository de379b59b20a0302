// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The statements of a network while they are being written: one value `h` goes
// through layers, whose shape is known.
#ifndef GAN_TEST_RANDOM_BODY_H
#define GAN_TEST_RANDOM_BODY_H

#include "test/random/Setting.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/FormatVariadic.h"

namespace gan::random {

// formatv as a string: text("dense({0})", 3).
template <typename... Arguments>
std::string text(const char *pattern, const Arguments &...arguments) {
  return llvm::formatv(pattern, arguments...).str();
}

class Body {
public:
  Body(Setting &setting, Network &network)
      : setting(setting), choose(setting.choose), network(network),
        shape(network.input) {}

  // h = h |> stage
  void pipe(const std::string &stage);
  // h = value
  void set(const std::string &value);
  void say(const std::string &statement) { lines.push_back(statement); }
  // A name that this body has not used.
  std::string fresh(const std::string &stem);
  // " as first", for some layers: a path that players may train by itself.
  std::string label();

  Setting &setting;
  Choice &choose;
  Network &network;
  Shape shape; // of h
  std::vector<std::string> lines;

private:
  int names = 0;
};

// A layer, and what it demands of h.
struct Layer {
  void (*add)(Body &body);
  bool (*fits)(const Body &body) = nullptr; // none: always
};

llvm::ArrayRef<Layer> vectorLayers(); // [n] to [m]
llvm::ArrayRef<Layer> imageLayers();  // [c, h, w] to [c', h', w']
llvm::ArrayRef<Layer> pixelLayers();  // more of these
llvm::ArrayRef<Layer> anyLayers();    // keep the shape, whatever it is

// One layer that fits; afterwards h has the same rank as before.
void addLayer(Body &body);
// Layers that lead to exactly `target`.
void reach(Body &body, const Shape &target);

// " |> relu": an activation of any kind.
std::string activation(Choice &choose);
// "bias: false" and the like, with a comma in front; weights of some kind.
std::string layerOptions(Choice &choose, bool needsNoBias = false);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_BODY_H
