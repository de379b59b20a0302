// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One end of a connection between two ranks that watch each other.
#ifndef GAN_RUNTIME_RANKS_PEER_H
#define GAN_RUNTIME_RANKS_PEER_H

#include "runtime/base/Status.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime {

/// Who a rank is, for messages.
struct RankName {
  uint32_t rank = 0;
  int32_t process = 0;
  char host[64] = {};

  static RankName own(uint32_t rank);
  /// "rank 2 (process 4711 on node7)"
  std::string text() const;
};

/// A connected socket, which it owns. Messages are a kind and up to 1 KiB of
/// text.
class Peer {
public:
  enum class Kind : char { Alive = 'a', Bye = 'b', Lost = 'l' };
  struct Message {
    Kind kind;
    std::string text;
  };
  using Clock = std::chrono::steady_clock;

  Peer(int socket, RankName name);
  Peer(Peer &&other) noexcept;
  Peer &operator=(Peer &&other) = delete;
  ~Peer();

  int socket() const { return file; }
  const RankName &name() const { return who; }
  /// What a peer that does not read cannot be told is dropped.
  void send(Kind kind, std::string_view text = "") const;
  /// Takes in what has arrived.
  void receive();
  /// The next message that is there.
  std::optional<Message> next();

  bool isClosed = false;   // it has ended the connection
  bool hasLeft = false;    // it said good-bye
  Clock::time_point heard; // when it last said something

private:
  int file;
  RankName who;
  std::string arrived;
};

/// A socket that listens at a port of the system's choice.
Result<int> listenAnywhere(uint16_t &port);
/// Connects to one of `addresses` (IPv4, in network order), the first that
/// answers.
Result<int> connectToOne(std::span<const uint32_t> addresses, uint16_t port);
/// The addresses of this machine, that of the loop last.
std::vector<uint32_t> ownAddresses();
/// Sends exactly these bytes.
Status sendAll(int socket, std::span<const std::byte> bytes);
/// Receives exactly these bytes, the last of them within `seconds`.
Status receiveAll(int socket, std::span<std::byte> bytes, int seconds);

} // namespace gan::runtime

#endif // GAN_RUNTIME_RANKS_PEER_H
