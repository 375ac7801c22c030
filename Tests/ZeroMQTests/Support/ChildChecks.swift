import Disturbances
import XCTest

/// What a child made by `fork`, in which XCTest cannot report, has checked.
struct ChildChecks {
  private var count: Int32 = 0
  private var firstFailure: Int32 = 0

  /// Runs something in a child, and checks in this process that all of its checks succeeded.
  static func inChild(file: StaticString = #filePath, line: UInt = #line, _ body: (inout ChildChecks) throws -> Void) {
    let child = ForkedChild {
      var checks = ChildChecks()
      do { try body(&checks) } catch { return 200 }
      return checks.firstFailure
    }
    let text = "the number of the first check that failed; 200 is an error, below 0 a signal"
    XCTAssertEqual(child.join(), 0, text, file: file, line: line)
  }

  mutating func isTrue(_ condition: Bool) {
    count += 1
    if !condition, firstFailure == 0 { firstFailure = count }
  }

  /// Checks that something throws the error that says that the process is another one.
  mutating func isRefused(_ body: () throws -> Void) {
    var description = ""
    do { try body() } catch { description = "\(error)" }
    isTrue(description.contains("fork") && description.contains("EPERM"))
  }
}
