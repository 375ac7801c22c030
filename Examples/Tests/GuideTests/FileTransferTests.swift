import Foundation
import XCTest
import ZeroMQ

final class FileTransferTests: GuideTestCase {
  private func transfer(_ program: String, _ size: Int) throws -> String {
    let path = "\(try makeFolder())/testdata"
    try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path))
    let transfer = try start(program, path, try freeEndpoint())
    XCTAssertEqual(try transfer.waitForExit(), 0, transfer.output)
    return transfer.output
  }

  func testAllModelsTransferWholeChunksAndAnEmptyOne() throws {
    for program in ["fileio1", "fileio2", "fileio3"] {
      XCTAssertEqual(try transfer(program, 1_000_000), "5 chunks received, 1000000 bytes\n", program)
    }
  }

  func testAllModelsTransferARest() throws {
    XCTAssertEqual(try transfer("fileio1", 600_001), "4 chunks received, 600001 bytes\n")
    for program in ["fileio2", "fileio3"] {
      XCTAssertEqual(try transfer(program, 600_001), "3 chunks received, 600001 bytes\n", program)
    }
  }

  func testAllModelsTransferAnEmptyFile() throws {
    for program in ["fileio1", "fileio2", "fileio3"] {
      XCTAssertEqual(try transfer(program, 0), "1 chunks received, 0 bytes\n", program)
    }
  }

  func testServerSendsTheChunksThatAreAskedForAndEmptyOnesPastTheEnd() throws {
    let path = "\(try makeFolder())/testdata"
    try Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0) }).write(to: URL(fileURLWithPath: path))
    let endpoint = try freeEndpoint()
    // A program whose own client never gets a chunk goes on to serve.
    let program = try start("fileio3", path, endpoint, "0")
    let client = try context.socket(.dealer)
    try client.connect(endpoint)
    try client.send(["fetch", "100", "5"])
    XCTAssertEqual(try receive(from: client), [[100, 101, 102, 103, 104]])
    try client.send(["fetch", "199999", "250000"])
    XCTAssertEqual(try receive(from: client), [[63]])
    try client.send(["fetch", "200000", "250000"])
    XCTAssertEqual(try receive(from: client), [""])
    for nonsense: Message in ["fetch", ["fetch", "-1", "5"], ["fetch", "0", "999999999999"], ["fetch", "x", ""]] {
      try client.send(nonsense)
    }
    try client.send(["fetch", "0", "1"])
    XCTAssertEqual(try receive(from: client), [[0]])
    try stop(program)
  }
}
