import Foundation
import XCTest

final class ReadmeTests: XCTestCase {
  private let root = URL(fileURLWithPath: #filePath, isDirectory: false)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every block of the README but the lines for a package's manifest is part of a snippet, and snippets are compiled.
  func testEveryCodeBlockIsPartOfASnippet() throws {
    let folder = root.appendingPathComponent("Snippets")
    let snippets = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" }
      .map { normalized(try String(contentsOf: $0, encoding: .utf8).components(separatedBy: "\n")) }
    let blocks = try codeBlocks(of: root.appendingPathComponent("README.md"))
      .filter { !$0.contains { $0.contains(".package(url:") } }
    XCTAssertGreaterThan(blocks.count, 5)
    for block in blocks {
      let text = normalized(block)
      XCTAssert(snippets.contains { $0.contains(text) }, "no snippet has this block:\n\(block.joined(separator: "\n"))")
    }
  }

  private func codeBlocks(of file: URL) throws -> [[String]] {
    var blocks: [[String]] = []
    var block: [String]?
    for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
      if line == "```swift" {
        block = []
      } else if line == "```", let complete = block {
        blocks.append(complete)
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  /// The lines without their indentation, blanks in a row and empty lines.
  private func normalized(_ lines: [String]) -> String {
    lines.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
