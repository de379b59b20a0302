// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Status.h"
#include "runtime/base/Checked.h"

#include <gtest/gtest.h>

#include <cerrno>

using namespace gan::runtime;

static Result<int> half(int x) {
  if (x % 2)
    return Status(Code::Usage, "is odd", std::to_string(x));
  return x / 2;
}

TEST(Status, CarriesWhatWentWrong) {
  EXPECT_TRUE(Status().ok());
  EXPECT_EQ(Status().text(), "ok");
  Status status = half(3).status();
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(status.text(), "3: is odd");
  EXPECT_NE(std::string(status.origin().file_name()).find("StatusTest"),
            std::string::npos);
  EXPECT_EQ(*half(4), 2);
  EXPECT_TRUE(half(4).status().ok());
}

TEST(Status, KnowsTheSystemsErrors) {
  EXPECT_EQ(systemError(ENOSPC, "cannot be written", "f").code(),
            Code::NoSpace);
  EXPECT_EQ(systemError(EDQUOT, "x", "f").code(), Code::NoSpace);
  EXPECT_EQ(systemError(ENOENT, "x", "f").code(), Code::NotFound);
  EXPECT_EQ(systemError(ENOMEM, "x", "f").code(), Code::OutOfMemory);
  EXPECT_EQ(systemError(EACCES, "cannot be read", "f").text(),
            "f: cannot be read: Permission denied");
}

TEST(Status, GivesEveryCodeAnExitStatus) {
  EXPECT_EQ(exitStatus(Code::Ok), 0);
  for (Code code :
       {Code::Damaged, Code::NotFound, Code::Mismatch, Code::Unsupported,
        Code::Internal, Code::OutOfMemory, Code::NoSpace, Code::Io})
    EXPECT_TRUE(exitStatus(code) >= 64 && exitStatus(code) <= 78);
  EXPECT_EQ(exitStatus(Code::Usage), 2);
  EXPECT_EQ(exitStatus(Code::Interrupted), 130);
}

TEST(Checked, RemembersOverflow) {
  constexpr uint64_t big = UINT64_MAX;
  EXPECT_TRUE((Checked(2) * 3 + 4).atMost(10));
  EXPECT_FALSE((Checked(2) * 3 + 4).atMost(9));
  EXPECT_FALSE((Checked(big) + 1).ok());
  EXPECT_FALSE((Checked(big) * 2 * 0).ok());
  EXPECT_FALSE((Checked(big) + 1).atMost(big));
  EXPECT_EQ((Checked(big / 2) * 2).value(), big - 1);
}
