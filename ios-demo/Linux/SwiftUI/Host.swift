/// One thing on the screen.
@_spi(Host) @MainActor public final class Node {
    public let kind: String
    public var text = "", children: [Node], styles: [String: String] = [:]
    public var label: String?, hint: String?, value: String?, id: String?, image: String?, role: String?, picture: Data?
    public var hidden = false, enabled: Bool
    public var traits: AccessibilityTraits = []
    var action: (@MainActor () -> Void)?, type: (@MainActor (String) -> Void)?
    init(_ kind: String, _ c: Context, _ children: [Node] = []) { (self.kind, self.children, enabled) = (kind, children, c.env.isEnabled) }
    func styled(_ k: String, _ v: String) -> Node { styles[k] = v; return self }
    func with(_ f: (Node) -> Void) -> Node { f(self); return self }

    public var isControl: Bool { ["button", "toggle", "textfield", "securefield", "link"].contains(kind) }
    /// How high it is at least, in points, at the size of text that phones come with.
    public var leastHeight: Double {
        let inner: Double = switch kind {
        case "text": ["title": 41, "title2": 34, "title3": 25, "subheadline": 20, "footnote": 18][styles["font"] ?? "body"] ?? 22
        case "securefield", "textfield": 22
        case "toggle": 44
        case "spacer", "shape", "image": 0
        case "hstack", "layers", "label": children.map(\.leastHeight).max() ?? 0
        default: children.map(\.leastHeight).reduce(0, +)
        }
        return max(inner + 2 * (Double(styles["padding-y"] ?? "") ?? 0), Double(styles["min-height"] ?? "") ?? 0)
    }
    /// What VoiceOver would say: the label, else the texts within.
    public var spoken: String {
        if let label { return label }
        if hidden || (kind == "element" && styles["children"] == "ignore") { return "" }
        return ([text] + children.map(\.spoken)).filter { !$0.isEmpty }.joined(separator: ", ")
    }
    /// What there is to see of it but its words: two controls of the same look weigh the same.
    public var look: [String] {
        ["\(kind) \(styles.sorted { $0.key < $1.key })"] + children.flatMap(\.look)
    }
    public func press() { action?() }
    public var all: [Node] { [self] + children.flatMap(\.all) }
    /// The screen as an indented outline, for failed expectations and snapshots.
    public func outline(_ depth: Int = 0) -> String {
        let facts = [text.isEmpty ? nil : "\"\(text)\"", label.map { "label=\"\($0)\"" }, hint.map { "hint=\"\($0)\"" }, value.map { "value=\($0)" }, image.map { "image=\($0)" }, enabled ? nil : "disabled"]
        return String(repeating: "  ", count: depth) + ([kind] + facts.compactMap { $0 }).joined(separator: " ") + "\n" + children.map { $0.outline(depth + 1) }.joined()
    }
}

struct Context {
    let host: ViewHost
    var env: EnvironmentValues, path: String
    func at(_ part: some Hashable) -> Context { Context(host: host, env: env, path: path + "/\(part)") }
    @MainActor func link(_ view: Any) {
        for (i, child) in Mirror(reflecting: view).children.enumerated() { (child.value as? any Linked)?.link(self, "\(i)") }
    }
}

@MainActor func resolve(_ view: any View, _ c: Context) -> [Node] {
    if let known = view as? any Resolvable { return known.nodes(c) }
    let inner = c.at("\(type(of: view))")
    inner.link(view)
    return resolve(view.body, inner)
}

@_spi(Host) public struct HostError: Error, CustomStringConvertible {
    public let description: String
}

/// Shows a view and lets a test look at it, press, type and open links.
@_spi(Host) @MainActor public final class ViewHost {
    public var catalog: StringCatalog?
    /// Keys asked for, and those ("fr: key") that the catalogue lacks.
    public internal(set) var keys: Set<String> = [], missing: Set<String> = []
    let root: any View
    var env = EnvironmentValues()
    var openers: [(URL) -> Void] = []
    /// Addresses that the app gave to the system to open.
    public private(set) var opened: [URL] = []
    private var stores: [String: AnyObject] = [:], touched: Set<String> = []
    private var running: [String: Task<Void, Never>?] = [:], present: [String: () -> Task<Void, Never>?] = [:], later: [() -> Void] = []
    private let dirty = Flag()
    var dialog: FileDialog?
    private var tree: Node?

    public init(_ root: some View, locale: String = "en", catalog: StringCatalog?, set: (inout EnvironmentValues) -> Void = { _ in }) {
        (self.root, self.catalog) = (root, catalog)
        env.locale = Locale(identifier: locale)
        env.openURL = OpenURLAction { [weak self] in self?.opened.append($0) }
        set(&env)
    }

    func storage<V>(_ key: String, _ make: () -> V) -> Storage<V> {
        touched.insert(key)
        if let found = stores[key] as? Storage<V> { return found }
        let made = Storage(make())
        stores[key] = made
        return made
    }
    func invalidate() { dirty.set() }
    /// The system changes something: the phase of the scene, the size of text.
    public func set(_ change: (inout EnvironmentValues) -> Void) { change(&env); dirty.set() }
    func seen(_ key: String, _ start: @escaping () -> Task<Void, Never>?) { present[key] = start }
    func after(_ action: @escaping () -> Void) { later.append(action) }

    /// The present screen. Views are read again only after @State, @Binding or an @Observable property that they read
    /// has changed: a model that forgets @Observable shows stale text here as it does on a phone.
    public var screen: Node {
        for _ in 0..<50 {
            guard tree == nil || dirty.take() else { break }
            (openers, present, later, touched, dialog) = ([], [:], [], [], nil)
            let c = Context(host: self, env: env, path: "")
            tree = withObservationTracking { Node("root", c, resolve(root, c)) } onChange: { [dirty] in dirty.set() }
            stores = stores.filter { touched.contains($0.key) } // state goes with its view
            for (key, task) in running where present[key] == nil { task?.cancel(); running[key] = nil }
            for (key, start) in present where running[key] == nil { running[key] = .some(start()) }
            later.forEach { $0() }
        }
        return tree!
    }
    public var texts: [String] { screen.all.filter { $0.kind == "text" }.map(\.text) }
    public var controls: [Node] { screen.all.filter(\.isControl) }

    public func control(_ label: String) throws -> Node {
        let found = controls.filter { $0.spoken == label || $0.id == label }
        guard found.count == 1 else { throw HostError(description: "\(found.count) controls labelled \"\(label)\" in\n\(screen.outline())") }
        return found[0]
    }
    public func tap(_ label: String) throws {
        let n = try control(label)
        guard n.enabled, let action = n.action else { throw HostError(description: "\"\(label)\" is disabled in\n\(screen.outline())") }
        action()
        invalidate()
    }
    public func type(_ text: String, into label: String) throws { try control(label).type?(text); invalidate() }
    public func open(_ url: String) { _ = screen; openers.last?(URL(string: url)!); invalidate() }
    /// Waits, by looking again, until the screen is as wanted.
    public func until(_ what: String, seconds: Double = 5, _ wanted: (ViewHost) -> Bool) async throws {
        let end = Date().addingTimeInterval(seconds)
        while !wanted(self) {
            guard Date() < end else { throw HostError(description: "not within \(seconds) s: \(what). The screen:\n\(screen.outline())") }
            try await Task.sleep(nanoseconds: 5_000_000)
        }
    }
    public func text(_ text: String) async throws { try await until("the text \"\(text)\"") { $0.texts.contains(text) } }

    /// Everything that someone who cannot see or who reads the other language would miss.
    public func faults() -> [String] {
        var out = missing.sorted().map { "no translation: \($0)" }
        for n in screen.all {
            if n.isControl, n.spoken.trimmingCharacters(in: .whitespaces).isEmpty { out.append("no label: \(n.outline())") }
            if n.kind == "progress", n.spoken.isEmpty { out.append("no label: progress") }
        }
        func images(_ n: Node, labelled: Bool) {
            if n.kind == "image", !n.hidden, n.label == nil, !labelled { out.append("image without label: \(n.image ?? "")") }
            let covered = labelled || n.label != nil || n.hidden || (n.kind == "element" && n.styles["children"] == "ignore")
            n.children.forEach { images($0, labelled: covered) }
        }
        images(screen, labelled: false)
        return out
    }
}

final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var on = false
    func set() { lock.lock(); on = true; lock.unlock() }
    func take() -> Bool { lock.lock(); defer { on = false; lock.unlock() }; return on }
}
