import ZeroMQ

/// Every form of `catch` that the documentation shows, in and around loops of asynchronous functions, and in asynchronous closures.
func catchInTasks(_ context: Context) async throws {
  let socket = try context.socket(.rep)
  do { try await socket.send("x") } catch .wrongState {}
  for _ in 0..<2 {
    do { try await socket.send("x") } catch .contextTerminated {} catch .wrongState {}
  }
  for _ in 0..<2 {
    do {
      try await socket.send("x")
    } catch let error as ZeroMQError where error.code == .wrongState {
      continue
    } catch is CancellationError {
      return
    }
  }
  var count = 0
  while count < 2 {
    count += 1
    do { try await socket.send("x") } catch let error as ZeroMQError { precondition(error.code == .wrongState) }
  }
  do {
    while true { try await socket.send("x") }
  } catch .wrongState {}
  do {
    while true {
      if let message = try await socket.receive(timeout: .zero) { print(message) }
      try await socket.send("x")
    }
  } catch ZeroMQError.Code.wrongState {} catch .contextTerminated {}
  let closure: @Sendable () async throws -> ZeroMQError.Code? = {
    let socket = try context.socket(.rep)
    for _ in 0..<2 {
      do { try await socket.send("x") } catch .wrongState {}
    }
    do { try await socket.send("x") } catch let error as ZeroMQError { return error.code }
    return nil
  }
  let code = try await closure()
  precondition(code == .wrongState)
  let task = Task {
    let socket = try context.socket(.pull)
    do {
      for try await message in socket.messages { print(message) }
    } catch .contextTerminated {} catch is CancellationError {}
  }
  task.cancel()
  try await task.value
  socket.close()
}
