// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A library that only LibraryTest loads.
extern "C" int ganUnusedAnswer() { return 42; }
