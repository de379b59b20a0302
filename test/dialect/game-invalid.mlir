// RUN: gan-opt %s -verify-diagnostics -split-input-file

gan.model @model_c1 {
  // expected-error@+1 {{cannot stand directly in a model}}
  %0 = gan.constant dense<0.0> : tensor<4xf64>
}

// -----

gan.model @model_c2 {
  // expected-error@+1 {{has the unknown role 'teacher'}}
  func.func @f() attributes {gan.role = "teacher"} {
    return
  }
}

// -----

// data C1: what every field has
// expected-error@+1 {{needs 'name', 'kind' and 'shape' in every field, found {kind = "image", name = "x"}}}
gan.data @data_c1 fields = [{name = "x", kind = "image"}]

// -----

// data C1: names
// expected-error@+1 {{has two fields 'x'}}
gan.data @data_c1 fields = [{name = "x", kind = "index", shape = array<i64>}, {name = "x", kind = "index", shape = array<i64>}]

// -----

// data C1: kinds
// expected-error@+1 {{field 'x': unknown kind 'sound'}}
gan.data @data_c1 fields = [{name = "x", kind = "sound", shape = array<i64>}]

// -----

// data C2: image
// expected-error@+1 {{field 'x': an image needs three extents and reals 'low' < 'high'}}
gan.data @data_c2 fields = [{name = "x", kind = "image", shape = array<i64: 3, 4, 4>, low = 1.0 : f64, high = -1.0 : f64}]

// -----

// data C2: image, resize
// expected-error@+1 {{field 'x': an image needs a 'resize' from its extents on}}
gan.data @data_c2_resize fields = [{name = "x", kind = "image", shape = array<i64: 3, 4, 4>, low = -1.0 : f64, high = 1.0 : f64, resize = 3}]

// -----

// data C2: image, filter
// expected-error@+1 {{field 'x': an image needs a known 'crop' and 'filter'}}
gan.data @data_c2_filter fields = [{name = "x", kind = "image", shape = array<i64: 3, 4, 4>, low = -1.0 : f64, high = 1.0 : f64, filter = "sharp"}]

// -----

// data C2: image, stack
// expected-error@+1 {{field 'x': an image needs channels that its 'stack' divides, and a 'count' of stacks only}}
gan.data @data_c2_stack fields = [{name = "x", kind = "image", shape = array<i64: 3, 4, 4>, low = -1.0 : f64, high = 1.0 : f64, stack = 2}]

// -----

// data C2: image, count
// expected-error@+1 {{field 'x': an image needs channels that its 'stack' divides, and a 'count' of stacks only}}
gan.data @data_c2_count fields = [{name = "x", kind = "image", shape = array<i64: 3, 4, 4>, low = -1.0 : f64, high = 1.0 : f64, count = 2}]

// -----

// data C3: other
// expected-error@+1 {{field 'w': the record of an 'other' needs a field of its kind and shape, and a label or index that 'differs'}}
gan.data @data_c3 fields = [{name = "x", kind = "vector", shape = array<i64: 2>}, {name = "w", kind = "vector", shape = array<i64: 2>, other = "x", differs = "x"}]

// -----

// data C2: vector
// expected-error@+1 {{field 't': a vector needs a 'mean' of 1 to 3 of a record, found 4}}
gan.data @data_c2 fields = [{name = "t", kind = "vector", shape = array<i64: 2>, of = 3, mean = 4}]

// -----

// data C2: label
// expected-error@+1 {{a label needs 'classes' of at least 1}}
gan.data @data_c2 fields = [{name = "y", kind = "label", shape = array<i64>}]

// -----

// data C2: map, axes
// expected-error@+1 {{a map has 2 axes}}
gan.data @data_c2 fields = [{name = "m", kind = "map", shape = array<i64: 8>, classes = 3 : i64}]

// -----

// data C2: map, classes
// expected-error@+1 {{a map has up to 256 'classes', found 257}}
gan.data @data_c2 fields = [{name = "m", kind = "map", shape = array<i64: 8, 8>, classes = 257 : i64}]

// -----

// data C2: sequence
// expected-error@+1 {{a sequence has 1 axes}}
gan.data @data_c2 fields = [{name = "t", kind = "sequence", shape = array<i64>, classes = 3 : i64}]

// -----

// data C2: swiss_roll, axes
// expected-error@+1 {{a swiss_roll lies in the plane}}
gan.data @data_c2 fields = [{name = "x", kind = "swiss_roll", shape = array<i64: 3>, std = 0.1 : f64}]

// -----

// data C2: swiss_roll, std
// expected-error@+1 {{a swiss_roll needs 'std' of at least 0}}
gan.data @data_c2 fields = [{name = "x", kind = "swiss_roll", shape = array<i64: 2>, std = -0.1 : f64}]

// -----

// data C2: mixture, centres
// expected-error@+1 {{a mixture needs 'centres' of as many reals each as its shape says}}
gan.data @data_c2 fields = [{name = "x", kind = "mixture", shape = array<i64: 2>, centres = array<f64: 1.0, 2.0, 3.0>, std = 0.1 : f64}]

// -----

// data C2: mixture, std
// expected-error@+1 {{a mixture needs 'std' of at least 0}}
gan.data @data_c2 fields = [{name = "x", kind = "mixture", shape = array<i64: 1>, centres = array<f64: 1.0>}]

// -----

// data C2: mixture, count
// expected-error@+1 {{a mixture needs 'count' of at least 0}}
gan.data @data_c2 fields = [{name = "x", kind = "mixture", shape = array<i64: 1>, centres = array<f64: 1.0>, std = 0.1 : f64, count = -1 : i64}]

// -----

func.func @read_c3(%key: tensor<3xi64>) {
  // expected-error@+1 {{needs a key of type 'tensor<2xi64>', found 'tensor<3xi64>'}}
  %x = gan.read @photos "x" at %key : tensor<3xi64> -> tensor<4x2xf64>
  return
}

// -----

func.func @report_c1(%x: tensor<4xf64>) {
  // expected-error@+1 {{reports one number, found 'tensor<4xf64>'}}
  gan.report %x as "loss" : tensor<4xf64>
  return
}

// -----

// phase C1
// expected-error@+1 {{needs the unit 'steps', 'images' or 'epochs', found 'days'}}
gan.phase @phase_c1 10 "days" batch = 4 {
}

// -----

// phase C2
// expected-error@+1 {{needs a length and a batch of at least 1, found 0 and 4}}
gan.phase @phase_c2 0 "steps" batch = 4 {
}

// -----

// phase C3
// expected-error@+1 {{has 'until' without 'check', or the reverse}}
gan.phase @phase_c3 1 "steps" batch = 4 until = @f {
}

// -----

// phase C3
// expected-error@+1 {{needs a 'check' of at least 1, found 0}}
gan.phase @phase_c3_zero 1 "steps" batch = 4 until = @f check = 0 {
}

// -----

// repeat C1
// expected-error@+1 {{the clock has 'step', 'images', 'epoch' and 'progress', found 'now'}}
gan.repeat "now" {
}

// -----

// when C1
// expected-error@+1 {{unknown clock operator '=>'}}
gan.when ["=>", "step", 1.0] {
} else {
}

// -----

// run C2
// expected-error@+1 {{needs at least one move, found 0}}
gan.run @train moves = 0
