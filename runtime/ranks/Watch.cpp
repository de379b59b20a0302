// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/ranks/Watch.h"

#include "runtime/ranks/Peer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace gan::runtime;
using namespace std::chrono_literals;

static constexpr auto kPulse = 1s;

namespace {
// What rank 0 tells before there are connections. Who connects shows the same
// token: strangers, and ranks of other runs, have another.
struct Invitation {
  std::array<uint8_t, 16> token;
  std::array<uint32_t, 16> addresses;
  uint32_t count;
  uint16_t port; // 0: rank 0 cannot listen
  RankName name;
};
struct Hello {
  std::array<uint8_t, 16> token;
  RankName name;
};

class TcpWatch : public Watch {
public:
  TcpWatch(uint32_t rank, std::vector<Peer> peers, int wake, OnLoss onLoss)
      : rank(rank), peers(std::move(peers)), wake(wake),
        onLoss(std::move(onLoss)), thread([this] { run(); }) {}
  ~TcpWatch() override {
    leave();
    close(wake);
  }
  void leave() override { endWith(Peer::Kind::Bye, ""); }
  void fail(const Status &reason) override {
    endWith(Peer::Kind::Lost,
            RankName::own(rank).text() + " has failed: " + reason.text());
  }

private:
  void run();
  bool listen();
  bool tellLoss(const Peer *of, const std::string &text);
  bool hear(Peer &peer);
  void endWith(Peer::Kind kind, const std::string &text);

  uint32_t rank;
  std::vector<Peer> peers; // rank 0: all others; else rank 0
  int wake;
  OnLoss onLoss;
  std::atomic<bool> isEnding = false;
  std::thread thread; // last: it uses the others
};
} // namespace

void TcpWatch::endWith(Peer::Kind kind, const std::string &text) {
  if (!thread.joinable())
    return;
  isEnding = true;
  eventfd_write(wake, 1);
  thread.join();
  for (const Peer &peer : peers)
    peer.send(kind, text);
  peers.clear();
}

// Rank 0 knows first, and passes it on. Always false: there is nothing left to
// watch.
bool TcpWatch::tellLoss(const Peer *of, const std::string &text) {
  for (const Peer &peer : peers)
    if (&peer != of)
      peer.send(Peer::Kind::Lost, text);
  onLoss(Status(Code::Lost, text));
  return false;
}

// False: a rank is lost.
bool TcpWatch::hear(Peer &peer) {
  peer.receive();
  while (std::optional<Peer::Message> message = peer.next()) {
    if (message->kind == Peer::Kind::Lost)
      return tellLoss(&peer, message->text);
    peer.hasLeft |= message->kind == Peer::Kind::Bye;
  }
  return !peer.isClosed || peer.hasLeft ||
         tellLoss(&peer, peer.name().text() + " has ended without a word");
}

// Sleeps until something arrives, at most a quarter of a second.
bool TcpWatch::listen() {
  std::vector<pollfd> files = {{wake, POLLIN, 0}};
  std::vector<Peer *> present;
  for (Peer &peer : peers)
    if (!peer.hasLeft && !peer.isClosed) {
      files.push_back({peer.socket(), POLLIN, 0});
      present.push_back(&peer);
    }
  poll(files.data(), files.size(), 250);
  for (size_t i = 0; i < present.size(); ++i)
    if (files[i + 1].revents != 0 && !hear(*present[i]))
      return false;
  return true;
}

void TcpWatch::run() {
  Peer::Clock::time_point pulse = Peer::Clock::now(), before = pulse;
  while (!isEnding && listen()) {
    Peer::Clock::time_point now = Peer::Clock::now();
    // Who was stopped himself cannot tell how long others were silent.
    if (now - before > 2 * kPulse)
      for (Peer &peer : peers)
        peer.heard = now;
    before = now;
    for (Peer &peer : peers)
      if (!peer.hasLeft && now - peer.heard > std::chrono::seconds(kSilence)) {
        tellLoss(&peer, peer.name().text() + " has been silent for " +
                            std::to_string(kSilence) + " seconds");
        return;
      }
    if (now < pulse)
      continue;
    pulse = now + kPulse;
    for (const Peer &peer : peers)
      if (!peer.hasLeft)
        peer.send(Peer::Kind::Alive);
  }
}

// ---- connecting

static Result<std::vector<Peer>> awaitAll(int listener,
                                          const Invitation &invitation,
                                          uint32_t size, int seconds) {
  std::vector<Peer> peers;
  auto deadline = Peer::Clock::now() + std::chrono::seconds(seconds);
  while (peers.size() + 1 < size) {
    pollfd one = {listener, POLLIN, 0};
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - Peer::Clock::now());
    if (left.count() <= 0)
      return Status(Code::Lost, "of " + std::to_string(size - 1) +
                                    " other ranks " +
                                    std::to_string(peers.size()) +
                                    " have connected to rank 0");
    if (poll(&one, 1, static_cast<int>(left.count())) <= 0)
      continue;
    int file = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (file < 0)
      continue;
    Hello hello = {};
    bool isOurs =
        receiveAll(file, std::as_writable_bytes(std::span(&hello, 1)), 2)
            .ok() &&
        hello.token == invitation.token && hello.name.rank < size;
    if (isOurs)
      peers.emplace_back(file, hello.name);
    else
      close(file);
  }
  return peers;
}

static Result<std::vector<Peer>> connectToFirst(const Invitation &invitation,
                                                uint32_t rank, int seconds) {
  Result<int> connected = connectToOne(
      std::span(invitation.addresses).first(invitation.count), invitation.port);
  if (!connected.ok())
    return connected.status();
  std::vector<Peer> peers;
  peers.emplace_back(*connected, invitation.name);
  // Rank 0 says nothing until all have come.
  peers.back().heard += std::chrono::seconds(seconds);
  Hello hello = {invitation.token, RankName::own(rank)};
  Status sent = sendAll(*connected, std::as_bytes(std::span(&hello, 1)));
  if (!sent.ok())
    return sent;
  return peers;
}

static Invitation invite(uint16_t port) {
  Invitation invitation = {};
  invitation.port = port;
  invitation.name = RankName::own(0);
  if (getrandom(invitation.token.data(), invitation.token.size(), 0) < 0)
    invitation.port = 0;
  std::vector<uint32_t> addresses = ownAddresses();
  invitation.count = std::min(addresses.size(), invitation.addresses.size());
  // The last is the loop, for ranks on this machine.
  std::copy(addresses.end() - invitation.count, addresses.end(),
            invitation.addresses.begin());
  return invitation;
}

Result<std::unique_ptr<Watch>> Watch::start(Communicator &ranks, OnLoss onLoss,
                                            int secondsToCome) {
  uint16_t port = 0;
  int listener = -1;
  Invitation invitation = {};
  if (ranks.rank() == 0) {
    if (Result<int> listening = listenAnywhere(port); listening.ok())
      listener = *listening;
    invitation = invite(port);
  }
  if (Status status =
          ranks.broadcast(std::as_writable_bytes(std::span(&invitation, 1)));
      !status.ok())
    return status;
  if (invitation.port == 0)
    return Status(Code::Lost, "rank 0 cannot listen for the other ranks");
  Result<std::vector<Peer>> peers =
      ranks.rank() == 0
          ? awaitAll(listener, invitation, ranks.size(), secondsToCome)
          : connectToFirst(invitation, ranks.rank(), secondsToCome);
  if (listener >= 0)
    close(listener);
  if (!peers.ok())
    return peers.status();
  int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0)
    return systemError(errno, "watching other ranks", "");
  return std::unique_ptr<Watch>(std::make_unique<TcpWatch>(
      ranks.rank(), peers.take(), wake, std::move(onLoss)));
}
