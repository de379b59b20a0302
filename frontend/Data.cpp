// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Data: what a record holds. The files are bound by the trainer.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

// What a kind of field makes of its arguments: the entries of the dictionary of
// gan.data.
struct FieldBuilder {
  BuiltinCall &call;
  Builder builder;
  NamedAttrList &entries;

  void setShape(ArrayRef<int64_t> shape) {
    entries.set("shape", builder.getDenseI64ArrayAttr(shape));
  }

  // One of the words, or the first where nothing is said.
  std::optional<StringRef> getWord(size_t index, StringRef name,
                                   ArrayRef<StringLiteral> words) {
    if (call[index].isAbsent())
      return StringRef(words.front());
    const auto *word = call[index].getIf<StringRef>();
    if (word && llvm::is_contained(words, *word))
      return *word;
    std::string known;
    for (StringRef each : words)
      known += (known.empty() ? "\"" : ", \"") + each.str() + "\"";
    call.fail("'" + name + "' is one of " + known + ", but found " +
              spell(call[index]));
    return std::nullopt;
  }

  // How a picture becomes one of the model's extents, the larger of which is
  // `most`.
  bool setFit(int64_t most) {
    std::optional<int64_t> resize =
        call[4].isAbsent() ? 0 : call.getInt(4, "resize");
    std::optional<bool> flip =
        call[6].isAbsent() ? false : call.getBool(6, "flip");
    if (!resize || !flip)
      return false;
    constexpr int64_t kMostExtent = 65535;
    if (*resize != 0 && (*resize < most || *resize > kMostExtent))
      return call.fail("'resize' is 0 or from the larger extent on, " +
                       std::to_string(most) + " to " +
                       std::to_string(kMostExtent) + ", but found " +
                       std::to_string(*resize)),
             false;
    std::optional<StringRef> crop = getWord(5, "crop", {"center", "random"});
    std::optional<StringRef> filter = getWord(
        7, "filter", {"bilinear", "nearest", "box", "bicubic", "lanczos"});
    if (!crop || !filter)
      return false;
    // What is not said leaves no trace.
    if (*resize)
      entries.set("resize", builder.getI64IntegerAttr(*resize));
    if (*crop != "center")
      entries.set("crop", builder.getStringAttr(*crop));
    if (*flip)
      entries.set("flip", builder.getBoolAttr(true));
    if (*filter != "bilinear")
      entries.set("filter", builder.getStringAttr(*filter));
    return true;
  }

  // How many pictures are the channels of an image, and how many such images
  // there are, if not one of them for each picture.
  std::optional<int64_t> setStack() {
    std::optional<int64_t> stack = call.getInt(8, "stack"),
                           count = call.getInt(9, "count");
    if (!stack || !count)
      return std::nullopt;
    if (*stack < 1 || *count < 0)
      return call.fail("'stack' is from 1 on, and 'count' from 0 on"),
             std::nullopt;
    if (*stack == 1 && *count > 0)
      return call.fail("'count' says how many stacks of pictures there are, "
                       "but 'stack' is 1: an image is one picture"),
             std::nullopt;
    // What is not said leaves no trace.
    if (*stack > 1)
      entries.set("stack", builder.getI64IntegerAttr(*stack));
    if (*count > 0)
      entries.set("count", builder.getI64IntegerAttr(*count));
    return stack;
  }

  // c, h, w, range, resize, crop, flip, filter, stack, count.
  bool buildImage() {
    std::optional<int64_t> c = call.getInt(0, "c"), h = call.getInt(1, "h"),
                           w = call.getInt(2, "w");
    const auto *range = call[3].getIf<const List *>();
    if (!c || !h || !w)
      return false;
    if (*c < 1 || *h < 1 || *w < 1)
      return call.fail("an image has positive extents"), false;
    if (!call.tensors.fits({*c, *h, *w}))
      return false;
    std::optional<double> low, high;
    if (range && (*range)->items.size() == 2) {
      low = (*range)->items[0].getNumber();
      high = (*range)->items[1].getNumber();
    }
    if (!low || !high || *low >= *high)
      return call.fail("'range' is [low, high], but found " + spell(call[3])),
             false;
    std::optional<int64_t> stack = setStack();
    if (!stack || !call.tensors.fits({*stack, *c, *h, *w}) ||
        !setFit(std::max(*h, *w)))
      return false;
    setShape({*stack * *c, *h, *w});
    entries.set("low", builder.getF64FloatAttr(*low));
    entries.set("high", builder.getF64FloatAttr(*high));
    return true;
  }

  bool setClasses() {
    std::optional<int64_t> n = call.getInt(0, "the number of classes");
    if (!n)
      return false;
    if (*n < 1)
      return call.fail("a " + call.callee.str() + " has at least one class"),
             false;
    entries.set("classes", builder.getI64IntegerAttr(*n));
    return true;
  }

  bool buildLabel() {
    setShape({});
    return setClasses();
  }

  // n, h, w.
  bool buildMap() {
    std::optional<int64_t> h = call.getInt(1, "h"), w = call.getInt(2, "w");
    if (!setClasses() || !h || !w)
      return false;
    if (*h < 1 || *w < 1)
      return call.fail("a map has positive extents"), false;
    constexpr int64_t kMostClasses = 256;
    if (*call.getInt(0, "n") > kMostClasses)
      return call.fail("a map has up to " + std::to_string(kMostClasses) +
                       " classes, since it is read from bytes"),
             false;
    if (!call.tensors.fits({*h, *w}))
      return false;
    setShape({*h, *w});
    return true;
  }

  // n, length.
  bool buildSequence() {
    std::optional<int64_t> length = call.getInt(1, "length");
    if (!setClasses() || !length)
      return false;
    if (*length < 1)
      return call.fail("a sequence has at least one element"), false;
    if (!call.tensors.fits({*length}))
      return false;
    setShape(*length);
    return true;
  }

  bool buildVector() {
    std::optional<int64_t> n = call.getInt(0, "the length");
    if (!n)
      return false;
    if (*n < 1)
      return call.fail("a vector has at least one element"), false;
    std::optional<int64_t> of = call.getInt(1, "of"),
                           mean = call.getInt(2, "mean");
    if (!of || !mean)
      return false;
    if (*of < 1 || *mean < 0 || *mean > *of)
      return call.fail("'of' counts the vectors of a record, from 1 on, and "
                       "'mean' those that are averaged, none or up to all"),
             false;
    setShape({*n});
    // What is not said leaves no trace.
    if (*of > 1)
      entries.set("of", builder.getI64IntegerAttr(*of));
    if (*mean > 1)
      entries.set("mean", builder.getI64IntegerAttr(*mean));
    return true;
  }

  // How far made points are from their places, and how many there are, said by
  // these arguments.
  bool setPoints(size_t stdIndex, size_t countIndex) {
    std::optional<double> std = call.getNumber(stdIndex, "std");
    std::optional<int64_t> count = call.getInt(countIndex, "count");
    if (!std || !count)
      return false;
    if (*std < 0 || *count < 0)
      return call.fail("'std' and 'count' are from 0 on"), false;
    entries.set("std", builder.getF64FloatAttr(*std));
    entries.set("count", builder.getI64IntegerAttr(*count));
    return true;
  }

  bool buildSwissRoll() {
    setShape(int64_t{2});
    return setPoints(0, 1);
  }

  bool buildMixture() {
    const auto *rows = call[0].getIf<const List *>();
    if (!setPoints(1, 2))
      return false;
    SmallVector<double> centres;
    size_t width = 0;
    if (rows)
      for (const Value &item : (*rows)->items) {
        const auto *row = item.getIf<const List *>();
        width = row && centres.empty() ? (*row)->items.size() : width;
        if (!row || (*row)->items.size() != width)
          return call.fail("centres are rows of one length"), false;
        for (const Value &x : (*row)->items)
          if (std::optional<double> number = x.getNumber())
            centres.push_back(*number);
      }
    if (width == 0 || centres.size() != width * (*rows)->items.size())
      return call.fail("centres are a list of rows of numbers"), false;
    setShape(static_cast<int64_t>(width));
    entries.set("centres", builder.getDenseF64ArrayAttr(centres));
    return true;
  }

  bool buildIndex() {
    setShape({});
    return true;
  }
};

struct FieldKind {
  StringLiteral name, signature;
  bool (FieldBuilder::*build)();
};

constexpr FieldKind kinds[] = {
    {"image",
     "c, h, w, range =, resize =, crop =, flip =, filter =, stack = 1, count = "
     "0",
     &FieldBuilder::buildImage},
    {"label", "n", &FieldBuilder::buildLabel},
    {"map", "n, h, w", &FieldBuilder::buildMap},
    {"sequence", "n, length", &FieldBuilder::buildSequence},
    {"vector", "n, of = 1, mean = 0", &FieldBuilder::buildVector},
    {"mixture", "centres, std, count = 0", &FieldBuilder::buildMixture},
    {"swiss_roll", "std, count = 0", &FieldBuilder::buildSwissRoll},
    {"index", "", &FieldBuilder::buildIndex},
};

} // namespace

// The field that an argument of `other` names, among those before it.
static DictionaryAttr findNamed(const ast::Argument &argument,
                                ArrayRef<Attribute> before) {
  const auto *name = dyn_cast<ast::NameExpr>(argument.value.get());
  for (Attribute each : before) {
    auto field = cast<DictionaryAttr>(each);
    if (name && field.getAs<StringAttr>("name") == name->name)
      return field;
  }
  return {};
}

// `other(f, differs: g)` is what `f` is, and says of which records it is.
static DictionaryAttr elaborateOther(const ast::DataField &field,
                                     ArrayRef<Attribute> before,
                                     const Site &site) {
  if (field.arguments.size() != 2 || !field.arguments[0].name.empty() ||
      field.arguments[1].name != "differs")
    return site.error("'other' is of a field and of what differs: "
                      "other(x, differs: y)"),
           DictionaryAttr();
  DictionaryAttr of = findNamed(field.arguments[0], before),
                 differs = findNamed(field.arguments[1], before);
  if (!of || !differs)
    return site.error("'other' names fields of its data that stand before it"),
           DictionaryAttr();
  if (of.get("other"))
    return site.error("'other' is of a field that is no 'other' itself"),
           DictionaryAttr();
  StringRef kind = differs.getAs<StringAttr>("kind").getValue();
  if ((kind != "label" && kind != "index") || differs.get("other"))
    return site.error("'differs' names a label or an index"), DictionaryAttr();
  NamedAttrList entries(of);
  entries.set("other", of.get("name"));
  entries.set("differs", differs.get("name"));
  entries.set("name", StringAttr::get(of.getContext(), field.name.text));
  return entries.getDictionary(of.getContext());
}

DictionaryAttr Evaluator::elaborateField(const ast::DataField &field,
                                         ArrayRef<Attribute> before,
                                         Scope &scope) {
  Site site = getSite(field.kind.loc);
  if (field.kind.text == "other")
    return elaborateOther(field, before, site);
  const FieldKind *kind = llvm::find_if(
      kinds, [&](const FieldKind &k) { return k.name == field.kind.text; });
  if (kind == std::end(kinds)) {
    site.error("'" + field.kind.text +
               "' is no kind of data; there are image, label, map, sequence, "
               "vector, mixture, swiss_roll, index and other");
    return {};
  }
  std::optional<std::vector<Given>> given =
      evaluateArguments(field.arguments, scope);
  if (!given)
    return {};
  std::optional<std::vector<Value>> arguments =
      resolveArguments(kind->name, kind->signature, *given, site);
  if (!arguments)
    return {};
  if (kind->name == "image" && (*arguments)[3].isAbsent())
    (*arguments)[3] = pool.list({int64_t{-1}, int64_t{1}});
  BuiltinCall call(kind->name, *arguments, site, getBuilder(), pool, *this);
  NamedAttrList entries;
  Builder builder(context);
  entries.set("name", builder.getStringAttr(field.name.text));
  entries.set("kind", builder.getStringAttr(kind->name));
  FieldBuilder fields{call, builder, entries};
  if (!(fields.*kind->build)())
    return {};
  return entries.getDictionary(context);
}

// Height and width.
static ArrayRef<int64_t> extentsOf(DictionaryAttr field) {
  return field.getAs<DenseI64ArrayAttr>("shape").asArrayRef().take_back(2);
}

// The map `field`, resized, cut and mirrored as the first image of its data
// that has its extents, so that each of its pixels is one of the image.
static DictionaryAttr followImage(DictionaryAttr field,
                                  ArrayRef<Attribute> fields,
                                  const Site &site) {
  DictionaryAttr other;
  for (Attribute each : fields) {
    auto image = cast<DictionaryAttr>(each);
    if (image.getAs<StringAttr>("kind") != "image" || image.get("stack"))
      continue;
    if (extentsOf(image) != extentsOf(field)) {
      other = image;
      continue;
    }
    NamedAttrList entries(field);
    for (StringRef key : {"resize", "crop", "flip"})
      if (Attribute value = image.get(key))
        entries.set(key, value);
    return entries.getDictionary(field.getContext());
  }
  if (!other)
    return field;
  auto extents = [](DictionaryAttr of) {
    return std::to_string(extentsOf(of)[0]) + " x " +
           std::to_string(extentsOf(of)[1]);
  };
  site.error("a map has the extents of an image of its data, " +
             extents(other) + ", but found " + extents(field));
  return {};
}

void Evaluator::elaborateData(const ast::DataDecl &data, Scope &scope) {
  if (!declareForUsers(data.name, data.loc))
    return;
  SmallVector<Attribute> fields;
  for (const ast::DataField &field : data.fields) {
    DictionaryAttr entries = elaborateField(field, fields, scope);
    if (!entries)
      return;
    fields.push_back(entries);
  }
  for (auto [field, declared] : llvm::zip(fields, data.fields)) {
    auto entries = cast<DictionaryAttr>(field);
    if (entries.getAs<StringAttr>("kind") != "map")
      continue;
    field = followImage(entries, fields, getSite(declared.kind.loc));
    if (!field)
      return;
  }
  OpBuilder builder = OpBuilder::atBlockEnd(&model.getBody().front());
  DataOp::create(builder, data.loc, data.name, builder.getArrayAttr(fields));
}

} // namespace gan::frontend
