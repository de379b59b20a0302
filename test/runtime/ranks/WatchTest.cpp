// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ranks notice each other's end.
#include "runtime/ranks/Watch.h"
#include "runtime/ranks/Peer.h"
#include "test/runtime/ranks/ThreadRanks.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace gan::runtime;
using namespace gan::test;
using namespace std::chrono_literals;

namespace {
// What the watch of one rank tells.
class Ear {
public:
  Watch::OnLoss hears() {
    return [this](const Status &status) {
      std::lock_guard lock(mutex);
      told = status.text();
      condition.notify_all();
    };
  }
  std::string await(std::chrono::seconds limit = 10s) {
    std::unique_lock lock(mutex);
    condition.wait_for(lock, limit, [&] { return !told.empty(); });
    return told;
  }

private:
  std::mutex mutex;
  std::condition_variable condition;
  std::string told;
};
} // namespace

static bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

TEST(Watch, GoodbyeIsNoLoss) {
  asRanks(3, [](Communicator &ranks) {
    Ear ear;
    Result<std::unique_ptr<Watch>> watch = Watch::start(ranks, ear.hears());
    ASSERT_TRUE(watch.ok()) << watch.status().text();
    if (ranks.rank() != 0)
      (*watch)->leave();
    EXPECT_EQ(ear.await(2s), "");
  });
}

TEST(Watch, AFailureIsToldToAll) {
  asRanks(3, [](Communicator &ranks) {
    Ear ear;
    Result<std::unique_ptr<Watch>> watch = Watch::start(ranks, ear.hears());
    ASSERT_TRUE(watch.ok()) << watch.status().text();
    if (ranks.rank() == 2)
      return (*watch)->fail(
          Status(Code::NotFound, "there is no such file", "x"));
    std::string told = ear.await();
    EXPECT_TRUE(contains(told, "rank 2 (process ")) << told;
    EXPECT_TRUE(contains(told, ") has failed: x: there is no such file"))
        << told;
  });
}

namespace {
// One who takes his time between the invitation and coming.
class Late : public Communicator {
public:
  explicit Late(Communicator &ranks) : ranks(ranks) {}
  uint32_t rank() const override { return ranks.rank(); }
  uint32_t size() const override { return ranks.size(); }
  Status allGather(std::span<const std::span<std::byte>> tensors) override {
    return ranks.allGather(tensors);
  }
  Status broadcast(std::span<std::byte> bytes) override {
    Status status = ranks.broadcast(bytes);
    std::this_thread::sleep_for(std::chrono::seconds(Watch::kSilence) + 1s);
    return status;
  }

private:
  Communicator &ranks;
};
} // namespace

TEST(Watch, OthersWaitForWhoComesLate) {
  asRanks(3, [](Communicator &ranks) {
    Ear ear;
    Late late(ranks);
    Result<std::unique_ptr<Watch>> watch = Watch::start(
        ranks.rank() == 2 ? static_cast<Communicator &>(late) : ranks,
        ear.hears());
    ASSERT_TRUE(watch.ok()) << watch.status().text();
    // Whoever waits longest for rank 0 still does not miss it.
    EXPECT_EQ(ear.await(ranks.rank() == 1 ? 9s : 2s), "");
    (*watch)->leave();
  });
}

TEST(Watch, WhoDoesNotComeIsMissed) {
  asRanks(2, [](Communicator &ranks) {
    if (ranks.rank() == 1) { // hears the invitation alone
      std::vector<std::byte> invitation(184);
      return (void)ranks.broadcast(invitation);
    }
    EXPECT_EQ(Watch::start(ranks, {}, /*secondsToCome=*/1).status().text(),
              "of 1 other ranks 0 have connected to rank 0");
  });
}

// A connection whose other end is the test.
static Peer connectedPeer(int &other) {
  int files[2] = {-1, -1};
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, files), 0);
  other = files[1];
  return Peer(files[0], RankName::own(7));
}

TEST(Peer, MessagesComeInPieces) {
  int other;
  Peer peer = connectedPeer(other);
  const char first[] = {'l', 3, 0, 'a'}, second[] = {'b', 'c', 'b', 0, 0, 'a'};
  ASSERT_EQ(write(other, first, sizeof(first)), ssize_t(sizeof(first)));
  peer.receive();
  EXPECT_FALSE(peer.next());
  ASSERT_EQ(write(other, second, sizeof(second)), ssize_t(sizeof(second)));
  close(other);
  peer.receive();
  EXPECT_EQ(peer.next()->text, "abc");
  EXPECT_EQ(peer.next()->kind, Peer::Kind::Bye);
  EXPECT_FALSE(peer.next());
  EXPECT_TRUE(peer.isClosed);
}

TEST(Peer, ConnectionsFail) {
  uint16_t port = 0;
  Result<int> listener = listenAnywhere(port);
  ASSERT_TRUE(listener.ok());
  std::vector<uint32_t> own = ownAddresses();
  Result<int> caller = connectToOne(std::span(own).last(1), port);
  ASSERT_TRUE(caller.ok()) << caller.status().text();
  int answered = accept(*listener, nullptr, nullptr);
  std::byte bytes[4];
  EXPECT_TRUE(contains(receiveAll(answered, bytes, 0).text(),
                       "a rank connected and says nothing"));
  close(*caller);
  EXPECT_TRUE(contains(receiveAll(answered, bytes, 1).text(),
                       "a rank connected and ended"));
  close(answered);
  close(*listener);
  EXPECT_TRUE(contains(
      connectToOne(std::array{uint32_t{0xffffffff}}, port).status().text(),
      "rank 0 does not answer: Network is unreachable"));
  EXPECT_TRUE(
      contains(connectToOne(std::span(own).last(1), port).status().text(),
               "rank 0 does not answer: Connection refused"));
}

// A socket that listens at 127.0.0.`last`.
static int listenAt(uint8_t last, uint16_t &port, int backlog) {
  int file = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(0x7f000000 + last);
  place.sin_port = htons(port);
  auto *address = reinterpret_cast<sockaddr *>(&place);
  socklen_t size = sizeof(place);
  EXPECT_EQ(bind(file, address, size), 0);
  EXPECT_EQ(listen(file, backlog), 0);
  EXPECT_EQ(getsockname(file, address, &size), 0);
  port = ntohs(place.sin_port);
  return file;
}

// Rank 0 may have many addresses, most of which lead nowhere from here: that
// all of them are silent for a while must not add up.
TEST(Peer, SilentAddressesAreTriedTogether) {
  uint16_t port = 0;
  std::vector<int> files = {listenAt(3, port, 8)};
  std::vector<uint32_t> addresses;
  for (uint8_t last : {4, 5, 6}) {
    // Whoever waits here fills the queue: those behind get no answer.
    files.push_back(listenAt(last, port, 0));
    addresses.push_back(htonl(0x7f000000 + last));
    Result<int> waits = connectToOne(std::span(addresses).last(1), port);
    ASSERT_TRUE(waits.ok()) << waits.status().text();
    files.push_back(*waits);
  }
  EXPECT_TRUE(contains(connectToOne(addresses, port).status().text(),
                       "rank 0 does not answer: Connection timed out"));
  addresses.push_back(htonl(0x7f000003));
  auto begin = std::chrono::steady_clock::now();
  Result<int> caller = connectToOne(addresses, port);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  ASSERT_TRUE(caller.ok()) << caller.status().text();
  files.push_back(*caller);
  for (int file : files)
    close(file);
}

TEST(Peer, BytesThatTrickleInAreTooLate) {
  int files[2] = {-1, -1};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, files), 0);
  std::thread writer([&] {
    for (char byte : {'a', 'b', 'c', 'd'}) {
      std::this_thread::sleep_for(400ms);
      EXPECT_EQ(write(files[1], &byte, 1), 1);
    }
  });
  std::byte bytes[4];
  EXPECT_TRUE(contains(receiveAll(files[0], bytes, 1).text(),
                       "a rank connected and says nothing"));
  writer.join();
  close(files[0]);
  close(files[1]);
}
