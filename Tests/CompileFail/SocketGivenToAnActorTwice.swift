import ZeroMQ

actor Owner {
  var socket: PushSocket?
  func take(_ socket: sending PushSocket) { self.socket = socket }
}

func share(_ context: Context, _ first: Owner, _ second: Owner) async throws {
  let socket = try context.socket(.push)
  // expected-error@+1 {{sending 'socket' risks causing data races}}
  await first.take(socket)
  await second.take(socket)
}
