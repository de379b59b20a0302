// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/EventFile.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

using namespace gan::runtime;

// ---- records

static constexpr std::array<uint32_t, 256> makeTable() {
  std::array<uint32_t, 256> table = {};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit)
      value = value & 1 ? value >> 1 ^ 0x82f63b78 : value >> 1;
    table[i] = value;
  }
  return table;
}

uint32_t gan::runtime::crc32c(std::span<const std::byte> bytes) {
  static constexpr std::array<uint32_t, 256> table = makeTable();
  uint32_t value = ~uint32_t{0};
  for (std::byte byte : bytes)
    value = table[(value ^ static_cast<uint8_t>(byte)) & 0xff] ^ value >> 8;
  return ~value;
}

// So that the checksum of bytes that hold checksums is none of theirs.
static uint32_t masked(uint32_t crc) {
  return (crc >> 15 | crc << 17) + 0xa282ead8;
}

template <typename T> static std::string littleEndian(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

static std::string recordOf(const std::string &message) {
  std::string length = littleEndian<uint64_t>(message.size());
  return length + littleEndian(masked(crc32c(bytesOf(length)))) + message +
         littleEndian(masked(crc32c(bytesOf(message))));
}

// ---- fields of protocol buffers: a number and a kind, then the value

static std::string varint(uint64_t value) {
  std::string bytes;
  for (; value >= 128; value >>= 7)
    bytes += static_cast<char>(value | 128);
  return bytes + static_cast<char>(value);
}

static std::string wholeField(uint64_t number, uint64_t value) {
  return varint(number << 3) + varint(value);
}
static std::string doubleField(uint64_t number, double value) {
  return varint(number << 3 | 1) + littleEndian(value);
}
static std::string floatField(uint64_t number, float value) {
  return varint(number << 3 | 5) + littleEndian(value);
}
// Texts and messages.
static std::string bytesField(uint64_t number, const std::string &value) {
  return varint(number << 3 | 2) + varint(value.size()) + value;
}

// ---- Event: 1 wall_time, 2 step, 3 file_version, 5 summary, 7 session_log
// ---- Summary: 1 value; Summary.Value: 1 tag, 2 simple_value, 4 image
// ---- Summary.Image: 1 height, 2 width, 3 colorspace, 4 encoded_image_string
// ---- SessionLog: 1 status, of which 1 is START

static double wallTime() {
  return std::chrono::duration<double>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Status EventFile::add(uint64_t step, const std::string &content) {
  std::string record =
      recordOf(doubleField(1, wallTime()) + wholeField(2, step) + content);
  return file.append(bytesOf(record));
}

// TensorBoard forgets events from the step of a start on.
Status EventFile::goBack(uint64_t stepsDone) {
  return add(stepsDone + 1, bytesField(7, wholeField(1, 1)));
}

Result<EventFile> EventFile::create(const std::string &folder,
                                    uint64_t stepsDone) {
  if (Status status = makeFolders(folder); !status.ok())
    return status;
  Result<std::vector<std::string>> names = listFolder(folder);
  if (!names.ok())
    return names.status();
  // TensorBoard reads files in the order of their names.
  char name[64];
  std::snprintf(name, sizeof(name), "/events.out.tfevents.%06zu.ganc",
                names->size() + 1);
  Result<LineFile> file = LineFile::open(folder + name);
  if (!file.ok())
    return file.status();
  EventFile events(file.take());
  Status status = events.add(0, bytesField(3, "brain.Event:2"));
  if (status.ok() && (stepsDone > 0 || !names->empty()))
    status = events.goBack(stepsDone);
  if (!status.ok())
    return status;
  return events;
}

Status EventFile::addMetrics(uint64_t step, const Metrics &metrics) {
  std::string summary;
  for (const auto &[name, value] : metrics)
    summary += bytesField(1, bytesField(1, name) +
                                 floatField(2, static_cast<float>(value)));
  return add(step, bytesField(5, summary));
}

Status EventFile::addImage(uint64_t step, const EventImage &image) {
  std::string content = wholeField(1, image.height) +
                        wholeField(2, image.width) +
                        wholeField(3, static_cast<uint64_t>(image.channels)) +
                        bytesField(4, std::string(textOf(image.png)));
  return add(step, bytesField(5, bytesField(1, bytesField(1, image.name) +
                                                   bytesField(4, content))));
}
