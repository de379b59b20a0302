// RUN: gan-opt %s -verify-diagnostics -split-input-file --allow-unregistered-dialect

// distribution C1
// expected-error@+1 {{a normal distribution has 2 parameters, found 1}}
"test.attributes"() {a = #gan.distribution<normal, [1.0]>} : () -> ()

// -----

// distribution C2, normal
// expected-error@+1 {{a standard deviation must be >= 0, found -1}}
"test.attributes"() {a = #gan.distribution<normal, [0.0, -1.0]>} : () -> ()

// -----

// distribution C2, uniform
// expected-error@+1 {{a uniform distribution needs low <= high, found 1}}
"test.attributes"() {a = #gan.distribution<uniform, [1.0, -1.0]>} : () -> ()

// -----

// order C1
// expected-error@+1 {{an order needs at least one split, found 0}}
"test.attributes"() {a = #gan.order<splits = 0, lanes = 1>} : () -> ()

// -----

// order C2
// expected-error@+1 {{the lanes of an order must be a power of two, found 12}}
"test.attributes"() {a = #gan.order<splits = 1, lanes = 12>} : () -> ()

// -----

// distribution C1, identity
// expected-error@+1 {{a identity distribution has 0 parameters, found 1}}
"test.attributes"() {a = #gan.distribution<identity, [1.0]>} : () -> ()

// -----

// distribution C2, truncated_normal
// expected-error@+1 {{a truncated normal distribution needs a cut > 0, found 0}}
"test.attributes"() {a = #gan.distribution<truncated_normal, [0.0, 1.0, 0.0]>} : () -> ()
