// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/ranks/Peer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace gan::runtime;

static constexpr size_t kMostText = 1024;
static constexpr int kConnectMilliseconds = 2000;

// ---- who

RankName RankName::own(uint32_t rank) {
  RankName name;
  name.rank = rank;
  name.process = getpid();
  if (gethostname(name.host, sizeof(name.host) - 1) != 0)
    std::strcpy(name.host, "?");
  return name;
}

std::string RankName::text() const {
  return "rank " + std::to_string(rank) + " (process " +
         std::to_string(process) + " on " +
         std::string(host, strnlen(host, sizeof(host))) + ")";
}

// ---- messages: kind, two bytes of length, text

Peer::Peer(int socket, RankName name)
    : heard(Clock::now()), file(socket), who(name) {
  fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK);
  int yes = 1; // What is said must not wait for more to say.
  setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

Peer::Peer(Peer &&other) noexcept
    : isClosed(other.isClosed), hasLeft(other.hasLeft), heard(other.heard),
      file(std::exchange(other.file, -1)), who(other.who),
      arrived(std::move(other.arrived)) {}

Peer::~Peer() {
  if (file >= 0)
    close(file);
}

void Peer::send(Kind kind, std::string_view text) const {
  text = text.substr(0, kMostText);
  std::string frame = {static_cast<char>(kind),
                       static_cast<char>(text.size() & 0xff),
                       static_cast<char>(text.size() >> 8)};
  frame += text;
  (void)!::send(file, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Peer::receive() {
  std::array<char, 2048> bytes;
  for (;;) {
    ssize_t count = recv(file, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EINTR)
      continue;
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK))
      isClosed = true;
    if (count <= 0)
      return;
    heard = Clock::now();
    arrived.append(bytes.data(), count);
    if (arrived.size() > 64 * kMostText)
      return;
  }
}

std::optional<Peer::Message> Peer::next() {
  if (arrived.size() < 3)
    return std::nullopt;
  size_t length = static_cast<unsigned char>(arrived[1]) |
                  static_cast<unsigned char>(arrived[2]) << 8;
  if (arrived.size() < 3 + length)
    return std::nullopt;
  Message message{static_cast<Kind>(arrived[0]), arrived.substr(3, length)};
  arrived.erase(0, 3 + length);
  return message;
}

// ---- sockets

Result<int> gan::runtime::listenAnywhere(uint16_t &port) {
  int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_ANY);
  socklen_t size = sizeof(place);
  auto *address = reinterpret_cast<sockaddr *>(&place);
  bool isOpen = file >= 0 && bind(file, address, size) == 0 &&
                listen(file, SOMAXCONN) == 0 &&
                getsockname(file, address, &size) == 0;
  if (!isOpen) {
    Status status = systemError(errno, "listening for other ranks", "");
    if (file >= 0)
      close(file);
    return status;
  }
  port = ntohs(place.sin_port);
  return file;
}

static bool waitFor(int file, short events, int milliseconds) {
  pollfd one = {file, events, 0};
  int ready;
  do
    ready = poll(&one, 1, milliseconds);
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

// Begins to connect; nothing, and why, where that fails at once.
static std::optional<int> beginConnecting(uint32_t address, uint16_t port,
                                          int &error) {
  int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = address;
  place.sin_port = htons(port);
  if (file >= 0 && (connect(file, reinterpret_cast<sockaddr *>(&place),
                            sizeof(place)) == 0 ||
                    errno == EINPROGRESS))
    return file;
  error = errno;
  if (file >= 0)
    close(file);
  return std::nullopt;
}

// Takes out the first that has connected; nothing, and why, where none has in
// time. Those that fail are closed.
static std::optional<int> awaitFirst(std::vector<pollfd> &trying, int &error) {
  auto deadline =
      Peer::Clock::now() + std::chrono::milliseconds(kConnectMilliseconds);
  while (!trying.empty()) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - Peer::Clock::now());
    int ready = poll(trying.data(), trying.size(),
                     static_cast<int>(std::max<int64_t>(left.count(), 0)));
    if (ready < 0 && errno == EINTR)
      continue;
    error = ETIMEDOUT;
    auto answered = std::find_if(trying.begin(), trying.end(),
                                 [](const pollfd &one) { return one.revents; });
    if (ready <= 0 || answered == trying.end())
      return std::nullopt;
    int file = answered->fd;
    trying.erase(answered);
    socklen_t size = sizeof(error);
    getsockopt(file, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == 0)
      return file;
    close(file);
  }
  return std::nullopt;
}

// All at once: those that lead nowhere from here may be many, and silent.
Result<int> gan::runtime::connectToOne(std::span<const uint32_t> addresses,
                                       uint16_t port) {
  int error = ETIMEDOUT;
  std::vector<pollfd> trying;
  for (uint32_t address : addresses)
    if (std::optional<int> file = beginConnecting(address, port, error))
      trying.push_back({*file, POLLOUT, 0});
  std::optional<int> first = awaitFirst(trying, error);
  for (const pollfd &other : trying)
    close(other.fd);
  if (first)
    return *first;
  return Status(Code::Lost,
                std::string("rank 0 does not answer: ") + std::strerror(error));
}

std::vector<uint32_t> gan::runtime::ownAddresses() {
  std::vector<uint32_t> found;
  ifaddrs *list = nullptr;
  if (getifaddrs(&list) == 0) {
    for (ifaddrs *each = list; each; each = each->ifa_next)
      if (each->ifa_addr && each->ifa_addr->sa_family == AF_INET)
        found.push_back(
            reinterpret_cast<sockaddr_in *>(each->ifa_addr)->sin_addr.s_addr);
    freeifaddrs(list);
  }
  uint32_t loop = htonl(INADDR_LOOPBACK);
  std::erase(found, loop);
  found.push_back(loop);
  return found;
}

Status gan::runtime::sendAll(int socket, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    ssize_t count = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0 && errno == EAGAIN &&
        waitFor(socket, POLLOUT, kConnectMilliseconds))
      continue;
    if (count <= 0)
      return systemError(errno, "telling rank 0 who this is", "");
    bytes = bytes.subspan(count);
  }
  return {};
}

Status gan::runtime::receiveAll(int socket, std::span<std::byte> bytes,
                                int seconds) {
  auto deadline = Peer::Clock::now() + std::chrono::seconds(seconds);
  while (!bytes.empty()) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - Peer::Clock::now());
    if (!waitFor(socket, POLLIN,
                 static_cast<int>(std::max<int64_t>(left.count(), 0))))
      return Status(Code::Lost, "a rank connected and says nothing");
    ssize_t count = recv(socket, bytes.data(), bytes.size(), 0);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
      continue;
    if (count <= 0)
      return Status(Code::Lost, "a rank connected and ended");
    bytes = bytes.subspan(count);
  }
  return {};
}
