// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Library.h"

#include <gtest/gtest.h>

#include <dlfcn.h>

using namespace gan::runtime;

// A library that nothing of this process is linked with.
constexpr const char *kUnused = GAN_UNUSED_LIBRARY;

static bool isLoaded() {
  void *handle = dlopen(kUnused, RTLD_NOW | RTLD_NOLOAD);
  if (handle)
    dlclose(handle);
  return handle;
}

TEST(Library, BindsFunctionsAndVariables) {
  Result<Library> library = Library::open("libc.so.6", {});
  ASSERT_TRUE(library.ok()) << library.status().text();
  int (*absolute)(int) = nullptr;
  char ***environment = nullptr;
  library->bind(absolute, "abs");
  library->bind(environment, "environ");
  ASSERT_TRUE(absolute && environment);
  EXPECT_EQ(absolute(-3), 3);
  EXPECT_EQ(library->missing(), nullptr);
}

TEST(Library, KeepsTheFirstSymbolThatIsMissing) {
  Result<Library> library = Library::open("libc.so.6", {});
  ASSERT_TRUE(library.ok()) << library.status().text();
  int (*absolute)(int) = [](int value) { return value; };
  library->bind(absolute, "no_such_function");
  EXPECT_EQ(absolute, nullptr);
  library->bind(absolute, "nor_this_one");
  library->bind(absolute, "abs");
  EXPECT_TRUE(absolute);
  EXPECT_STREQ(Library(library.take()).missing(), "no_such_function");
}

TEST(Library, SaysWhatTheLoaderSays) {
  Result<Library> library = Library::open("libnone.so", {});
  ASSERT_FALSE(library.ok());
  EXPECT_EQ(library.status().code(), Code::Unsupported);
  EXPECT_EQ(library.status().text(),
            "libnone.so: libnone.so: cannot open shared object file: No such "
            "file or directory");
}

TEST(Library, IsUnloadedUnlessItStays) {
  ASSERT_FALSE(isLoaded());
  {
    Result<Library> library = Library::open(kUnused, {});
    ASSERT_TRUE(library.ok()) << library.status().text();
    Library moved = library.take();
    EXPECT_TRUE(isLoaded());
  }
  EXPECT_FALSE(isLoaded());
  ASSERT_TRUE(Library::open(kUnused, {.stays = true}).ok());
  EXPECT_TRUE(isLoaded());
}

TEST(Library, ShowsItsSymbolsToOthersWhereItIsGlobal) {
  void *process = dlopen(nullptr, RTLD_NOW);
  ASSERT_TRUE(process);
  Result<Library> own = Library::open(kUnused, {});
  ASSERT_TRUE(own.ok()) << own.status().text();
  EXPECT_EQ(dlsym(process, "ganUnusedAnswer"), nullptr);
  Result<Library> global = Library::open(kUnused, {.global = true});
  ASSERT_TRUE(global.ok()) << global.status().text();
  EXPECT_NE(dlsym(process, "ganUnusedAnswer"), nullptr);
  dlclose(process);
}
