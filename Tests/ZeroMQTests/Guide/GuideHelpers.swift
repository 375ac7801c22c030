import Foundation
import XCTest
import ZeroMQ

extension ZeroMQTestCase {
  /// Sockets of one kind that are connected to an endpoint.
  func sockets<Kind: TypedSocketKind>(_ count: Int, _ kind: Kind, connectedTo endpoint: String) throws -> [Socket<Kind>] {
    try (0..<count).map { _ in
      let socket = try context.socket(kind)
      try socket.connect(endpoint)
      return socket
    }
  }

  /// Checks that nothing comes for a while, where no later message can show it.
  func assertNothingComes(
    to socket: Socket<some ReceivingKind>, _ what: String = "", file: StaticString = #filePath, line: UInt = #line
  ) throws {
    XCTAssertNil(try socket.receive(timeout: .milliseconds(50)), what, file: file, line: line)
  }

  /// Waits until a ROUTER can reach a peer, which it can as soon as their connection is complete.
  func send(
    _ message: Message, whenReachableFrom router: RouterSocket, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    try router.set(.routerMandatory, to: true)
    try waitUntil("the connection", file: file, line: line) {
      do { return try router.sendIfReady(message) } catch .hostUnreachable {
        return false
      }
    }
  }

  /// A proxy on a thread of its own, which ends when the context is shut down: where it is bound, and the thread.
  ///
  /// Its backend is bound as well, or connected to the next proxy; a capture is a PUSH that is connected to somebody.
  func startBridge<Frontend: ProxyingKind & TypedSocketKind>(
    _ frontend: Frontend, _ backend: Frontend.ProxyPeer, over transport: Transport, to next: String? = nil,
    capturingTo capture: String? = nil
  ) throws -> (frontend: String, backend: String, thread: TestThread) where Frontend.ProxyPeer: TypedSocketKind {
    let (context, front, back) = (context, try context.socket(frontend), try context.socket(backend))
    let entrance = try front.bind(transport.newEndpoint())
    if let next { try back.connect(next) }
    let exit = try next ?? back.bind(transport.newEndpoint())
    let (frontend, backend) = (Handover(front), Handover(back))
    let thread = TestThread {
      guard let capture else { return try proxy(frontend: frontend.take(), backend: backend.take()) }
      let copies = try context.socket(.push)
      try copies.connect(capture)
      try proxy(frontend: frontend.take(), backend: backend.take(), capture: copies)
    }
    return (entrance, exit, thread)
  }
}
