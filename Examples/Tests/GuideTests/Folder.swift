import Foundation
import XCTest

extension GuideTestCase {
  /// A new folder for ipc endpoints, whose paths must be short; removed when the test ends.
  func makeFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guide-\(UInt32.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    addTeardownBlock { try FileManager.default.removeItem(at: folder) }
    return folder.path
  }

  /// Reads a program's lines until so many of them have ended with a text.
  func waitForLines(_ count: Int, endingWith text: String, from program: Program) throws {
    var found = 0
    while found < count {
      if try program.nextLine().hasSuffix(text) { found += 1 }
    }
  }
}
