// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What follows from the log: the page, the events for TensorBoard, and the
// journal that writes them.
#include "runtime/report/Journal.h"
#include "runtime/base/Fault.h"
#include "runtime/report/EventFile.h"
#include "runtime/report/Page.h"
#include "runtime/report/Png.h"
#include "test/runtime/base/Content.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace gan::runtime;
using namespace gan::test;

TEST(EventFile, WritesRecordsThatTensorBoardReads) {
  // RFC 3720, B.4.
  std::vector<std::byte> zeros(32);
  EXPECT_EQ(crc32c(zeros), 0x8a9136aau);
  EXPECT_EQ(crc32c(bytesOf("123456789")), 0xe3069283u);
  ScratchFolder folder;
  std::string path = folder / "tb";
  {
    Result<EventFile> file = EventFile::create(path, 0);
    ASSERT_TRUE(file.ok()) << file.status().text();
    ASSERT_TRUE(file->addMetrics(300, {{"g.loss", 0.5}}).ok());
  }
  std::string bytes = contentOf(path + "/events.out.tfevents.000001.ganc");
  // Length and its checksum, the version, then a step of two bytes.
  EXPECT_EQ(bytes[0], 9 + 2 + 2 + 13);
  EXPECT_NE(bytes.find("brain.Event:2"), std::string::npos);
  EXPECT_NE(bytes.find(std::string("\x10\xac\x02\x2a\x0f\x0a\x0d\x0a\x06"
                                   "g.loss\x15\0\0\0\x3f",
                                   20)),
            std::string::npos);
  // A second process goes on in a second file.
  ASSERT_TRUE(EventFile::create(path, 300).ok());
  EXPECT_EQ(listFolder(path)->size(), 2u);
}

TEST(Page, HoldsItsDataAndNothingElse) {
  ScratchFolder folder;
  auto pageOf = [&](const char *title, unsigned reloadSeconds) {
    Status status = writePageFile(folder / "page.html", title, reloadSeconds,
                                  [](const JsonSink &out) {
                                    out("{\"text\":");
                                    out("\"</script>\"}");
                                  });
    EXPECT_TRUE(status.ok()) << status.text();
    return contentOf(folder / "page.html");
  };
  std::string page = pageOf("a < b", 15);
  EXPECT_NE(page.find("<title>a &lt; b</title>"), std::string::npos);
  EXPECT_NE(page.find("http-equiv=\"refresh\" content=\"15\""),
            std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>"), std::string::npos);
  for (const char *outside : {"src=\"http", "href=", "@import", "url("})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_EQ(pageOf("a", 0).find("refresh"), std::string::npos);
  auto encode = [](std::string_view text) { return base64(bytesOf(text)); };
  EXPECT_EQ(encode(""), "");
  EXPECT_EQ(encode("f"), "Zg==");
  EXPECT_EQ(encode("fo"), "Zm8=");
  EXPECT_EQ(encode("foobar"), "Zm9vYmFy"); // RFC 4648, 10
  EXPECT_EQ(encode("\xff\xfe"), "//4=");
}

TEST(Journal, GoesOnAndBack) {
  ScratchFolder folder;
  RunFolder run = RunFolder::claim(folder / "run").take();
  ASSERT_TRUE(run.begin().ok());
  auto open = [&](uint64_t step) {
    return Journal::open(run,
                         {.title = "ring",
                          .about = "",
                          .steps = 9,
                          .memory = {{"arena", 64}, {"storage", Json::array()}},
                          .options = Json::object(),
                          .source = "model ring { }"},
                         step);
  };
  auto add = [](Journal &journal, uint64_t step) {
    EXPECT_TRUE(journal
                    .append(StepReport{.step = step,
                                       .phase = "train",
                                       .metrics = {{"g.loss", 0.5}}})
                    .ok());
  };
  Picture picture{
      .width = 2, .height = 2, .channels = 1, .pixels = {1, 2, 3, 4}};
  {
    Journal journal = open(0).take();
    for (uint64_t step : {1, 2, 3, 4})
      add(journal, step);
    for (uint64_t step : {2, 4}) {
      std::string path = run.samplesBase(step, "") + ".png";
      ASSERT_TRUE(writePng(path, picture).ok());
      journal.addPicture(step, "", path);
    }
    ASSERT_TRUE(journal.goBack(3).ok());
    ASSERT_TRUE(journal
                    .append(RunEvent{.step = 3,
                                     .kind = "nan",
                                     .action = "warn",
                                     .first = 3,
                                     .text = ""})
                    .ok());
    add(journal, 4);
    journal.close("ended");
  }
  {
    Journal journal = open(4).take();
    add(journal, 5);
    journal.close("done");
  }
  std::string table = contentOf(run.tablePath());
  EXPECT_EQ(table, "step,phase,images_per_second,g.loss\n1,train,0,0.5\n"
                   "2,train,0,0.5\n3,train,0,0.5\n4,train,0,0.5\n"
                   "5,train,0,0.5\n");
  std::string page = contentOf(run.pagePath());
  EXPECT_NE(page.find(R"("state":"done")"), std::string::npos);
  EXPECT_NE(page.find(R"("event":"nan")"), std::string::npos);
  EXPECT_NE(page.find(R"("values":5)"), std::string::npos);
  EXPECT_NE(page.find(R"({"step":2,"output":"","png":"iVBOR)"),
            std::string::npos);
  EXPECT_EQ(page.find("refresh\" content"), std::string::npos);
}

// What follows from the log may fail; the log may not.
TEST(Journal, GoesOnWithoutWhatCannotBeWritten) {
  ScratchFolder folder;
  RunFolder run = RunFolder::claim(folder / "run").take();
  ASSERT_TRUE(run.begin().ok());
  for (const std::string &path :
       {run.pagePath(), run.tablePath(), run.eventsPath()})
    ASSERT_TRUE(path == run.eventsPath() ? writeFile(path, bytesOf("")).ok()
                                         : makeFolders(path + "/inside").ok());
  Result<Journal> journal = Journal::open(run, JournalFacts(), 0);
  ASSERT_TRUE(journal.ok()) << journal.status().text();
  EXPECT_TRUE(
      journal->append(StepReport{.step = 1, .phase = "a", .metrics = {}}).ok());
  journal->close("done");
  EXPECT_NE(contentOf(run.metricsPath()).find("\"step\":1"), std::string::npos);
}

// Whether the records follow each other without a gap; the last may be cut.
static bool areRecords(std::string_view bytes) {
  while (bytes.size() >= 12) {
    uint64_t length = 0;
    uint32_t found = 0, crc = crc32c(bytesOf(bytes.substr(0, 8)));
    std::memcpy(&length, bytes.data(), 8);
    std::memcpy(&found, bytes.data() + 8, 4);
    if (found != (crc >> 15 | crc << 17) + 0xa282ead8)
      return false;
    bytes.remove_prefix(std::min(bytes.size(), length + 16));
  }
  return true;
}

// Each evaluation with the protocol that it had, whether told by this process
// or an earlier one.
TEST(Journal, TellsHowWasMeasured) {
  ScratchFolder folder;
  RunFolder run = RunFolder::claim(folder / "run").take();
  ASSERT_TRUE(run.begin().ok());
  Journal journal = Journal::open(run, JournalFacts(), 0).take();
  for (const char *line :
       {R"({"step":1,"evaluation.fid":2,"protocol":{"count":8}})",
        R"({"step":2,"evaluation.fid":3,"protocol":{"count":8}})",
        R"({"step":3,"evaluation.fid":4,"protocol":{"count":9}})"})
    ASSERT_TRUE(journal.appendEvaluation(line).ok());
  EXPECT_EQ(journal.appendEvaluation("{\"step\":").code(), Code::Damaged);
  auto expectRows = [&](Journal &of) {
    of.close("done");
    std::string page = contentOf(run.pagePath());
    for (
        const char *part :
        {R"("protocols":[{"count":8},{"count":9}])",
         R"("evaluations":[{"step":1,"protocol":0,"metrics":{"evaluation.fid":2.0}},)",
         R"({"step":2,"protocol":0,"metrics":{"evaluation.fid":3.0}},)",
         R"({"step":3,"protocol":1,"metrics":{"evaluation.fid":4.0}}])"})
      EXPECT_NE(page.find(part), page.npos) << part;
  };
  expectRows(journal);
  Journal later = Journal::open(run, JournalFacts(), 3).take();
  expectRows(later);
}

// Whatever could not be written or read, there is a log to go on with, and
// nothing behind half a record.
TEST(Journal, GoesOnBehindADiskThatWasFull) {
  uint64_t operations = 1;
  for (uint64_t at = 0; at < operations; ++at) {
    ScratchFolder folder;
    RunFolder run = RunFolder::claim(folder / "run").take();
    ASSERT_TRUE(run.begin().ok());
    std::string picture = run.samplesBase(1, "") + ".png";
    ASSERT_TRUE(
        writePng(
            picture,
            {.width = 2, .height = 2, .channels = 1, .pixels = {1, 2, 3, 4}})
            .ok());
    Journal journal = Journal::open(run, JournalFacts(), 0).take();
    injectFault({.kind = FaultKind::ShortWrite, .at = at});
    (void)journal.appendEvaluation(
        R"({"step":1,"evaluation.fid":2,"protocol":{"count":8}})");
    journal.addPicture(1, "", picture);
    (void)journal.goBack(1);
    operations = fileOperations();
    clearFault();
    for (uint64_t step : {2, 3, 4, 5})
      ASSERT_TRUE(journal
                      .append(StepReport{.step = step,
                                         .phase = "train",
                                         .metrics = {{"g.loss", 0.5}}})
                      .ok())
          << at;
    EXPECT_TRUE(areRecords(
        contentOf(run.eventsPath() + "/events.out.tfevents.000001.ganc")))
        << at;
    std::vector<uint64_t> steps;
    ASSERT_TRUE(MetricsLog::read(
                    run.metricsPath(),
                    [&](const StepReport &report) {
                      if (report.protocol.empty())
                        steps.push_back(report.step);
                    },
                    [](const RunEvent &) {})
                    .ok());
    EXPECT_EQ(steps, (std::vector<uint64_t>{2, 3, 4, 5})) << at;
  }
  EXPECT_GT(operations, 8u);
}

// Of a million steps and more the names no longer sort as the numbers do.
TEST(Journal, ShowsPicturesInTheOrderOfSteps) {
  ScratchFolder folder;
  RunFolder run = RunFolder::claim(folder / "run").take();
  ASSERT_TRUE(run.begin().ok());
  for (uint64_t step : {999500, 1000000})
    ASSERT_TRUE(
        writePng(
            run.samplesBase(step, "") + ".png",
            {.width = 2, .height = 2, .channels = 1, .pixels = {1, 2, 3, 4}})
            .ok());
  Journal::open(run, JournalFacts(), 1000000)->close("done");
  std::string page = contentOf(run.pagePath());
  size_t early = page.find(R"({"step":999500,"output")");
  size_t late = page.find(R"({"step":1000000,"output")");
  EXPECT_NE(late, page.npos);
  EXPECT_LT(early, late);
}
