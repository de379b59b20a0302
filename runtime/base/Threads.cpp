// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Threads.h"

#include <utility>

using namespace gan::runtime;

static void *doWork(void *work) {
  (*static_cast<std::function<void()> *>(work))();
  return nullptr;
}

bool Threads::begin(std::function<void()> work) {
  works.push_back(std::move(work));
  pthread_t thread;
  if (pthread_create(&thread, nullptr, doWork, &works.back()) != 0) {
    works.pop_back();
    return false;
  }
  threads.push_back(thread);
  return true;
}

void Threads::join() {
  for (pthread_t thread : threads)
    pthread_join(thread, nullptr);
  threads.clear();
  works.clear();
}
