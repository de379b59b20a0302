// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Arguments.h"
#include "runtime/app/DataOptions.h"
#include "runtime/app/TrainOptions.h"

#include <gtest/gtest.h>

#include <array>

using namespace gan::runtime;

static constexpr std::array<OptionSpec, 4> kSpecs = {
    {{"steps", 0, "N", "how many"},
     {"out", 'o', "FILE", "where to"},
     {"data", 0, "SOURCE", "what", /*repeats=*/true},
     {"new", 0, "", "anyway"}}};

static Result<Arguments> parse(std::vector<std::string> words) {
  return Arguments::parse(kSpecs, words);
}

static std::string refusal(std::vector<std::string> words) {
  return parse(std::move(words)).status().text();
}

TEST(Arguments, ReadsEveryForm) {
  Result<Arguments> arguments = parse(
      {"--steps=12", "-o", "-", "--data", "a", "--new", "--data", "b=--c"});
  ASSERT_TRUE(arguments.ok()) << arguments.status().text();
  EXPECT_EQ(*arguments->number("steps", 0), 12u);
  EXPECT_EQ(arguments->text("out", "x"), "-");
  EXPECT_EQ(arguments->all("data"), (std::vector<std::string>{"a", "b=--c"}));
  EXPECT_TRUE(arguments->has("new"));
  Result<Arguments> none = parse({});
  EXPECT_EQ(none->text("out", "x"), "x");
  EXPECT_EQ(*none->number("steps", 7), 7u);
  EXPECT_FALSE(none->has("new"));
}

TEST(Arguments, ReadsListsAndReals) {
  Result<Arguments> arguments =
      parse({"--data", "1,2,30", "--data", "7", "--steps=0.25"});
  EXPECT_EQ(*arguments->numberLists("data"),
            (std::vector<std::vector<uint64_t>>{{1, 2, 30}, {7}}));
  EXPECT_TRUE(arguments->numberLists("out")->empty());
  EXPECT_EQ(*arguments->real("steps", 1), 0.25);
  EXPECT_EQ(*arguments->real("out", 1), 1);
  for (const char *wrong :
       {"1,,2", "1,", ",1", "a", "1;2", "-1", "99999999999999999999"})
    EXPECT_EQ(parse({"--data", wrong})->numberLists("data").status().text(),
              "--data: expected whole numbers with commas between them, as "
              "1,2,3, found '" +
                  std::string(wrong) + "'");
  for (const char *wrong : {"x", "-0.5", "nan", "inf", "1e999", "1 "})
    EXPECT_EQ(parse({"--steps", wrong})->real("steps", 1).status().text(),
              "--steps: expected a number of at least 0, found '" +
                  std::string(wrong) + "'");
}

TEST(Arguments, RefusesWhatIsNoOption) {
  EXPECT_EQ(refusal({"--step", "1"}),
            "--step: there is no such option; did you mean '--steps'?");
  EXPECT_EQ(refusal({"--frobnicate"}), "--frobnicate: there is no such option");
  EXPECT_EQ(refusal({"-x"}), "-x: there is no such option");
  EXPECT_EQ(refusal({"photos"}),
            "photos: expected an option, found a word that "
            "belongs to none");
  EXPECT_EQ(refusal({"--steps"}),
            "--steps: expected N behind this option, found nothing");
  EXPECT_EQ(refusal({"--steps="}),
            "--steps: expected N behind this option, found nothing");
  EXPECT_EQ(refusal({"--out", "", "--new"}),
            "--out: expected FILE behind this option, found nothing");
  EXPECT_EQ(refusal({"--steps", "--out=b"}),
            "--steps: expected N behind this option, found '--out=b'");
  EXPECT_EQ(refusal({"--new=yes"}), "--new: this option takes no value");
  EXPECT_EQ(refusal({"-o", "a", "--out=b"}),
            "--out: this option is given twice");
  EXPECT_EQ(parse({"--x"}).status().code(), Code::Usage);
}

TEST(Arguments, RefusesWhatIsNoNumber) {
  for (const char *word :
       {"x", "1x", "-1", "1.5", "1e3", " 1", "0x10", "99999999999999999999x"})
    EXPECT_EQ(parse({"--steps", word})->number("steps", 0).status().text(),
              "--steps: expected a whole number of at least 0, found '" +
                  std::string(word) + "'");
  EXPECT_EQ(parse({"--steps", "18446744073709551616"})
                ->number("steps", 0)
                .status()
                .text(),
            "--steps: expected a whole number of at most 18446744073709551615, "
            "found '18446744073709551616'");
  EXPECT_EQ(parse({"--steps", "1"})->number("steps", 0, 2).status().sentence(),
            "expected a whole number of at least 2, found '1'");
  EXPECT_EQ(*parse({"--steps", "18446744073709551615"})->number("steps", 0),
            UINT64_MAX);
}

TEST(Arguments, ShowsTheirHelp) {
  EXPECT_EQ(helpText(kSpecs), "  --steps N               how many\n"
                              "  -o, --out FILE          where to\n"
                              "  --data SOURCE           what\n"
                              "  --new                   anyway\n");
}

static std::vector<uint64_t>
passesWhere(bool (*holds)(const TrainOptions &, uint64_t, uint64_t),
            const TrainOptions &options, uint64_t passes) {
  std::vector<uint64_t> found;
  for (uint64_t pass = 1; pass <= passes; ++pass)
    if (holds(options, pass, passes))
      found.push_back(pass);
  return found;
}

TEST(TrainOptions, LogAndSampleByCountsAlone) {
  using List = std::vector<uint64_t>;
  TrainOptions options;
  EXPECT_EQ(passesWhere(isLogged, options, 1000).size(), 1000u);
  EXPECT_EQ(passesWhere(isLogged, options, 20000).size(), 1001u);
  EXPECT_TRUE(isLogged(options, 100, 200000));
  EXPECT_FALSE(isLogged(options, 101, 200000));
  EXPECT_EQ(passesWhere(isSampled, options, 250), (List{100, 200, 250}));
  EXPECT_EQ(passesWhere(isSampled, options, 2000).size(), 10u);
  options.logEvery = 4;
  EXPECT_EQ(passesWhere(isLogged, options, 10), (List{1, 4, 8, 10}));
  options.hasSampleEvery = true;
  EXPECT_EQ(passesWhere(isSampled, options, 10), (List{10}));
  options.sampleEvery = 3;
  EXPECT_EQ(passesWhere(isSampled, options, 10), (List{3, 6, 9, 10}));
}

TEST(DataOptions, RefuseWhatIsNoChoice) {
  constexpr std::array<OptionSpec, 4> kDataSpecs = {
      kDataOption, kOnBadDataOption, kDataThreadsOption, kDataCacheOption};
  auto read = [&](std::vector<std::string> words) {
    return readDataOptions(*Arguments::parse(kDataSpecs, words));
  };
  Result<DataOptions> options =
      read({"--on-bad-data=skip", "--data-threads=3", "--data-cache=kept"});
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(options->onBad, OnBadData::Skip);
  EXPECT_EQ(options->threads, 3u);
  EXPECT_EQ(options->keep, "kept");
  EXPECT_EQ(read({"--on-bad-data=go"}).status().text(),
            "--on-bad-data: expected stop or skip, found 'go'");
  EXPECT_EQ(read({"--data-threads=2000"}).status().text(),
            "--data-threads: cannot use 2000 threads, at most 1024");
}
