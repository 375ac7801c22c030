import Foundation
import XCTest
import ZeroMQ
import ZeroMQFoundationCompat

private struct Order: Codable {
  let item: String
  let count: Int
}

private struct Price: Codable, Equatable {
  let worker: String
  let cents: Int
}

final class JSONServiceTests: XCTestCase {
  /// Requests in JSON through a proxy to a service of two processes, which get every second one each.
  func testProxySpreadsRequestsOverTwoProcesses() throws {
    let context = try Context()
    let (frontend, backend) = (try context.socket(.router), try context.socket(.dealer))
    let clients = try frontend.bind("tcp://127.0.0.1:*")
    let workers = try backend.bind("tcp://127.0.0.1:*")
    let monitor = try backend.monitor([.handshakeSucceeded])
    let processes = try ["first", "second"].map { try startWorker(workers, $0) }
    defer {
      for process in processes {
        process.terminate()
        process.waitUntilExit()
      }
    }
    for _ in processes { XCTAssertNotNil(try monitor.receive(timeout: .seconds(60)), "a worker did not connect") }
    monitor.close()
    let bridge = Bridge(frontend, backend)

    let client = try context.socket(.req)
    try client.connect(clients)
    var prices: [Price] = []
    for count in 1...4 {
      let reply = try client.request(Frame(json: Order(item: "Grüße", count: count)), timeout: .seconds(30))
      let answer = try XCTUnwrap(reply, "no reply to request \(count)")
      XCTAssertEqual(answer[0], "ok")
      prices.append(try answer[1].decode())
    }
    XCTAssertEqual(prices.map(\.cents), [250, 500, 750, 1000])
    XCTAssertEqual(Set(prices.map(\.worker)), ["first", "second"])
    let refusal = try client.request("{", timeout: .seconds(30))
    XCTAssertEqual(refusal?.first, "error")

    client.close()
    context.shutdown()
    bridge.waitForEnd()
  }

  private func startWorker(_ endpoint: String, _ name: String) throws -> Process {
    let process = Process()
    // On Linux the tests' bundle is the folder of the products itself.
    let bundle = Bundle(for: JSONServiceTests.self).bundleURL
    let products = bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
    process.executableURL = products.appendingPathComponent("worker")
    process.arguments = [endpoint, name]
    try process.run()
    return process
  }
}

/// A proxy on a thread of its own, which ends when the context is shut down.
private final class Bridge: Sendable {
  private let done = DispatchSemaphore(value: 0)

  init(_ frontend: sending RouterSocket, _ backend: sending DealerSocket) {
    nonisolated(unsafe) let sockets = (frontend, backend)
    Thread.detachNewThread { [done] in
      do { try proxy(frontend: sockets.0, backend: sockets.1, capture: nil) } catch {}
      sockets.0.close()
      sockets.1.close()
      done.signal()
    }
  }

  func waitForEnd() {
    XCTAssertEqual(done.wait(timeout: .now() + 10), .success, "the proxy did not end")
  }
}
