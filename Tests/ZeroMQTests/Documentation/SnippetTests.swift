import Foundation
import XCTest

/// The Swift code of the documentation is part of `Snippets/`, which is compiled with every build.
final class SnippetTests: XCTestCase {
  private let root = URL(fileURLWithPath: #filePath, isDirectory: false)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private var catalog: URL { root.appendingPathComponent("Sources/ZeroMQ/ZeroMQ.docc") }

  func testEveryCodeBlockOfTheReadmeIsPartOfASnippet() throws {
    XCTAssertGreaterThan(try checkBlocks(of: root.appendingPathComponent("README.md")), 5)
  }

  func testEveryCodeBlockOfTheArticlesIsPartOfASnippet() throws {
    let articles = try files(below: catalog, "md")
    XCTAssertGreaterThan(articles.count, 20)
    let blocks = try articles.map { try checkBlocks(of: $0) }.reduce(0, +)
    XCTAssertGreaterThan(blocks, 50)
  }

  func testCodeOfTheTutorialIsThatOfItsSnippets() throws {
    let files = try files(below: catalog, "swift")
    XCTAssertGreaterThan(files.count, 5)
    for file in files {
      let snippet = root.appendingPathComponent("Snippets/Tutorial").appendingPathComponent(file.lastPathComponent)
      XCTAssertEqual(try String(contentsOf: file, encoding: .utf8), try String(contentsOf: snippet, encoding: .utf8))
    }
  }

  /// Checks every Swift block of a document, except lines for a package's manifest.
  ///
  /// - Returns: How many there are.
  private func checkBlocks(of file: URL) throws -> Int {
    let snippets = try files(below: root.appendingPathComponent("Snippets"), "swift")
      .map { normalized(try String(contentsOf: $0, encoding: .utf8).components(separatedBy: "\n")) }
    let blocks = try codeBlocks(of: file).filter { !$0.contains { $0.contains(".package(url:") } }
    for block in blocks {
      let text = normalized(block)
      XCTAssert(
        snippets.contains { $0.contains(text) },
        "\(file.lastPathComponent): no snippet has this block:\n\(block.joined(separator: "\n"))")
    }
    return blocks.count
  }

  private func files(below folder: URL, _ pathExtension: String) throws -> [URL] {
    let enumerator = try XCTUnwrap(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return enumerator.compactMap { $0 as? URL }.filter { $0.pathExtension == pathExtension }
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

  /// The lines without their indentation, blanks in a row, and empty lines.
  private func normalized(_ lines: [String]) -> String {
    lines.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
