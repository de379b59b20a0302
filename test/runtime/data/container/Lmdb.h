// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Databases for tests, made by LMDB's own library.
#ifndef GAN_TEST_RUNTIME_DATA_CONTAINER_LMDB_H
#define GAN_TEST_RUNTIME_DATA_CONTAINER_LMDB_H

#include <map>
#include <string>

namespace gan::test {

/// Makes the folder, and a database in it that holds a value for each key; if
/// `isNested`, in a database of its own within.
void writeLmdb(const std::string &folder,
               const std::map<std::string, std::string> &values,
               bool isNested = false);

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_DATA_CONTAINER_LMDB_H
