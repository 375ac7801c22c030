import Foundation
import XCTest

/// Ctrl-C, and the system's request to end, for the programs of chapter 4 that nobody answers.
final class Chapter4EndTests: GuideTestCase {
  /// Each program with a text that it prints once it runs.
  private func runs() throws -> [(name: String, arguments: [String], text: String)] {
    let nobody = try freeEndpoint()
    let clients: [(String, [String], String)] = [
      ("lpclient", [nobody, "--timeout=60000"], "connecting"), ("lpclient-async", [nobody, "--timeout=60000"], "connecting"),
      ("spworker", [nobody], "worker ready"), ("ppworker", [nobody], "worker ready"),
      ("mdworker", [nobody, "-v"], "sending ready"),
      ("mdclient", [nobody, "-v"], "send request"), ("mdclient2", [nobody, "1", "-v"], "send request"),
      ("mmiecho", [nobody, "-v"], "send request"), ("ticlient", [nobody, "-v"], "send request"),
      ("bstarcli", [nobody, nobody], "connecting"),
      ("flclient1", [nobody, "--timeout=60000"], "trying"), ("flclient3", [nobody], "connecting"),
    ]
    let servers: [(String, [String], String)] = try [
      ("mdbroker", "active"), ("mdbroker-async", "active"), ("flserver1", "ready"), ("flserver2", "ready"), ("flserver3", "ready"),
    ].map { name, text in (name, [try freeEndpoint()], text) }
    let pairs: [(String, [String], String)] = try ["bstarsrv", "bstarsrv2"].flatMap { name in
      try ["-p", "-b"].map { flag in (name, [flag, try freeEndpoint(), try freeEndpoint(), nobody], "waiting") }
    }
    return clients + servers + pairs
  }

  func testProgramsEndWithoutPeersAtCtrlC() throws {
    try check(SIGINT)
  }

  func testProgramsEndWithoutPeersWhenTheSystemAsksThemTo() throws {
    try check(SIGTERM)
  }

  private func check(_ signal: Int32) throws {
    let programs = try runs().map { ($0.text, try start($0.name, $0.arguments)) }
    for (text, program) in programs { try program.waitForOutput(text) }
    for (_, program) in programs { try stop(program, with: signal) }
  }
}
