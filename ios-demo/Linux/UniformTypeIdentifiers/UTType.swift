// A stand-in for what the app uses of Apple's framework UniformTypeIdentifiers.

public struct UTType: Hashable, Sendable {
    public let identifier: String
    init(_ identifier: String) { self.identifier = identifier }
    public static let data = UTType("public.data"), item = UTType("public.item")
}
