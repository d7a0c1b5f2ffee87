/// A property that the resolver connects to the host's storage before it reads `body`.
public protocol DynamicProperty {}
@MainActor protocol Linked { func link(_ c: Context, _ slot: String) }

final class Storage<Value> {
    var value: Value
    init(_ value: Value) { self.value = value }
}

@MainActor final class Box<Value> {
    nonisolated(unsafe) var make: () -> Value
    var storage: Storage<Value>?
    weak var host: ViewHost?
    nonisolated init(_ make: @escaping () -> Value) { self.make = make }
    func connect(_ c: Context, _ slot: String) {
        host = c.host
        storage = c.host.storage("\(c.path)#\(slot)", make)
    }
    var value: Value {
        get { storage?.value ?? make() }
        set {
            guard let storage else { fatalError("state set before its view was shown") }
            storage.value = newValue
            host?.invalidate()
        }
    }
}

@MainActor @propertyWrapper public struct State<Value>: DynamicProperty, Linked {
    let box: Box<Value>
    public nonisolated init(wrappedValue value: Value) { nonisolated(unsafe) let v = value; box = Box { v } }
    public nonisolated init(initialValue value: Value) { self.init(wrappedValue: value) }
    public var wrappedValue: Value { get { box.value } nonmutating set { box.value = newValue } }
    public var projectedValue: Binding<Value> { Binding(reading: { box.value }, writing: { box.value = $0 }) }
    func link(_ c: Context, _ slot: String) { box.connect(c, slot) }
}
extension State where Value: ExpressibleByNilLiteral { public nonisolated init() { self.init(wrappedValue: nil) } }

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    let get: @MainActor () -> Value, set: @MainActor (Value) -> Void
    init(reading get: @escaping @MainActor () -> Value, writing set: @escaping @MainActor (Value) -> Void) { (self.get, self.set) = (get, set) }
    /// As Apple's, less @preconcurrency: what compiles here compiles there.
    public init(@_inheritActorContext get: @escaping @isolated(any) @Sendable () -> Value, @_inheritActorContext set: @escaping @isolated(any) @Sendable (Value) -> Void) {
        let (read, write) = (get as () -> Value, set as (Value) -> Void)
        self.init(reading: { read() }, writing: { write($0) })
    }
    public init(projectedValue: Binding<Value>) { self = projectedValue }
    public static func constant(_ value: Value) -> Binding<Value> { nonisolated(unsafe) let v = value; return Binding(reading: { v }, writing: { _ in }) }
    @MainActor public var wrappedValue: Value { get { get() } nonmutating set { set(newValue) } }
    public var projectedValue: Binding<Value> { self }
    @MainActor public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
        Binding<Subject>(reading: { get()[keyPath: keyPath] }, writing: { var v = get(); v[keyPath: keyPath] = $0; set(v) })
    }
}

@MainActor @propertyWrapper public struct AccessibilityFocusState<Value: Hashable>: DynamicProperty, Linked {
    let box: Box<Value>
    public init() where Value == Bool { box = Box { false } }
    public var wrappedValue: Value { get { box.value } nonmutating set { box.value = newValue } }
    public var projectedValue: AccessibilityFocusState<Value>.Binding { .init(box: box) }
    @MainActor public struct Binding { let box: Box<Value> }
    func link(_ c: Context, _ slot: String) { box.connect(c, slot) }
}

@MainActor @propertyWrapper @dynamicMemberLookup public struct Bindable<Value: AnyObject & Observable> {
    public var wrappedValue: Value
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(_ wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public var projectedValue: Bindable<Value> { self }
    public subscript<Subject>(dynamicMember keyPath: ReferenceWritableKeyPath<Value, Subject>) -> Binding<Subject> {
        Binding(reading: { wrappedValue[keyPath: keyPath] }, writing: { wrappedValue[keyPath: keyPath] = $0 })
    }
}

// MARK: environment

public protocol EnvironmentKey { associatedtype Value; static var defaultValue: Value { get } }

public struct EnvironmentValues {
    var values: [ObjectIdentifier: Any] = [:]
    var objects: [ObjectIdentifier: AnyObject] = [:]
    public init() {}
    public subscript<K: EnvironmentKey>(key: K.Type) -> K.Value {
        get { values[ObjectIdentifier(key)] as? K.Value ?? K.defaultValue }
        set { values[ObjectIdentifier(key)] = newValue }
    }
    public var locale = Locale(identifier: "en")
    public var isEnabled = true
    public var dynamicTypeSize = DynamicTypeSize.large
    public var scenePhase = ScenePhase.active
    public var isSceneCaptured = false
    public var openURL = OpenURLAction { _ in }
}
public struct OpenURLAction: Sendable {
    let open: @MainActor @Sendable (URL) -> Void
    @MainActor public func callAsFunction(_ url: URL) { open(url) }
}
public enum ScenePhase: Comparable, Sendable { case background, inactive, active }
public enum DynamicTypeSize: Comparable, Hashable, Sendable, CaseIterable {
    case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge, accessibility1, accessibility2, accessibility3, accessibility4, accessibility5
    public var isAccessibilitySize: Bool { self >= .accessibility1 }
}
@propertyWrapper public struct Environment<Value>: DynamicProperty, Linked {
    let read: @MainActor (EnvironmentValues) -> Value
    let box: Storage<EnvironmentValues?>
    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) { nonisolated(unsafe) let k = keyPath; read = { $0[keyPath: k] }; box = Storage(nil) }
    public init(_ objectType: Value.Type) where Value: AnyObject, Value: Observable {
        read = {
            guard let found = $0.objects[ObjectIdentifier(objectType)] as? Value else { fatalError("no \(objectType) in the environment") }
            return found
        }
        box = Storage(nil)
    }
    @MainActor public var wrappedValue: Value { read(box.value ?? EnvironmentValues()) }
    func link(_ c: Context, _ slot: String) { box.value = c.env }
}

extension View {
    public func environment<V>(_ keyPath: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View { env { $0[keyPath: keyPath] = value } }
    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View { env { $0.objects[ObjectIdentifier(T.self)] = object } }
    public func disabled(_ disabled: Bool) -> some View { env { $0.isEnabled = $0.isEnabled && !disabled } }
    public func accessibilityFocused(_ condition: AccessibilityFocusState<Bool>.Binding) -> some View { each { n, _ in n.styles["a11y-focus"] = condition.box.value ? "yes" : "no" } }
}
