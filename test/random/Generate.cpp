// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Generate.h"
#include "test/random/Body.h"
#include "test/random/Losses.h"
#include "test/random/Players.h"

#include "llvm/ADT/StringExtras.h"

using namespace gan::random;

namespace {
class ProgramWriter {
public:
  explicit ProgramWriter(uint64_t seed)
      : setting(seed), choose(setting.choose), seed(seed) {}

  std::string write();

private:
  void line(const std::string &text) { program += "  " + text + "\n"; }
  void block(const std::string &head, llvm::ArrayRef<std::string> lines);
  void writeData();
  void writeNetwork(const std::string &name, Role role);
  void writeCopy(const Network &original, const std::string &name);
  void writeNetworks();
  Shared writeShared();

  Setting setting;
  Choice &choose;
  uint64_t seed;
  std::string program;
};
} // namespace

void ProgramWriter::block(const std::string &head,
                          llvm::ArrayRef<std::string> lines) {
  line(head + " {");
  for (const std::string &statement : lines)
    line("  " + statement);
  line("}");
}

void ProgramWriter::writeData() {
  static constexpr int64_t batches[] = {2, 2, 3, 3, 4, 4, 4, 4,
                                        4, 4, 4, 6, 6, 6, 6, 17};
  setting.batch = batches[choose.below(16)];
  setting.latent = choose.between(1, 4);
  if (choose.chance(35))
    setting.classes = choose.between(1, 4);
  std::string label =
      setting.classes ? text("; y: label({0})", setting.classes) : "";
  if (choose.chance(45)) {
    static constexpr int64_t extents[] = {1, 2, 3, 4, 4, 5, 6, 8};
    setting.item = {choose.between(1, 3), extents[choose.below(8)],
                    extents[choose.below(8)]};
    line(text("data photos {{ x: image({0}, {1}, {2}{3}){4} }", setting.item[0],
              setting.item[1], setting.item[2],
              choose.oneOf({"", ", range: [0, 1]"}), label));
  } else if (!setting.classes && choose.chance(30)) {
    setting.item = {2};
    line(text("data points {{ x: mixture(circle(3, radius: 1), std: 0.2{0}) }",
              choose.oneOf({"", ", count: 13"})));
  } else {
    setting.item = {choose.between(1, 6)};
    line(text("data points {{ x: vector({0}){1} }", setting.item[0], label));
  }
  line(text("draw z: [{0}] ~ {1}", setting.latent,
            choose.oneOf({"normal(0, 1)", "uniform(-1, 1)", "sphere()"})));
  setting.hasNoise = choose.chance(25);
  if (setting.hasNoise)
    line(text("draw u: {0} ~ normal(0, 1)", textOf(setting.item)));
}

void ProgramWriter::writeNetwork(const std::string &name, Role role) {
  Network network;
  network.name = name;
  network.role = role;
  bool isGenerator = role == Role::Generator;
  network.input = isGenerator ? Shape{setting.latent} : setting.item;
  if (isGenerator)
    network.output = setting.item;
  else if (role == Role::Encoder)
    network.output = {setting.latent};
  else if (choose.chance(15) && !setting.isImage())
    network.output = {choose.between(2, 3)};
  network.hasLabel = setting.classes && choose.chance(70);
  Body body(setting, network);
  body.say("let h = " + std::string(isGenerator ? "z" : "x"));
  static constexpr int64_t depths[] = {0, 0, 1, 1, 1, 1, 2, 2, 2, 3};
  for (int64_t layers = depths[choose.below(10)]; layers > 0; --layers)
    addLayer(body);
  reach(body, network.output);
  if (isGenerator && choose.chance(50))
    body.set("tanh(h)");
  body.say("return h");
  std::string head =
      text("network {0}({1}: {2}{3})", name, isGenerator ? "z" : "x",
           textOf(network.input), network.hasLabel ? ", y" : "");
  block(head, body.lines);
  setting.networks.push_back(network);
}

void ProgramWriter::writeCopy(const Network &original,
                              const std::string &name) {
  Network copy = original;
  copy.name = name;
  copy.role = Role::Copy;
  copy.original = original.name;
  copy.parts.clear();
  line(text("network {0} = copy({1})", name, original.name));
  setting.networks.push_back(copy);
}

void ProgramWriter::writeNetworks() {
  writeNetwork("G", Role::Generator);
  writeNetwork("D", Role::Critic);
  if (choose.chance(12))
    writeNetwork("C", Role::Critic);
  if (choose.chance(6))
    writeNetwork("H", Role::Generator);
  if (choose.chance(10))
    writeNetwork("E", Role::Encoder);
  if (choose.chance(20))
    writeCopy(setting.networks[0], "G_avg");
}

Shared ProgramWriter::writeShared() {
  Shared shared;
  const Network &generator = setting.networks[0], &critic = setting.networks[1];
  if (choose.chance(30)) {
    shared.fake = "fake";
    line("let fake = " + generator.call("z"));
  }
  if (choose.chance(20)) {
    shared.loss = "value";
    std::string fake = shared.fake.empty() ? generator.call("z") : "fake";
    line("let value = " +
         adversarialLoss(choose, critic.call("x"), critic.call(fake), true));
  }
  return shared;
}

std::string ProgramWriter::write() {
  program = "import \"std\"\n# gan-random " + std::to_string(seed) +
            "\nmodel random {\n";
  writeData();
  writeNetworks();
  Shared shared = writeShared();
  std::vector<Player> players = writePlayers(setting, shared);
  for (const Player &player : players)
    block("player " + player.name + (player.hasWeight ? "(w)" : ""),
          player.lines);
  for (const std::string &phase : writePhases(setting, players))
    line(phase);
  line("output samples = " + setting.any(Role::Generator)->call("z"));
  if (const Network *copy = setting.any(Role::Copy))
    line("output average = " + copy->call("z"));
  program += "}\n";
  // An optimizer of the file's own.
  if (program.find("own(") != std::string::npos)
    program += "fn own(p, g, lr) {\n  state m: shape(p) = 0.1\n"
               "  m := 0.5 * m + tanh(g)\n  return p - lr * (m + 0.1 * g)\n}\n";
  return program;
}

std::string gan::random::generateProgram(uint64_t seed) {
  return ProgramWriter(seed).write();
}
