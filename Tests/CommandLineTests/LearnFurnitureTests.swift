import Foundation
import Testing

@Suite(.serialized) struct LearnFurnitureTests {
  private static let web = Command.root.appending(path: "Pipelines/web.yaml").path

  private func page(_ number: Int) -> String {
    let words = ["القمح", "الزيتون", "القطن", "العنب", "الرمان", "التمر", "البرتقال", "الليمون"]
    let crop = words[number % words.count]
    let text = """
      وصل مزارعو \(crop) صباح اليوم إلى السوق المركزي لبيع محصول هذا العام، وسط إقبال من التجار.\\n\\n\
      وتوقع المزارعون أن تستمر مبيعات \(crop) حتى نهاية الشهر إذا بقي الطقس معتدلا.\\n\\nإلى اللقاء في عدد قادم
      """
    return
      #"{"id":"\#(number)","title":"موسم \#(crop)","url":"https://farm.example/\#(number)","text":"\#(text)"}"#
  }

  @Test func linesOfManyPagesAreTakenOutOfEach() throws {
    let folder = try Command.scratch("furniture")
    defer { try? FileManager.default.removeItem(at: folder) }
    let dump = folder.appending(path: "dump.jsonl").path
    try Data(((0..<8).map(page).joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: dump))
    let table = folder.appending(path: "pages.furniture").path
    let learned = try Command.run(["learn", "furniture", Self.web, "--input", dump, "--output", table])
    #expect(learned.status == 0, "\(learned.errors)")
    #expect(learned.errors.contains("lines of 8 pages of 1 sites"))
    let written = try String(contentsOfFile: table, encoding: .utf8)
    #expect(
      written.contains("site\tfarm.example\t8\n") && written.contains("\t8\n") && !written.contains("اللقاء"))
    func text(_ settings: [String]) throws -> String {
      try Command.run(["preview", Self.web, "--input", dump, "--json"] + settings).output
    }
    #expect(try text([]).contains("إلى اللقاء"))
    #expect(try !text(["--set", "structure.furniture=\(table)"]).contains("إلى اللقاء"))
  }

  @Test func pagesThatNameNoSiteAreOneSite() throws {
    let folder = try Command.scratch("furniture-unnamed")
    defer { try? FileManager.default.removeItem(at: folder) }
    let dump = folder.appending(path: "dump.jsonl").path
    let pages = (0..<8).map { page($0).replacing(#/"url":"[^"]*",/#, with: "") }
    try Data((pages.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: dump))
    let table = folder.appending(path: "pages.furniture").path
    let learned = try Command.run(["learn", "furniture", Self.web, "--input", dump, "--output", table])
    #expect(learned.errors.contains("lines of 8 pages of 1 sites"), "\(learned.errors)")
    let preview = try Command.run([
      "preview", Self.web, "--input", dump, "--json", "--set", "structure.furniture=\(table)",
    ])
    #expect(preview.status == 0 && !preview.output.contains("إلى اللقاء"))
  }

  @Test func atLeastOneInputIsNamed() throws {
    #expect(try Command.run(["learn", "furniture", Self.web, "--output", "x"]).status == 2)
  }
}
