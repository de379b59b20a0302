// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/File.h"
#include "runtime/report/Curves.h"
#include "runtime/report/EventFile.h"
#include "runtime/report/ImageGrid.h"
#include "runtime/report/Journal.h"
#include "runtime/report/MetricsLog.h"
#include "runtime/report/MetricsTable.h"
#include "runtime/report/Page.h"
#include "runtime/report/Png.h"
#include "runtime/report/Progress.h"
#include "runtime/report/RunFolder.h"
#include "runtime/report/Samples.h"
#include "runtime/report/Scatter.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <png.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static const double kNan = std::numeric_limits<double>::quiet_NaN();

static std::string contentOf(const std::string &path) {
  Result<FileBytes> bytes = readFile(path, 1 << 20);
  return bytes.ok() ? std::string(textOf(*bytes)) : bytes.status().text();
}

static Picture tile(const std::vector<double> &values,
                    const SampleShape &shape) {
  return tileImages(shape, [&](size_t i) { return values[i]; });
}

template <typename T>
static Samples makeSamples(std::vector<uint64_t> shape,
                           const std::vector<T> &values) {
  auto bytes = std::as_bytes(std::span(values));
  return {.shape = std::move(shape),
          .element = sizeof(T) == 4 ? format::ElementType::F32
                                    : format::ElementType::F64,
          .bytes = {bytes.begin(), bytes.end()}};
}

TEST(ImageGrid, TilesRoundsAndCuts) {
  // Three images of one row: a grid of two by two, the last place black.
  std::vector<double> values = {-1, 1, 0, 0.5, 7, kNan};
  Picture grid = tile(values, {3, 1, 1, 2, -1, 1});
  EXPECT_EQ(grid.width, 2 * (2 + 2) + 2);
  EXPECT_EQ(grid.height, 2 * (1 + 2) + 2);
  auto at = [&](int64_t y, int64_t x) {
    return static_cast<int>(grid.pixels[y * grid.width + x]);
  };
  EXPECT_EQ(at(2, 2), 0);
  EXPECT_EQ(at(2, 3), 255);
  EXPECT_EQ(at(2, 4), 0);   // the border
  EXPECT_EQ(at(2, 6), 128); // 127.5
  EXPECT_EQ(at(2, 7), 191); // 191.25
  EXPECT_EQ(at(5, 2), 255);
  EXPECT_EQ(at(5, 3), 0);
  int64_t sum = 0;
  for (uint8_t pixel : grid.pixels)
    sum += pixel;
  EXPECT_EQ(sum, 255 + 128 + 191 + 255); // nothing elsewhere
}

TEST(ImageGrid, PutsChannelsTogether) {
  Picture grid = tile({0, 0.2, 0.4, 0.6, 0.8, 1}, {1, 3, 1, 2, 0, 1});
  size_t first = 3 * (2 * grid.width + 2);
  std::vector<uint8_t> pixels(grid.pixels.begin() + first,
                              grid.pixels.begin() + first + 6);
  EXPECT_EQ(pixels, (std::vector<uint8_t>{0, 102, 204, 51, 153, 255}));
}

TEST(Png, IsReadBack) {
  ScratchFolder folder;
  for (int channels : {1, 3}) {
    Picture picture{
        .width = 5, .height = 3, .channels = channels, .pixels = {}};
    for (int i = 0; i < 15 * channels; ++i)
      picture.pixels.push_back(static_cast<uint8_t>(17 * i));
    std::string path = folder / "a.png";
    ASSERT_TRUE(writePng(path, picture).ok());
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    ASSERT_TRUE(png_image_begin_read_from_file(&image, path.c_str()));
    EXPECT_EQ(image.width, 5u);
    EXPECT_EQ(image.height, 3u);
    image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    std::vector<uint8_t> pixels(PNG_IMAGE_SIZE(image));
    ASSERT_TRUE(
        png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr));
    EXPECT_EQ(pixels, picture.pixels);
  }
}

TEST(MetricsLog, WritesOneObjectALine) {
  ScratchFolder folder;
  StepReport report{
      .step = 500,
      .phase = "train",
      .imagesPerSecond = 51.25,
      .metrics = {{"discriminator.loss", 0.5}, {"generator.loss", kNan}}};
  Result<MetricsLog> log = MetricsLog::open(folder / "metrics.jsonl");
  ASSERT_TRUE(log.ok());
  ASSERT_TRUE(log->append(report).ok());
  ASSERT_TRUE(log->append(report).ok());
  std::string line = R"({"step":500,"phase":"train","images_per_second":51.25,)"
                     R"("discriminator.loss":0.5,"generator.loss":null})";
  EXPECT_EQ(contentOf(folder / "metrics.jsonl"), line + "\n" + line + "\n");
}

TEST(Progress, TellsStepLossesRateAndTime) {
  StepReport report{.step = 500,
                    .phase = "train",
                    .imagesPerSecond = 51.23,
                    .metrics = {{"generator.loss", 1.20412}}};
  std::string details = detailsText(report);
  EXPECT_EQ(details, "generator.loss 1.204  51.2 images/s");
  EXPECT_EQ(progressText("step", 500, 1000, details, 102.4),
            "step 500/1000  generator.loss 1.204  51.2 images/s  1:42 left");
  EXPECT_EQ(progressText("sample", 500, 1000, "", 7389),
            "sample 500/1000  2:03:09 left");
}

TEST(Progress, DrawsABarThatFits) {
  EXPECT_EQ(barText("step", 500, 1000, "loss 1", 102.4, /*columns=*/200),
            "[##########          ]  50%  step 500/1000  1:42 left  loss 1");
  EXPECT_EQ(barText("step", 1000, 1000, "", 0, /*columns=*/0),
            "[####################] 100%  step 1000/1000  0:00 left  ");
  EXPECT_EQ(barText("step", 0, 1000, "loss 1", 9, /*columns=*/40).size(), 39u);
}

TEST(Curves, KeepMeanLeastAndGreatest) {
  Curves curves;
  constexpr uint64_t kSteps = 100000;
  for (uint64_t step = 1; step <= kSteps; ++step)
    curves.add({.step = step,
                .phase = "train",
                .imagesPerSecond = 1,
                .metrics = {{"g.loss", step == 777    ? 1e6
                                       : step < 50000 ? double(step)
                                                      : kNan}}});
  Json json = curves.json();
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[0]["name"], "g.loss");
  EXPECT_EQ(json[0]["values"], kSteps);
  EXPECT_EQ(json[1]["name"], "images_per_second");
  const Json &points = json[0]["points"];
  EXPECT_LE(points.size(), Curves::kMostPoints);
  EXPECT_GT(points.size(), Curves::kMostPoints / 2 - 1);
  // A spike stays, whatever becomes of its neighbours; no value at all does,
  // too.
  double greatest = 0, steps = 0;
  for (const Json &point : points) {
    EXPECT_GT(point[0].get<double>(), steps);
    steps = point[0].get<double>();
    if (!point[3].is_null())
      greatest = std::max(greatest, point[3].get<double>());
  }
  EXPECT_EQ(greatest, 1e6);
  EXPECT_TRUE(points.back()[1].is_null());
  EXPECT_EQ(points[0][2], 1);
}

TEST(MetricsTable, HasAColumnAMetric) {
  ScratchFolder folder;
  std::string log = folder / "m.jsonl";
  ASSERT_TRUE(
      writeFile(log, bytesOf(R"({"step":1,"phase":"a","images_per_second":2,)"
                             R"("d.loss":0.5,"g.loss":null})"
                             "\n"
                             R"({"step":1,"event":"nan","action":"warn",)"
                             R"("first":1,"text":"x"})"
                             "\n"
                             R"({"step":2,"phase":"b,c","images_per_second":3,)"
                             R"("fid":7})"
                             "\n{\"st"))
          .ok());
  ASSERT_TRUE(writeMetricsTable(log, folder / "m.csv").ok());
  EXPECT_EQ(contentOf(folder / "m.csv"),
            "step,phase,images_per_second,d.loss,g.loss,fid\n"
            "1,a,2,0.5,nan,\n2,\"b,c\",3,,,7\n");
}

TEST(MetricsLog, TellsOfEvents) {
  ScratchFolder folder;
  std::string path = folder / "metrics.jsonl";
  {
    Result<MetricsLog> log = MetricsLog::open(path);
    ASSERT_TRUE(log.ok());
    ASSERT_TRUE(
        log->append(StepReport{.step = 4, .phase = "p", .metrics = {}}).ok());
    ASSERT_TRUE(log->append(RunEvent{.step = 4,
                                     .kind = "nan",
                                     .action = "rollback",
                                     .first = 9,
                                     .text = "'g.loss' is nan"})
                    .ok());
  }
  std::vector<uint64_t> steps;
  std::vector<std::string> events;
  ASSERT_TRUE(MetricsLog::read(
                  path, [&](const StepReport &r) { steps.push_back(r.step); },
                  [&](const RunEvent &e) { events.push_back(jsonLine(e)); })
                  .ok());
  EXPECT_EQ(steps, std::vector<uint64_t>{4});
  EXPECT_EQ(events,
            std::vector<std::string>{
                R"({"step":4,"event":"nan","action":"rollback","first":9,)"
                R"("text":"'g.loss' is nan"})"});
  EXPECT_TRUE(MetricsLog::cut(path, 4).ok());
  EXPECT_NE(contentOf(path).find("rollback"), std::string::npos);
}

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
  std::string page = pageText("a < b", {{"text", "</script>"}}, 15);
  EXPECT_NE(page.find("<title>a &lt; b</title>"), std::string::npos);
  EXPECT_NE(page.find("http-equiv=\"refresh\" content=\"15\""),
            std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>"), std::string::npos);
  for (const char *outside : {"src=\"http", "href=", "@import", "url("})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_EQ(pageText("a", {}, 0).find("refresh"), std::string::npos);
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

TEST(RunFolder, KnowsHowMuchIsFree) {
  ScratchFolder folder;
  EXPECT_GT(*freeBytes(folder.path), 0u);
  EXPECT_EQ(freeBytes(folder / "none").status().sentence(),
            "cannot be asked for its free space: No such file or directory");
}

TEST(MetricsLog, IsCutBehindAStep) {
  ScratchFolder folder;
  std::string path = folder / "metrics.jsonl";
  auto cut = [&](const std::string &text, uint64_t step) {
    EXPECT_TRUE(writeFile(path, bytesOf(text)).ok());
    EXPECT_TRUE(MetricsLog::cut(path, step).ok());
    return contentOf(path);
  };
  std::string one = "{\"step\":1}\n", five = "{\"step\":5,\"a\":null}\n";
  EXPECT_EQ(cut(one + five, 5), one + five);
  EXPECT_EQ(cut(one + five, 4), one);
  EXPECT_EQ(cut(one + five, 0), "");
  // What a killed process left of its last line.
  EXPECT_EQ(cut(one + "{\"step\":2,\"a", 5), one);
  EXPECT_EQ(cut(one + "{\"st\n" + five, 5), one);
  EXPECT_TRUE(MetricsLog::cut(folder / "none", 5).ok());
  EXPECT_FALSE(exists(folder / "none"));
}

TEST(RunFolder, RefusesWhatIsNoRun) {
  ScratchFolder folder;
  std::string path = folder / "a/run";
  Result<RunFolder> run = RunFolder::claim(path);
  ASSERT_TRUE(run.ok()) << run.status().text();
  EXPECT_EQ(run->content(), RunFolder::Content::Nothing);
  EXPECT_FALSE(exists(path));
  ASSERT_TRUE(run->begin().ok());
  EXPECT_EQ(run->samplesBase(500, ""), path + "/samples/step-000500");
  EXPECT_EQ(run->samplesBase(5, "pairs"), path + "/samples/pairs-step-000005");

  ASSERT_TRUE(writeFile(folder / "notes.txt", bytesOf("mine")).ok());
  EXPECT_EQ(RunFolder::claim(folder.path).status().sentence(),
            "this is not the folder of a run (it has no options.json) and is "
            "not written over");
  EXPECT_FALSE(exists(folder / "lock"));
  Status file = RunFolder::claim(folder / "notes.txt").status();
  EXPECT_EQ(file.code(), Code::Usage);
  EXPECT_EQ(file.sentence(), "this is a file, and no folder for a run");
}

TEST(RunFolder, BelongsToOneTrainer) {
  ScratchFolder folder;
  std::string path = folder / "run";
  {
    RunFolder run = RunFolder::claim(path).take();
    ASSERT_TRUE(run.begin().ok());
    Status refused = RunFolder::claim(path).status();
    EXPECT_EQ(refused.code(), Code::Usage);
    EXPECT_EQ(refused.text(),
              path + ": another trainer is at work in this folder");
  }
  EXPECT_EQ(RunFolder::claim(path)->content(), RunFolder::Content::Beginning);
}

TEST(RunFolder, SweepsUpBehindAKilledProcess) {
  ScratchFolder folder;
  RunFolder run = RunFolder::claim(folder / "run").take();
  ASSERT_TRUE(run.begin().ok());
  for (const char *name :
       {"options.json", "notes.tmp-of-mine", "weights.safetensors.tmp-12",
        "samples/step-000500.png", "samples/step-000500.png.tmp-345"})
    ASSERT_TRUE(writeFile(run.path() + "/" + name, bytesOf("")).ok());
  ASSERT_TRUE(run.goOn(500).ok());
  std::vector<std::string> swept = {"lock", "notes.tmp-of-mine", "options.json",
                                    "samples"};
  EXPECT_EQ(*listFolder(run.path()), swept);
  EXPECT_EQ(*listFolder(run.path() + "/samples"),
            (std::vector<std::string>{"step-000500.png"}));
  // A new run begins on a swept floor, too.
  ASSERT_TRUE(writeFile(run.path() + "/model.gan.tmp-12", bytesOf("")).ok());
  ASSERT_TRUE(run.begin().ok());
  EXPECT_EQ(*listFolder(run.path()), swept);
}

TEST(RunFolder, BeginsAnewButKeepsWeights) {
  ScratchFolder folder;
  std::string path = folder / "run";
  ASSERT_TRUE(RunFolder::claim(path)->begin().ok());
  for (const char *name :
       {"options.json", "metrics.jsonl", "notes.txt", "trace.json",
        "weights.safetensors", "samples/step-000500.png"})
    ASSERT_TRUE(writeFile(path + "/" + name, bytesOf("old")).ok());
  RunFolder run = RunFolder::claim(path).take();
  EXPECT_EQ(run.content(), RunFolder::Content::Run);
  ASSERT_TRUE(run.begin().ok());
  EXPECT_EQ(*listFolder(path),
            (std::vector<std::string>{"lock", "notes.txt", "options.json",
                                      "samples", "weights.safetensors"}));
  EXPECT_TRUE(listFolder(path + "/samples")->empty());
}

TEST(Samples, WritesValuesThatComeBack) {
  EXPECT_EQ(csvText(makeSamples<float>({2}, {0.1f, -2, 1e-30f, 3})),
            "x0,x1\n0.1,-2\n1e-30,3\n");
  EXPECT_EQ(csvText(makeSamples<double>({2}, {0.1, 1.0 / 3, 0, -0.0})),
            "x0,x1\n0.1,0.3333333333333333\n0,-0\n");
}

TEST(Samples, ChoosesFilesByShape) {
  ScratchFolder folder;
  auto names = [&](std::vector<uint64_t> shape, std::vector<float> values) {
    ScratchFolder inner;
    Result<std::string> path =
        writeSamples(inner / "s", makeSamples<float>(shape, values), {});
    EXPECT_TRUE(path.ok() && exists(*path));
    return *listFolder(inner.path);
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names({1, 1, 2}, {0, 1}), Names{"s.png"});
  EXPECT_EQ(names({2, 1, 2}, {0, 1, 0, 1}), Names{"s.csv"});
  EXPECT_EQ(names({2}, {0, 1}), (Names{"s.csv", "s.png"}));
  EXPECT_EQ(names({}, {0, 1}), Names{"s.csv"});
  Samples triples = makeSamples<float>({3}, {1, 2, 3});
  EXPECT_EQ(writeSamplesTo(folder / "a.png", triples, {}).sentence(),
            "samples of 1 axes and 3 elements make no picture: name a .csv "
            "file");
  EXPECT_EQ(writeSamplesTo(folder / "a.gif", triples, {}).sentence(),
            "expected a name that ends in .png or .csv");
  EXPECT_TRUE(listFolder(folder.path)->empty());
  EXPECT_TRUE(writeSamplesTo(folder / "a.csv", triples, {}).ok());
}

TEST(Samples, AreSeenAsTheDataAre) {
  Tables tables;
  format::DataFieldT image = makeImage("x", {1, 2, 2});
  image.low = 0;
  format::DataFieldT mixture = makeField("p", "mixture", {2});
  mixture.centres = {3, 4};
  tables.addData("d", {image, mixture});
  EXPECT_EQ(viewOf(tables.data(), {1, 2, 2}).low, 0);
  EXPECT_EQ(viewOf(tables.data(), {3, 2, 2}).low, -1);
  EXPECT_EQ(viewOf(tables.data(), {2}).marks, (std::vector<double>{3, 4}));
}

TEST(Scatter, DrawsPointsUpAndRight) {
  // The marks reach to 1, the picture to 1.5.
  Picture plot = plotPoints(std::vector<double>{1, 1, 99, 0, kNan, 0},
                            std::vector<double>{-1, 0});
  auto isWhite = [&](int64_t x, int64_t y) {
    const uint8_t *pixel = &plot.pixels[3 * (y * plot.width + x)];
    return pixel[0] == 255 && pixel[1] == 255 && pixel[2] == 255;
  };
  int64_t far = plot.width * 5 / 6, near = plot.width / 6;
  EXPECT_FALSE(isWhite(far, plot.height - 1 - far));
  EXPECT_FALSE(isWhite(near, plot.height / 2 - 1));
  int64_t coloured = 0;
  for (int64_t y = 0; y < plot.height; ++y)
    for (int64_t x = 0; x < plot.width; ++x)
      coloured += !isWhite(x, y);
  EXPECT_EQ(coloured, 4 + 17); // one dot, one cross
}
