// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-verify-plan))' -split-input-file -verify-diagnostics

// expected-error @below {{has no memory plan: run gan-plan-memory}}
gan.model @m {
}

// -----

// expected-error @below {{has buffer 0 at 8 of 64 bytes, outside its arena of 128 bytes or not at a multiple of 64}}
gan.model @m attributes {gan.arena_bytes = 128 : i64, gan.buffers = array<i64: 8, 64>} {
}

// -----

// expected-error @below {{has buffer 0 at 9223372036854775744 of 64 bytes, outside its arena of 128 bytes or not at a multiple of 64}}
gan.model @m attributes {gan.arena_bytes = 128 : i64, gan.buffers = array<i64: 9223372036854775744, 64>} {
}

// -----

// expected-error @below {{has buffer 0 on the bytes of buffer 1, which is kept between entries}}
gan.model @m attributes {gan.arena_bytes = 128 : i64, gan.buffers = array<i64: 0, 64, 0, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %b = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

gan.model @m attributes {gan.arena_bytes = 128 : i64, gan.buffers = array<i64: 0, 64, 64, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    // expected-error @below {{needs a buffer of at least 64 bytes for every value}}
    %b = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 7>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    // expected-error @below {{reads buffer 0, but its operand is in buffer 2}}
    %b = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    // expected-error @below {{writes buffer 2 while buffer 2 on the same bytes is still to be read}}
    %c = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %b = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 2>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    // expected-error @below {{writes buffer 2 on bytes that it reads at other indices}}
    %c = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 2>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.transpose %p permutation = [0] : tensor<16xf32> -> tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %b = gan.kernel hero(elementwise) (%c) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 2>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  // expected-error @below {{returns result 0 from another buffer than it says}}
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %b = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

// expected-error @below {{names buffer 1 of 1}}
gan.model @m attributes {gan.arena_bytes = 64 : i64, gan.buffers = array<i64: 0, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %b = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 0>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    // expected-error @below {{needs one buffer per operand and result}}
    %b = gan.copy %x : tensor<16xf32>
    return %b : tensor<16xf32>
  }
}

// -----

// What one kernel of a launch computes another cannot read.
gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.launch = 0 : i64, gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    // expected-error @below {{reads what another kernel of its launch 0 : i64 computes}}
    %b = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.launch = 0 : i64, gan.inputs = array<i64: 2>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

// Nor is what another kernel of the launch reads written over, though the one that writes reads it at its own index.
gan.model @m attributes {gan.arena_bytes = 256 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64, 192, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64})
      -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}, tensor<16xf32> {gan.output = "z", gan.buffer = 3 : i64}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.inputs = array<i64: 0>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    // expected-error @below {{writes buffer 1 while buffer 1 on the same bytes is still to be read}}
    %b = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.launch = 1 : i64, gan.inputs = array<i64: 1>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %c = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.launch = 1 : i64, gan.inputs = array<i64: 1>, gan.outputs = array<i64: 3>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b, %c : tensor<16xf32>, tensor<16xf32>
  }
}

// -----

// Nor do two kernels of a launch write the same bytes.
gan.model @m attributes {gan.arena_bytes = 192 : i64, gan.buffers = array<i64: 0, 64, 64, 64, 128, 64>} {
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<16xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    // expected-error @below {{writes buffer 1 while buffer 1 on the same bytes is still to be read}}
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.launch = 0 : i64, gan.inputs = array<i64: 0>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %b = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> attributes {gan.launch = 0 : i64, gan.inputs = array<i64: 0>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %b : tensor<16xf32>
  }
}

// -----

// A kernel may follow in its launch only what computes, block by block, what it reads.
gan.model @m attributes {gan.arena_bytes = 2432 : i64, gan.buffers = array<i64: 0, 2048, 2048, 32, 2112, 32>} {
  func.func @s(%x: tensor<8x64xf32> {gan.data = "d.x", gan.buffer = 0 : i64}) -> (tensor<8xf32> {gan.output = "y", gan.buffer = 1 : i64}) attributes {gan.role = "step"} {
    %m = gan.kernel hero(reduction) (%x) : (tensor<8x64xf32>) -> tensor<8xf32> attributes {gan.launch = 0 : i64, gan.inputs = array<i64: 0>, gan.outputs = array<i64: 2>} {
    ^bb0(%p: tensor<8x64xf32>):
      %s = gan.sum %p dims = [1] : tensor<8x64xf32> -> tensor<8xf32>
      gan.yield %s : tensor<8xf32>
    }
    // expected-error @below {{reads what another kernel of its launch 0 : i64 computes}}
    %v = gan.kernel hero(reduction) (%x, %m) : (tensor<8x64xf32>, tensor<8xf32>) -> tensor<8xf32> attributes {gan.follows, gan.launch = 0 : i64, gan.inputs = array<i64: 0, 2>, gan.outputs = array<i64: 1>} {
    ^bb0(%p: tensor<8x64xf32>, %q: tensor<8xf32>):
      %f = gan.flip %q dims = [0] : tensor<8xf32>
      %b = gan.broadcast %f dims = [0] : tensor<8xf32> -> tensor<8x64xf32>
      %c = gan.sub %p, %b : tensor<8x64xf32>
      %s = gan.sum %c dims = [1] : tensor<8x64xf32> -> tensor<8xf32>
      gan.yield %s : tensor<8xf32>
    }
    return %v : tensor<8xf32>
  }
}

// -----

gan.model @shards attributes {gan.shards = 2 : i64, gan.arena_bytes = 128 : i64, gan.shard_offset = 64 : i64, gan.buffers = array<i64: 0, 64, 64, 64>} {
  // expected-error @below {{has buffer 0 on the wrong side of gan.shard_offset for what each shard has for itself}}
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x", gan.move = 0 : i64, gan.buffer = 0 : i64}) attributes {gan.role = "step", gan.shards = 2 : i64} {
    return
  }
}
