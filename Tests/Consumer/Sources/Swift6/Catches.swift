import ZeroMQ

/// Every form of `catch` that the documentation shows, where compilers have failed on them: in and around loops, and in closures.
func catchInLoops(_ context: Context) throws {
  let socket = try context.socket(.rep)
  for _ in 0..<2 {
    do { try socket.send("x") } catch .wrongState {}
  }
  for _ in 0..<2 {
    do { try socket.send("x") } catch ZeroMQError.Code.wrongState {}
  }
  for port in [99999, 100000] {
    do {
      try socket.bind("tcp://127.0.0.1:\(port)")
      return
    } catch let error as ZeroMQError where error.code == .addressInUse {
      continue
    } catch let error as ZeroMQError {
      precondition(error.code == .invalidArgument)
    }
  }
  for _ in 0..<2 {
    do {
      try socket.send("x")
    } catch {
      guard let error = error as? ZeroMQError, error.code == .wrongState else { throw error }
    }
  }
  for _ in 0..<2 {
    do {
      try socket.send("x")
    } catch let error as ZeroMQError {
      switch error.code {
      case .wrongState: continue
      case .contextTerminated: return
      default: throw error
      }
    }
  }
  var count = 0
  while count < 2 {
    count += 1
    do { try socket.send("x") } catch .hostUnreachable { print("no such peer") } catch .wrongState {}
  }
  while count < 4 {
    count += 1
    do { try socket.send("x") } catch let error as ZeroMQError { precondition(error.code == .wrongState) }
  }
  repeat {
    count += 1
    do { _ = try socket.receiveIfReady() } catch .contextTerminated { break } catch .interrupted { continue }
  } while count < 6
  do {
    for _ in 0..<2 { try socket.send("x") }
  } catch .wrongState {}
  do {
    while true { try socket.send("x") }
  } catch .wrongState {} catch .contextTerminated {}
  do {
    while true { try socket.send("x") }
  } catch let error as ZeroMQError {
    precondition(error.code == .wrongState)
  }
  let refused = {
    do { try socket.send("x") } catch .wrongState { return true }
    return false
  }
  let all = try (0..<2).map { _ -> ZeroMQError.Code? in
    do { try socket.send("x") } catch let error as ZeroMQError where error.code == .wrongState { return error.code }
    return nil
  }
  let isRefused = try refused()
  precondition(isRefused && all == [.wrongState, .wrongState])
  socket.close()
}
