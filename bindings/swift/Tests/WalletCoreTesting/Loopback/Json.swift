import Foundation

/// JSON to be looked into: what is not there is `null`.
package struct Json: @unchecked Sendable {
    private let value: Any?

    package init(_ value: Any?) { self.value = value }

    package init(_ data: Data) throws { value = try JSONSerialization.jsonObject(with: data) }

    package subscript(_ name: String) -> Json { Json((value as? [String: Any])?[name]) }
    package subscript(_ index: Int) -> Json {
        let list = value as? [Any] ?? []
        return Json(list.indices.contains(index) ? list[index] : nil)
    }
    package var text: String? { value as? String }
    package var isTrue: Bool { value as? Bool == true }
    package var count: Int { (value as? [Any])?.count ?? names.count }
    /// The members' names, sorted.
    package var names: [String] { (value as? [String: Any])?.keys.sorted() ?? [] }
}
