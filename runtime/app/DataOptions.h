// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What commands are asked for that read data.
#ifndef GAN_RUNTIME_APP_DATAOPTIONS_H
#define GAN_RUNTIME_APP_DATAOPTIONS_H

#include "runtime/app/Arguments.h"
#include "runtime/data/Sources.h"

namespace gan::runtime {

inline constexpr OptionSpec kDataOption = {
    "data", 0, "SOURCE",
    "a file, folder or archive, NAME=SOURCE, NAME.FIELD=SOURCE, or random in "
    "place of it; may be repeated",
    /*repeats=*/true};
inline constexpr OptionSpec kOnBadDataOption = {
    "on-bad-data", 0, "DO",
    "where an image cannot be read: stop (default), or skip it"};
inline constexpr OptionSpec kDataThreadsOption = {
    "data-threads", 0, "N",
    "threads that decode images (default: one for each core, at most 16); the "
    "batches are the same"};
inline constexpr OptionSpec kDataCacheOption = {
    "data-cache", 0, "DIR",
    "a folder in which decoded images are kept for this run and later ones"};

Result<DataOptions> readDataOptions(const Arguments &arguments);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_DATAOPTIONS_H
