// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Json.h"

#include <gtest/gtest.h>

#include <limits>

using namespace gan::runtime;

TEST(Json, ReadsMembers) {
  Result<Json> json = parseJson(
      R"({"shape": [64, 3], "dtype": "F32", "low": -1, "n": 7})", "f");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(*sizesMember(*json, "shape", "f"), (std::vector<uint64_t>{64, 3}));
  EXPECT_EQ(*textMember(*json, "dtype", "f"), "F32");
  EXPECT_EQ(*realMember(*json, "low", "f"), -1.0);
  EXPECT_EQ(*sizeMember(*json, "n", "f"), 7u);
  EXPECT_EQ(findMember(*json, "other"), nullptr);
}

TEST(Json, RefusesMembersOfAnotherKind) {
  Result<Json> json = parseJson(R"({"a": -1, "b": [1, -2], "c": 1.5})", "f");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(sizeMember(*json, "a", "f").status().text(),
            "f: 'a' is not a size");
  EXPECT_EQ(sizesMember(*json, "b", "f").status().sentence(),
            "'b' is not a list of sizes");
  EXPECT_EQ(sizesMember(*json, "a", "f").status().sentence(),
            "'a' is not a list of sizes");
  EXPECT_EQ(textMember(*json, "c", "f").status().sentence(),
            "'c' is not a text");
  EXPECT_EQ(realMember(*json, "d", "f").status().sentence(),
            "'d' is not a number");
  EXPECT_FALSE(sizeMember(*json, "c", "f").ok());
  EXPECT_FALSE(sizeMember(Json(3), "c", "f").ok());
}

TEST(Json, RefusesWhatItCannotTrust) {
  EXPECT_EQ(parseJson("{", "f").status().text(), "f: is not JSON");
  EXPECT_EQ(parseJson("", "f").status().sentence(), "is not JSON");
  EXPECT_EQ(parseJson("\"\xff\"", "f").status().sentence(), "is not JSON");
  EXPECT_EQ(
      parseJson(R"({"a": 1, "b": {"a": 2}, "a": 3})", "f").status().sentence(),
      "has the key 'a' twice");
  std::string deep(100000, '[');
  deep += std::string(100000, ']');
  EXPECT_EQ(parseJson(deep, "f").status().sentence(),
            "is nested deeper than 32");
}

TEST(Json, PrintsOneLine) {
  Json json;
  json["step"] = 3;
  json["images_per_second"] = 52.5;
  json["name"] = "a\nb\xff";
  json["loss"] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(printJson(json),
            "{\"step\":3,\"images_per_second\":52.5,\"name\":\"a\\nb\xEF\xBF"
            "\xBD\",\"loss\":null}");
}
