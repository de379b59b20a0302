// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/TensorMap.h"

#include <cstring>
#include <string>
#include <type_traits>

using namespace gan::runtime;
using namespace gan::sim;

// How the bytes begin.
static constexpr uint64_t kMark = 0x70616d726f736e74;
static_assert(std::is_trivially_copyable_v<TensorMap> &&
              sizeof(TensorMap) + sizeof kMark <= sizeof(TensorMapBytes));

static Status refuse(const std::string &expected, uint64_t found) {
  return Status(Code::Usage, "a map of a tensor has " + expected + ", found " +
                                 std::to_string(found));
}

static Status checkAxis(const TensorMap &map, unsigned axis) {
  if (map.extents[axis] == 0)
    return refuse("extents of 1 or more", 0);
  if (axis > 0 && (map.strides[axis - 1] % 16 || !map.strides[axis - 1]))
    return refuse("strides that are multiples of 16 bytes",
                  map.strides[axis - 1]);
  if (map.steps[axis] < 1 || map.steps[axis] > 8 ||
      (axis == 0 && map.steps[0] != 1))
    return refuse("steps of 1 to 8, and of 1 along the innermost axis",
                  map.steps[axis]);
  unsigned most = map.isIm2col && axis == 1 ? 1024 : 256;
  bool isInBox = !map.isIm2col || axis < 2;
  if (isInBox && (map.box[axis] < 1 || map.box[axis] > most))
    return refuse("boxes of 1 to " + std::to_string(most) + " elements",
                  map.box[axis]);
  return {};
}

static Status check(const TensorMap &map) {
  unsigned least = map.isIm2col ? 3 : 1;
  if (map.rank < least || map.rank > TensorMap::kMostRank)
    return refuse(std::to_string(least) + " to 5 axes", map.rank);
  if (map.base % 16)
    return refuse("an address that is a multiple of 16", map.base);
  for (unsigned axis = 0; axis < map.rank; ++axis)
    if (Status good = checkAxis(map, axis); !good.ok())
      return good;
  uint64_t row = uint64_t(map.box[0]) * map.elementBytes;
  if (row == 0 || row % 16)
    return refuse("rows of a multiple of 16 bytes", row);
  if (map.chunks > 1 && row > 16u * map.chunks)
    return refuse("rows of at most the " + std::to_string(16 * map.chunks) +
                      " bytes that its swizzle spans",
                  row);
  return {};
}

Result<TensorMapBytes> gan::sim::encodeTensorMap(const TensorMap &map) {
  if (Status good = check(map); !good.ok())
    return good;
  TensorMapBytes bytes = {};
  std::memcpy(bytes.data(), &kMark, sizeof kMark);
  std::memcpy(bytes.data() + sizeof kMark, &map, sizeof map);
  return bytes;
}

std::optional<TensorMap> gan::sim::decodeTensorMap(const std::byte *bytes) {
  uint64_t mark = 0;
  std::memcpy(&mark, bytes, sizeof mark);
  if (mark != kMark)
    return std::nullopt;
  TensorMap map;
  std::memcpy(&map, bytes + sizeof mark, sizeof map);
  return map;
}
