import XCTest
import ZeroMQ

/// A STREAM's messages have two frames, however they are sent: libzmq would take others for parts of the next ones.
final class StreamMessageTests: ZeroMQTestCase {
  /// A STREAM and the routing ID of the client that it has.
  private func makeServer() throws -> (server: StreamSocket, client: RawTCPClient, id: Frame) {
    let server = try context.socket(.stream)
    let client = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
    return (server, client, try next(server)[0])
  }

  /// Checks that a message of two frames is sent whole.
  private func assertWorks(_ server: StreamSocket, _ client: RawTCPClient, _ id: Frame, line: UInt = #line) throws {
    try server.send([id, "hello"])
    XCTAssertEqual(client.receive(5), Array("hello".utf8), line: line)
  }

  func testMessageOfOneFrameIsRefused() throws {
    let (server, client, id) = try makeServer()
    assertThrows(.invalidArgument) { try server.send(Message(id)) }
    assertThrows(.invalidArgument) { try server.send("text") }
    assertThrows(.invalidArgument) { try server.send([1, 2, 3]) }
    assertThrows(.invalidArgument) { _ = try server.sendIfReady("text") }
    assertThrows(.invalidArgument) { _ = try server.send(Message(id), timeout: .seconds(1)) }
    try assertWorks(server, client, id)
  }

  func testMessageOfThreeFramesIsRefused() throws {
    let (server, client, id) = try makeServer()
    let message: Message = [id, "one", "two"]
    assertThrows(.invalidArgument) { try server.send(message) }
    assertThrows(.invalidArgument) { _ = try server.sendIfReady(message) }
    assertThrows(.invalidArgument) { _ = try server.send(message, timeout: .seconds(1)) }
    try assertWorks(server, client, id)
  }

  func testMessageThroughAViewIsRefused() throws {
    let (server, client, id) = try makeServer()
    let view = AnySocket(server)
    assertThrows(.invalidArgument) { try view.send("text") }
    assertThrows(.invalidArgument) { try view.send([id, "one", "two"]) }
    try assertWorks(server, client, id)
  }

  func testFrameByFrameTwoFramesAreNeeded() throws {
    let (server, client, id) = try makeServer()
    assertThrows(.invalidArgument) { try server.send(UniqueFrame(id), more: false) }
    try server.send(UniqueFrame(id), more: true)
    assertThrows(.invalidArgument) { try server.send(UniqueFrame("one"), more: true) }
    try server.send(UniqueFrame("one"), more: false)
    XCTAssertEqual(client.receive(3), Array("one".utf8))
    var frame = UniqueFrame(id)
    assertThrows(.invalidArgument) { _ = try server.sendIfReady(&frame, more: false) }
    XCTAssertTrue(try server.sendIfReady(&frame, more: true))
    frame = UniqueFrame("two")
    XCTAssertTrue(try server.sendIfReady(&frame, more: false))
    XCTAssertEqual(client.receive(3), Array("two".utf8))
    try assertWorks(server, client, id)
  }

  func testMessageToAClientThatHasGoneWaitsUntilItsLastMessagesAreReceived() throws {
    let (server, client, id) = try makeServer()
    let otherClient = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
    client.end()
    // The end is a message, which nobody receives yet.
    try waitUntil("the end of the connection") { try !server.sendIfReady([id, "hello"]) }
    XCTAssertFalse(try server.send([id, "hello"], timeout: .milliseconds(20)))
    let messages = [try next(server), try next(server)]
    XCTAssertTrue(messages.contains([id, ""]), "\(messages)")
    assertThrows(.hostUnreachable) { try server.send([id, "hello"]) }
    try assertWorks(server, otherClient, try XCTUnwrap(messages.map(\.[0]).first { $0 != id }))
  }

  func testErrorSaysWhatAMessageHas() throws {
    let error = assertThrows(.invalidArgument) { try context.socket(.stream).send("text") }
    XCTAssertTrue(error?.description.contains("two frames") ?? false, "\(error as Any)")
  }

  func testClosedStreamSaysSo() throws {
    let stream = try context.socket(.stream)
    stream.close()
    assertThrows(.notSocket) { try stream.send("text") }
    assertThrows(.notSocket) { try stream.send(["id", "text"]) }
  }

  func testAsynchronousFormsRefuseToo() async throws {
    let context = try Context(.init(blocky: false))
    let server = try context.socket(.stream)
    var codes: [ZeroMQError.Code?] = []
    do { try await server.send("text") } catch { codes.append((error as? ZeroMQError)?.code) }
    do { try await server.send(["one", "two", "three"] as Message) } catch { codes.append((error as? ZeroMQError)?.code) }
    do { try await server.send(UniqueFrame("one"), more: false) } catch { codes.append((error as? ZeroMQError)?.code) }
    XCTAssertEqual(codes, [.invalidArgument, .invalidArgument, .invalidArgument])
  }
}
