// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What libFuzzer, and the replay of its corpora, call with bytes of any kind.
#ifndef GAN_TEST_FUZZ_FUZZTARGET_H
#define GAN_TEST_FUZZ_FUZZTARGET_H

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif // GAN_TEST_FUZZ_FUZZTARGET_H
