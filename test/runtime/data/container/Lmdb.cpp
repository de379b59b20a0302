// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/data/container/Lmdb.h"

#include <gtest/gtest.h>

#include <filesystem>

#include <lmdb.h>

void gan::test::writeLmdb(const std::string &folder,
                          const std::map<std::string, std::string> &values,
                          bool isNested) {
  std::filesystem::create_directories(folder);
  MDB_env *env = nullptr;
  MDB_txn *transaction = nullptr;
  MDB_dbi database;
  ASSERT_EQ(mdb_env_create(&env), 0);
  mdb_env_set_mapsize(env, size_t{1} << 30);
  mdb_env_set_maxdbs(env, 1);
  ASSERT_EQ(mdb_env_open(env, folder.c_str(), MDB_NOSYNC, 0644), 0);
  ASSERT_EQ(mdb_txn_begin(env, nullptr, 0, &transaction), 0);
  ASSERT_EQ(mdb_dbi_open(transaction, isNested ? "nested" : nullptr, MDB_CREATE,
                         &database),
            0);
  for (const auto &[key, value] : values) {
    MDB_val k = {key.size(), const_cast<char *>(key.data())};
    MDB_val v = {value.size(), const_cast<char *>(value.data())};
    EXPECT_EQ(mdb_put(transaction, database, &k, &v, 0), 0);
  }
  ASSERT_EQ(mdb_txn_commit(transaction), 0);
  mdb_env_close(env);
}
