// RUN: gan-opt %s --gan-form-steps --gan-inline-calls --gan-thread-storage --gan-verify-tensor -o %t.mlir
// RUN: gan-interpret %t.mlir --steps 3 --seed 5 | FileCheck %s

// What the stage must keep, in numbers that can be worked out by hand.
gan.model @m {
  gan.storage @a param tensor<f64> init = <constant, [1.0]> owner = "A"
  gan.storage @b param tensor<f64> init = <constant, [10.0]> owner = "A"
  gan.storage @c state tensor<f64> init = <constant, [0.0]> owner = "A"
  gan.storage @copied param tensor<f64> copy = @drawn owner = "A"
  gan.storage @drawn param tensor<f64> init = <normal, [0.0, 1.0]> owner = "A"
  gan.storage @z state tensor<f64> init = <constant, [0.0]> owner = "A"

  // y = x + c; c counts the calls; the draw has the path of the call.
  func.func @count(%k: tensor<2xi64>, %x: tensor<f64>) -> (tensor<f64>, tensor<f64>) attributes {gan.role = "network"} {
    %one = gan.constant dense<1.0> : tensor<f64>
    %c = gan.load @c : tensor<f64>
    %d = gan.add %c, %one : tensor<f64>
    gan.store %d, @c : tensor<f64>
    %now = gan.load @c : tensor<f64>
    %y = gan.add %x, %now : tensor<f64>
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<f64>
    return %y, %z : tensor<f64>, tensor<f64>
  }
  // Two calls, the first frozen: both see c + 1.
  func.func @calls_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %zero = gan.constant dense<0.0> : tensor<f64>
    %y:2 = gan.call @count(%k, %zero) path = "N#0" frozen_state : (tensor<2xi64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
    %w:2 = gan.call @count(%k, %zero) path = "N#1" : (tensor<2xi64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)
    %same = gan.sub %y#0, %w#0 : tensor<f64>
    gan.report %same as "frozen" : tensor<f64>
    gan.report %w#0 as "count" : tensor<f64>
    %z = gan.random %k stream = "N#1/z" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<f64>
    %path = gan.sub %z, %w#1 : tensor<f64>
    gan.report %path as "path" : tensor<f64>
    gan.store %z, @z : tensor<f64>
    %copied = gan.load @copied : tensor<f64>
    %drawn = gan.load @drawn : tensor<f64>
    %copy = gan.sub %copied, %drawn : tensor<f64>
    gan.report %copy as "copy" : tensor<f64>
    return
  }
  // The same draw as the move that it reuses.
  func.func @again_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %z = gan.random %k stream = "N#1/z" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<f64>
    %before = gan.load @z : tensor<f64>
    %reuse = gan.sub %z, %before : tensor<f64>
    gan.report %reuse as "reuse" : tensor<f64>
    return
  }
  // What one move stores the next one reads: a := b; b := a; c := 2 c twice.
  func.func @a_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %b = gan.load @b : tensor<f64>
    gan.store %b, @a : tensor<f64>
    %a = gan.load @a : tensor<f64>
    gan.report %a as "a" : tensor<f64>
    %c = gan.load @c : tensor<f64>
    %cc = gan.add %c, %c : tensor<f64>
    gan.store %cc, @c : tensor<f64>
    return
  }
  func.func @b_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %a = gan.load @a : tensor<f64>
    gan.store %a, @b : tensor<f64>
    %c = gan.load @c : tensor<f64>
    %cc = gan.add %c, %c : tensor<f64>
    gan.store %cc, @c : tensor<f64>
    return
  }
  // c: 0, 1, 2 * 2 * 1 = 4; 5, 20; 21, 84.
  // CHECK: {"a":10,"copy":0,"count":1,"frozen":0,"path":0,"phase":"train","reuse":0,"step":1}
  // CHECK: {"a":10,"copy":0,"count":5,"frozen":0,"path":0,"phase":"train","reuse":0,"step":2}
  // CHECK: {"a":10,"copy":0,"count":21,"frozen":0,"path":0,"phase":"train","reuse":0,"step":3}
  gan.phase @train 3 "steps" batch = 1 {
    gan.play @calls_1 player = "calls"
    gan.play @again_1 player = "again" reuse = "calls"
    gan.play @a_1 player = "a"
    gan.play @b_1 player = "b"
  }
}
