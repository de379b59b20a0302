// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Players.h"
#include "test/random/Body.h"
#include "test/random/Losses.h"
#include "test/random/Optimizers.h"

using namespace gan::random;

namespace {
class PlayerWriter {
public:
  PlayerWriter(Setting &setting, const Shared &shared,
               const std::vector<Player> &before, bool unrolled,
               std::string name)
      : setting(setting), choose(setting.choose), shared(shared),
        before(before), unrolled(unrolled) {
    player.name = std::move(name);
  }

  Player writeCritic(const Network &critic);
  Player writeGenerator(const Network &generator);
  Player writeEncoder(const Network &encoder);
  Player writeKeeper();

private:
  void say(const std::string &line) { player.lines.push_back(line); }
  void train(const Network &network);
  std::string fakeOf(const Network &generator);
  std::string realInput();
  std::string weighted(const std::string &term);
  std::string named(const std::string &stem, const std::string &value);
  std::string lookBack(const Network &critic, const std::string &fake);
  void minimize(const std::string &loss, const std::string &after = "");
  void addStores(const Network &trained);

  Setting &setting;
  Choice &choose;
  const Shared &shared;
  const std::vector<Player> &before; // those that move earlier
  Player player;
  int names = 0;
  bool unrolled; // generators may look ahead, so critics take no numbers
};
} // namespace

// `trains`, for a part or for the biases perhaps with rules of their own.
void PlayerWriter::train(const Network &network) {
  say(text("trains {0} with {1}", network.name, optimizer(choose)));
  if (!network.parts.empty() && choose.chance(40))
    say(text("trains {0}.{1} with {2}", network.name, network.parts.front(),
             optimizer(choose)));
  player.stores.insert(network.name);
}

// The value, perhaps under a name.
std::string PlayerWriter::named(const std::string &stem,
                                const std::string &value) {
  if (choose.chance(40))
    return value;
  std::string name = text("{0}{1}", stem, ++names);
  say(text("let {0} = {1}", name, value));
  return name;
}

std::string PlayerWriter::fakeOf(const Network &generator) {
  if (!shared.fake.empty() && choose.chance(50))
    return shared.fake;
  std::string more =
      choose.oneOf({"", "", "", ", update: false", ", training: false"});
  return named("fake", generator.call("z", more));
}

std::string PlayerWriter::realInput() {
  return setting.hasNoise && choose.chance(40) ? "x + 0.1 * u" : "x";
}

std::string PlayerWriter::weighted(const std::string &term) {
  if (player.hasWeight && choose.chance(50))
    return "w * (" + term + ")";
  return choose.oneOf({"0.1", "0.3", "0.01"}) + " * " + term;
}

// What the critic said of this move's fakes against what it said in its own.
std::string PlayerWriter::lookBack(const Network &critic,
                                   const std::string &fake) {
  for (const Player &other : before)
    if (other.name == "p" + critic.name && !other.scores.empty()) {
      player.looksBack = true;
      return text(" + 0.1 * mse({0}, {1}.{2})", critic.call(fake), other.name,
                  other.scores.back());
    }
  return "";
}

void PlayerWriter::minimize(const std::string &loss, const std::string &after) {
  player.accumulates = after.empty();
  if (!after.empty() || !choose.chance(20)) {
    say("minimize " + loss + after);
    return;
  }
  std::string cost = text("cost{0}", ++names);
  say(text("let {0} = {1}", cost, loss));
  if (choose.chance(50)) {
    std::string level = text("level{0}", names);
    say(text("state {0} = 0.5", level));
    say(text("{0} := ema({0}, {1}, 0.9)", level, cost));
    say(text("minimize {0} when {1} > 0.3", cost, level));
  } else {
    say(text("minimize {0} when {0} < {1}", cost,
             choose.oneOf({"0.7", "1.1", "50"})));
  }
}

// What follows a step: clips, averages, hand-overs.
void PlayerWriter::addStores(const Network &trained) {
  if (choose.chance(15))
    say(text(choose
                 .oneOf({"params({0}) := clamp(params({0}), -0.8, 0.8)",
                         "params({0}) := 0.95 * params({0})"})
                 .c_str(),
             trained.name));
  for (const Network *copy : setting.of(Role::Copy))
    if (copy->original == trained.name && choose.chance(60)) {
      say(text("{0} := ema({0}, {1}, {2})", copy->name, trained.name,
               choose.oneOf({"0.9", "0.5", "if step < 1 then 0 else 0.9"})));
      player.stores.insert(copy->name);
    }
}

Player PlayerWriter::writeCritic(const Network &critic) {
  player.hasWeight = !unrolled && choose.chance(15);
  train(critic);
  std::string fake = fakeOf(*setting.any(Role::Generator));
  std::string more = choose.oneOf({"", "", "", ", update: false"});
  std::string real = named("real", critic.call(realInput()));
  std::string score = named("score", critic.call(fake, more));
  for (const std::string &name : {real, score})
    if (name.find('(') == std::string::npos)
      player.scores.push_back(name);
  std::string loss = adversarialLoss(choose, real, score, /*isCritic=*/true);
  // A derivative of third order, through two moves that minimise it, fills
  // minutes of compilation.
  if (!unrolled && choose.chance(35))
    loss += " + " + weighted(gradientPenalty(setting, critic, fake, ++names,
                                             player.lines));
  if (choose.chance(20))
    loss +=
        " + " + weighted(numberOf(choose, choose.chance(50) ? real : score));
  if (!shared.loss.empty() && choose.chance(30))
    loss += " - 0.1 * " + shared.loss;
  minimize(loss);
  addStores(critic);
  return std::move(player);
}

Player PlayerWriter::writeGenerator(const Network &generator) {
  player.hasWeight = choose.chance(15);
  train(generator);
  const Network &critic = *setting.any(Role::Critic);
  std::string fake = fakeOf(generator);
  if (fake.find(generator.name + "(") == std::string::npos &&
      fake == shared.fake)
    fake = named("own", generator.call("z"));
  std::string real = critic.call("x", choose.oneOf({"", ", update: false"}));
  std::string loss = adversarialLoss(choose, real, critic.call(fake),
                                     /*isCritic=*/false);
  if (choose.chance(20))
    loss += " + " + weighted(choose.oneOf({"l1(", "mse("}) + fake + ", x)");
  if (choose.chance(15))
    loss += " + " + weighted(numberOf(choose, fake));
  if (!shared.loss.empty() && choose.chance(30))
    loss += " + 0.2 * " + shared.loss;
  if (!unrolled && choose.chance(12))
    loss += lookBack(critic, fake);
  // The loss behind moves of the critic; its player comes without a weight.
  bool looksAhead = unrolled && choose.chance(60);
  minimize(loss, looksAhead ? text(" after {0} p{1}", choose.between(1, 2),
                                   critic.name)
                            : "");
  addStores(generator);
  return std::move(player);
}

Player PlayerWriter::writeEncoder(const Network &encoder) {
  const Network &generator = *setting.any(Role::Generator);
  train(encoder);
  bool trainsBoth = choose.chance(50);
  if (trainsBoth)
    train(generator);
  std::string code = named("code", encoder.call("x"));
  std::string back = named("back", generator.call(code));
  std::string loss = choose.oneOf({"mse(", "l1("}) + back + ", x)";
  if (choose.chance(50))
    loss += " + " + weighted(numberOf(choose, code));
  if (choose.chance(40))
    loss += text(" + 0.1 * mse({0}, z)", encoder.call(generator.call("z")));
  minimize(loss);
  addStores(encoder);
  return std::move(player);
}

// A player without a loss.
Player PlayerWriter::writeKeeper() {
  const Network *copy = setting.of(Role::Copy).front();
  say(text("{0} := {1}", copy->name, copy->original));
  player.stores.insert(copy->name);
  return std::move(player);
}

std::vector<Player> gan::random::writePlayers(Setting &setting,
                                              const Shared &shared) {
  std::vector<Player> players;
  bool unrolled = setting.choose.chance(14);
  std::vector<Network> order = setting.networks;
  if (setting.choose.chance(50))
    std::reverse(order.begin(), order.end());
  for (const Network &network : order) {
    PlayerWriter writer(setting, shared, players, unrolled, "p" + network.name);
    if (network.role == Role::Critic)
      players.push_back(writer.writeCritic(network));
    else if (network.role == Role::Generator)
      players.push_back(writer.writeGenerator(network));
    else if (network.role == Role::Encoder)
      players.push_back(writer.writeEncoder(network));
  }
  if (!setting.of(Role::Copy).empty() && setting.choose.chance(40))
    players.push_back(PlayerWriter(setting, shared, players, unrolled, "keeper")
                          .writeKeeper());
  return players;
}
