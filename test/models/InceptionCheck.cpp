// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inception-v3 of the Fréchet inception distance, written once more: plain
// loops in double precision after pytorch-fid's inception.py, with random
// weights, against a library of models/features/inception.gan.
//
// usage: gan-inception-check write FILE           the weights, as PyTorch names
//        gan-inception-check compare LIBRARY WEIGHTS   (of images 3 x 64 x 64)
#include "runtime/format/Generator.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

// A tensor [c, h, w].
struct Planes {
  int c, h, w;
  std::vector<double> v;
  Planes(int c, int h, int w) : c(c), h(h), w(w), v(size_t(c) * h * w) {}
  size_t at(int channel, int y) const { return (size_t(channel) * h + y) * w; }
  double *row(int channel, int y) { return &v[at(channel, y)]; }
  const double *row(int channel, int y) const { return &v[at(channel, y)]; }
};

// Numbers that follow from a name, in [low, high).
class Weights {
public:
  struct Tensor {
    std::vector<int> shape;
    std::vector<float> values;
  };
  const std::vector<float> &get(const std::string &name,
                                const std::vector<int> &shape, double low,
                                double high);
  void write(const std::string &path) const;

private:
  std::map<std::string, Tensor> tensors;
};

struct Window {
  int rows = 1, columns = 1, stride = 1, top = 0, left = 0;
};

// The network on one image.
class Inception {
public:
  explicit Inception(Weights &weights) : weights(weights) {}
  // Features, 2048, and logits, 1008.
  std::pair<std::vector<double>, std::vector<double>> run(Planes x);

private:
  Planes basic(const Planes &x, const std::string &name, int n, Window window);
  Planes basic(const Planes &x, const std::string &name, int n, int k = 1,
               int stride = 1, int padding = 0) {
    return basic(x, name, n, Window{k, k, stride, padding, padding});
  }
  Planes row(const Planes &x, const std::string &name, int n, int k) {
    return basic(x, name, n, Window{1, k, 1, 0, k / 2});
  }
  Planes column(const Planes &x, const std::string &name, int n, int k) {
    return basic(x, name, n, Window{k, 1, 1, k / 2, 0});
  }
  Planes blockA(const Planes &x, const std::string &name, int n);
  Planes blockB(const Planes &x, const std::string &name);
  Planes blockC(const Planes &x, const std::string &name, int n);
  Planes blockD(const Planes &x, const std::string &name);
  Planes blockE(const Planes &x, const std::string &name, bool takesLargest);

  Weights &weights;
};

} // namespace

// ---- weights

static uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

const std::vector<float> &Weights::get(const std::string &name,
                                       const std::vector<int> &shape,
                                       double low, double high) {
  Tensor &tensor = tensors[name];
  if (!tensor.values.empty())
    return tensor.values;
  size_t count = 1;
  for (int extent : shape)
    count *= extent;
  uint64_t key = 0;
  for (char letter : name)
    key = mix(key ^ static_cast<unsigned char>(letter));
  tensor.shape = shape;
  for (size_t i = 0; i < count; ++i)
    tensor.values.push_back(static_cast<float>(
        low +
        (high - low) * static_cast<double>(mix(key + i) >> 11) * 0x1p-53));
  return tensor.values;
}

void Weights::write(const std::string &path) const {
  std::string header = "{";
  size_t offset = 0;
  for (const auto &[name, tensor] : tensors) {
    std::string shape;
    for (int extent : tensor.shape)
      shape += (shape.empty() ? "" : ", ") + std::to_string(extent);
    size_t bytes = tensor.values.size() * sizeof(float);
    header += (offset ? ", \"" : "\"") + name +
              "\": {\"dtype\": \"F32\", \"shape\": [" + shape +
              "], \"data_offsets\": [" + std::to_string(offset) + ", " +
              std::to_string(offset + bytes) + "]}";
    offset += bytes;
  }
  header += "}";
  header.resize((header.size() + 7) / 8 * 8, ' ');
  std::ofstream file(path, std::ios::binary);
  uint64_t length = header.size();
  file.write(reinterpret_cast<const char *>(&length), sizeof(length));
  file << header;
  for (const auto &[name, tensor] : tensors)
    file.write(reinterpret_cast<const char *>(tensor.values.data()),
               tensor.values.size() * sizeof(float));
}

// ---- layers

// Calls `visit(y, x, v, u)` for each pixel (v, u) of the image that the window
// of (y, x) sees, where columns of windows are those of `rows` by `columns`.
template <typename VisitFn>
static void forEachSeen(const Planes &x, const Window &window, int rows,
                        int columns, VisitFn visit) {
  for (int y = 0; y < rows; ++y)
    for (int p = 0; p < columns; ++p)
      for (int i = 0; i < window.rows; ++i)
        for (int j = 0; j < window.columns; ++j) {
          int v = y * window.stride + i - window.top;
          int u = p * window.stride + j - window.left;
          if (v >= 0 && v < x.h && u >= 0 && u < x.w)
            visit(y, p, v, u);
        }
}

static int extentOf(int size, int kernel, int stride, int padding) {
  return (size + 2 * padding - kernel) / stride + 1;
}

static Planes convolve(const Planes &x, const float *weight, int n,
                       const Window &k) {
  Planes y(n, extentOf(x.h, k.rows, k.stride, k.top),
           extentOf(x.w, k.columns, k.stride, k.left));
  for (int o = 0; o < n; ++o)
    for (int c = 0; c < x.c; ++c)
      for (int i = 0; i < k.rows; ++i)
        for (int j = 0; j < k.columns; ++j) {
          double factor = *weight++;
          // The columns whose pixel lies in the image.
          int begin = std::max(0, (k.left - j + k.stride - 1) / k.stride);
          int end = std::min(y.w, (x.w - 1 - j + k.left) / k.stride + 1);
          for (int p = 0; p < y.h; ++p) {
            int v = p * k.stride + i - k.top;
            if (v < 0 || v >= x.h)
              continue;
            double *into = y.row(o, p);
            const double *from = x.row(c, v) + j - k.left;
            for (int q = begin; q < end; ++q)
              into[q] += factor * from[q * k.stride];
          }
        }
  return y;
}

// Convolution, batch norm with stored statistics, relu.
Planes Inception::basic(const Planes &x, const std::string &name, int n,
                        Window k) {
  double bound = std::sqrt(6.0 / (x.c * k.rows * k.columns));
  const std::vector<float> &weight = weights.get(
      name + ".conv.weight", {n, x.c, k.rows, k.columns}, -bound, bound);
  const auto &gain = weights.get(name + ".bn.weight", {n}, 0.8, 1.2);
  const auto &bias = weights.get(name + ".bn.bias", {n}, -0.2, 0.2);
  const auto &mean = weights.get(name + ".bn.running_mean", {n}, -0.2, 0.2);
  const auto &variance = weights.get(name + ".bn.running_var", {n}, 0.5, 1.5);
  Planes y = convolve(x, weight.data(), n, k);
  for (int o = 0; o < n; ++o) {
    double scale = gain[o] / std::sqrt(variance[o] + 1e-3);
    double *plane = y.row(o, 0);
    for (int i = 0; i < y.h * y.w; ++i)
      plane[i] = std::max(0.0, (plane[i] - mean[o]) * scale + bias[o]);
  }
  return y;
}

static Planes largest(const Planes &x, int k, int stride, int padding) {
  Planes y(x.c, extentOf(x.h, k, stride, padding),
           extentOf(x.w, k, stride, padding));
  std::fill(y.v.begin(), y.v.end(), -INFINITY);
  for (int c = 0; c < x.c; ++c)
    forEachSeen(x, {k, k, stride, padding, padding}, y.h, y.w,
                [&](int p, int q, int v, int u) {
                  double &into = y.row(c, p)[q];
                  into = std::max(into, x.row(c, v)[u]);
                });
  return y;
}

// count_include_pad=False
static Planes means(const Planes &x) {
  Planes y(x.c, x.h, x.w);
  for (int c = 0; c < x.c; ++c) {
    std::vector<int> counts(size_t(x.h) * x.w);
    forEachSeen(x, {3, 3, 1, 1, 1}, x.h, x.w, [&](int p, int q, int v, int u) {
      y.row(c, p)[q] += x.row(c, v)[u];
      ++counts[size_t(p) * x.w + q];
    });
    for (size_t i = 0; i < counts.size(); ++i)
      y.row(c, 0)[i] /= counts[i];
  }
  return y;
}

static Planes join(const std::vector<Planes> &parts) {
  int channels = 0;
  for (const Planes &part : parts)
    channels += part.c;
  Planes y(channels, parts[0].h, parts[0].w);
  double *into = y.v.data();
  for (const Planes &part : parts)
    into = std::copy(part.v.begin(), part.v.end(), into);
  return y;
}

// ---- blocks: InceptionA to E of torchvision, as FID changes them

Planes Inception::blockA(const Planes &x, const std::string &name, int n) {
  Planes five = basic(x, name + ".branch5x5_1", 48);
  Planes dbl = basic(x, name + ".branch3x3dbl_1", 64);
  dbl = basic(dbl, name + ".branch3x3dbl_2", 96, 3, 1, 1);
  return join({basic(x, name + ".branch1x1", 64),
               basic(five, name + ".branch5x5_2", 64, 5, 1, 2),
               basic(dbl, name + ".branch3x3dbl_3", 96, 3, 1, 1),
               basic(means(x), name + ".branch_pool", n)});
}

Planes Inception::blockB(const Planes &x, const std::string &name) {
  Planes dbl = basic(x, name + ".branch3x3dbl_1", 64);
  dbl = basic(dbl, name + ".branch3x3dbl_2", 96, 3, 1, 1);
  return join({basic(x, name + ".branch3x3", 384, 3, 2),
               basic(dbl, name + ".branch3x3dbl_3", 96, 3, 2),
               largest(x, 3, 2, 0)});
}

Planes Inception::blockC(const Planes &x, const std::string &name, int n) {
  Planes seven = basic(x, name + ".branch7x7_1", n);
  seven = row(seven, name + ".branch7x7_2", n, 7);
  seven = column(seven, name + ".branch7x7_3", 192, 7);
  Planes dbl = basic(x, name + ".branch7x7dbl_1", n);
  dbl = column(dbl, name + ".branch7x7dbl_2", n, 7);
  dbl = row(dbl, name + ".branch7x7dbl_3", n, 7);
  dbl = column(dbl, name + ".branch7x7dbl_4", n, 7);
  dbl = row(dbl, name + ".branch7x7dbl_5", 192, 7);
  return join({basic(x, name + ".branch1x1", 192), seven, dbl,
               basic(means(x), name + ".branch_pool", 192)});
}

Planes Inception::blockD(const Planes &x, const std::string &name) {
  Planes three = basic(x, name + ".branch3x3_1", 192);
  Planes seven = basic(x, name + ".branch7x7x3_1", 192);
  seven = column(row(seven, name + ".branch7x7x3_2", 192, 7),
                 name + ".branch7x7x3_3", 192, 7);
  return join({basic(three, name + ".branch3x3_2", 320, 3, 2),
               basic(seven, name + ".branch7x7x3_4", 192, 3, 2),
               largest(x, 3, 2, 0)});
}

Planes Inception::blockE(const Planes &x, const std::string &name,
                         bool takesLargest) {
  Planes three = basic(x, name + ".branch3x3_1", 384);
  Planes dbl = basic(x, name + ".branch3x3dbl_1", 448);
  dbl = basic(dbl, name + ".branch3x3dbl_2", 384, 3, 1, 1);
  return join({basic(x, name + ".branch1x1", 320),
               row(three, name + ".branch3x3_2a", 384, 3),
               column(three, name + ".branch3x3_2b", 384, 3),
               row(dbl, name + ".branch3x3dbl_3a", 384, 3),
               column(dbl, name + ".branch3x3dbl_3b", 384, 3),
               basic(takesLargest ? largest(x, 3, 1, 1) : means(x),
                     name + ".branch_pool", 192)});
}

std::pair<std::vector<double>, std::vector<double>> Inception::run(Planes x) {
  x = basic(x, "Conv2d_1a_3x3", 32, 3, 2);
  x = basic(x, "Conv2d_2a_3x3", 32, 3);
  x = largest(basic(x, "Conv2d_2b_3x3", 64, 3, 1, 1), 3, 2, 0);
  x = basic(x, "Conv2d_3b_1x1", 80);
  x = largest(basic(x, "Conv2d_4a_3x3", 192, 3), 3, 2, 0);
  x = blockA(x, "Mixed_5b", 32);
  x = blockA(x, "Mixed_5c", 64);
  x = blockA(x, "Mixed_5d", 64);
  x = blockB(x, "Mixed_6a");
  x = blockC(x, "Mixed_6b", 128);
  x = blockC(x, "Mixed_6c", 160);
  x = blockC(x, "Mixed_6d", 160);
  x = blockC(x, "Mixed_6e", 192);
  x = blockD(x, "Mixed_7a");
  x = blockE(x, "Mixed_7b", /*takesLargest=*/false);
  x = blockE(x, "Mixed_7c", /*takesLargest=*/true);
  std::vector<double> features(2048);
  for (int c = 0; c < 2048; ++c)
    for (int i = 0; i < x.h * x.w; ++i)
      features[c] += x.row(c, 0)[i] / (x.h * x.w);
  const auto &weight = weights.get("fc.weight", {1008, 2048}, -0.05, 0.05);
  const auto &bias = weights.get("fc.bias", {1008}, -0.1, 0.1);
  std::vector<double> logits(bias.begin(), bias.end());
  for (int o = 0; o < 1008; ++o)
    for (int c = 0; c < 2048; ++c)
      logits[o] += double(weight[size_t(o) * 2048 + c]) * features[c];
  return {features, logits};
}

// Bilinear, pixels seen at their centres, without antialiasing.
static Planes resize(const Planes &x, int size) {
  Planes y(x.c, size, size);
  auto place = [&](int i, int extent) {
    return std::clamp((i + 0.5) * extent / size - 0.5, 0.0, extent - 1.0);
  };
  for (int c = 0; c < x.c; ++c)
    for (int p = 0; p < size; ++p)
      for (int q = 0; q < size; ++q) {
        double v = place(p, x.h), u = place(q, x.w);
        int top = std::min(int(v), x.h - 2), left = std::min(int(u), x.w - 2);
        double t = v - top, s = u - left;
        const double *above = x.row(c, top), *below = x.row(c, top + 1);
        y.row(c, p)[q] =
            (1 - t) * ((1 - s) * above[left] + s * above[left + 1]) +
            t * ((1 - s) * below[left] + s * below[left + 1]);
      }
  return y;
}

// ---- the comparison

static bool isNear(const char *what, const float *found,
                   const std::vector<double> &expected) {
  double error = 0, size = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    error += (found[i] - expected[i]) * (found[i] - expected[i]);
    size += expected[i] * expected[i];
  }
  double relative = std::sqrt(error / size);
  std::printf("%s: relative error %.1e, of a norm of %.4g\n", what, relative,
              std::sqrt(size));
  return size > 0 && relative <= 1e-4;
}

template <typename T> static T *find(void *library, const char *name) {
  return reinterpret_cast<T *>(dlsym(library, name));
}

static int compare(const char *path, const char *file) {
  constexpr int side = 64;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return std::fprintf(stderr, "%s\n", dlerror()), 1;
  auto *open = find<decltype(gan_open)>(library, "gan_open");
  auto *generate = find<decltype(gan_generate)>(library, "gan_generate");
  auto *error = find<decltype(gan_error)>(library, "gan_error");
  gan_generator *network = open(file, nullptr, 0);
  std::vector<float> image(3 * side * side), features(2048), logits(1008);
  for (size_t i = 0; i < image.size(); ++i)
    image[i] = static_cast<float>(mix(i / 7) >> 11) * 0x1p-53f;
  const void *inputs[] = {image.data()};
  if (!network ||
      generate(network, 0, 1, 0, inputs, features.data(), 2048 * 4) ||
      generate(network, 1, 1, 0, inputs, logits.data(), 1008 * 4))
    return std::fprintf(stderr, "%s\n", error()), 1;
  Planes x(3, side, side);
  std::copy(image.begin(), image.end(), x.v.begin());
  x = resize(x, 299);
  for (double &value : x.v)
    value = 2 * value - 1;
  Weights weights;
  auto [expected, scores] = Inception(weights).run(x);
  bool isGood = isNear("features", features.data(), expected);
  isGood &= isNear("logits", logits.data(), scores);
  return isGood ? 0 : 1;
}

int main(int argc, char **argv) {
  if (argc == 4 && !std::strcmp(argv[1], "compare"))
    return compare(argv[2], argv[3]);
  if (argc != 3 || std::strcmp(argv[1], "write"))
    return 2;
  Weights weights;
  Inception(weights).run(Planes(3, 75, 75));
  weights.write(argv[2]);
  return 0;
}
