//! A test with a deadline and a free port.

import ZeroMQ

// snippet.show
func testServerAnswers() throws {
  let context = try Context()
  let server = try context.socket(.rep)
  let endpoint = try server.bind("tcp://127.0.0.1:*")  // a free port
  let client = try context.socket(.req)
  try client.set(.linger, to: .zero)
  try client.connect(endpoint)
  try client.send("Hello")
  let request = try server.receive(timeout: .seconds(5))
  precondition(request == "Hello")  // XCTAssertEqual or #expect in a test
}
// snippet.hide
