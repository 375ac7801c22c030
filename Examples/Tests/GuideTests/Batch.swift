import Foundation
import XCTest

extension GuideTestCase {
  /// What a sink prints for a batch of 100 tasks.
  var batchReport: some RegexComponent { /(:\.{9}){10}Total elapsed time: \d+ msec\n/ }

  /// What a ventilator has printed of the batch's cost, after its other lines.
  func expectedCost(_ ventilator: Program) throws -> Int {
    let lines = /Press Enter when the workers are ready: Sending tasks to workers\.\.\.\nTotal expected cost: (\d+) msec\n/
    return try XCTUnwrap(Int(XCTUnwrap(ventilator.output.wholeMatch(of: lines), ventilator.output).1))
  }

  /// Starts a ventilator's batch and waits until it has been taken.
  func pressEnter(_ ventilator: Program) throws {
    // Only to save time: a worker that is still connecting leaves its share to the others, which work twice as long then.
    Thread.sleep(forTimeInterval: 0.3)
    try ventilator.write("\n")
    XCTAssertEqual(try ventilator.waitForExit(), 0)
  }
}
