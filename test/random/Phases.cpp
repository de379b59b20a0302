// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Body.h"
#include "test/random/Players.h"

#include "llvm/ADT/STLExtras.h"

using namespace gan::random;

namespace {
class PhaseWriter {
public:
  PhaseWriter(Setting &setting, const std::vector<Player> &players)
      : choose(setting.choose), batch(setting.batch), players(players) {}

  std::string body();

private:
  std::string move(const Player &player, const std::string &options = "");
  std::string somebody();
  std::string together();

  Choice &choose;
  int64_t batch;
  const std::vector<Player> &players;
};
} // namespace

std::string PhaseWriter::move(const Player &player,
                              const std::string &options) {
  std::string arguments = options;
  if (player.hasWeight)
    arguments = choose.oneOf({"0.2", "progress", "0.1 * step"}) +
                (options.empty() ? "" : ", " + options);
  return player.name + (arguments.empty() ? "" : "(" + arguments + ")");
}

std::string PhaseWriter::somebody() {
  const Player &player = players[choose.below(players.size())];
  if (choose.chance(12))
    return move(player, text("batch: {0}", 2 * batch));
  if (player.accumulates && choose.chance(10))
    return move(player, text("accumulate: {0}", choose.between(2, 3)));
  return move(player);
}

// Two that write different things, or nothing.
std::string PhaseWriter::together() {
  const Player &a = players[choose.below(players.size())];
  for (const Player &b : players)
    if (llvm::none_of(a.stores, [&](const std::string &name) {
          return b.stores.count(name) != 0;
        }))
      return text("together {{ {0}; {1} }", move(a), move(b));
  return move(a);
}

std::string PhaseWriter::body() {
  std::vector<std::string> moves;
  // What one reads of another must have been said, with the same batch.
  bool keepsOrder = llvm::any_of(
      players, [](const Player &player) { return player.looksBack; });
  for (const Player &player : players)
    if (keepsOrder || choose.chance(85) || moves.empty())
      moves.push_back(move(player));
  switch (keepsOrder ? 9 : choose.below(10)) {
  case 0:
    moves.push_back(
        text("repeat {0} {{ {1} }", choose.between(1, 2), somebody()));
    break;
  case 1:
    moves.push_back(
        text("if step % 2 == {0} {{ {1} }", choose.below(2), somebody()));
    break;
  case 2:
    moves.push_back(together());
    break;
  case 3:
    moves = {together(), somebody()};
    break;
  case 4: {
    const Player &first = players[choose.below(players.size())];
    const Player &second = players[choose.below(players.size())];
    moves.push_back(move(first));
    moves.push_back(move(second, "reuse: " + first.name));
    break;
  }
  case 5:
    moves.push_back(text("repeat (if step < 1 then 2 else 1) {{ {0}; {1} }",
                         somebody(), somebody()));
    break;
  default:
    break;
  }
  return llvm::join(moves, "; ");
}

// An end before the last step, or none.
static std::string writeUntil(Choice &choose) {
  if (!choose.chance(20))
    return "";
  return text(", until: {0}, check: {1}",
              choose.oneOf({"step > 1", "progress > 0.4", "true", "false"}),
              choose.between(1, 2));
}

std::vector<std::string>
gan::random::writePhases(Setting &setting, const std::vector<Player> &players) {
  Choice &choose = setting.choose;
  PhaseWriter writer(setting, players);
  std::vector<std::string> phases;
  if (choose.chance(12))
    phases.push_back(text("phase warm(images: {0}, batch: {1}) {{ {2} }",
                          setting.batch, setting.batch, writer.body()));
  std::string reset = phases.empty() || choose.chance(50)
                          ? ""
                          : text(", reset: [{0}]", players.front().name);
  phases.push_back(text("phase train(steps: {0}, batch: {1}{2}{3}) {{ {4} }",
                        choose.between(1, 3), setting.batch, reset,
                        writeUntil(choose), writer.body()));
  return phases;
}
