public struct ButtonRole: Equatable, Sendable { let name: String; public static let destructive = ButtonRole(name: "destructive"), cancel = ButtonRole(name: "cancel") }

public struct Button<Label: View>: _Primitive, Resolvable {
    let role: ButtonRole?, action: @MainActor () -> Void, label: Label
    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) { (role, self.action, self.label) = (nil, action, label()) }
    public init(role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) { (self.role, self.action, self.label) = (role, action, label()) }
    func nodes(_ c: Context) -> [Node] {
        let n = Node("button", c, resolve(label, c.at("label")))
        n.action = action
        n.role = role?.name
        n.styles["button"] = c.env.buttonStyle
        return [n]
    }
}
extension Button where Label == Text {
    public init(_ titleKey: LocalizedStringKey, action: @escaping @MainActor () -> Void) { self.init(action: action) { Text(titleKey) } }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, action: @escaping @MainActor () -> Void) { self.init(action: action) { Text(title) } }
    public init(_ titleKey: LocalizedStringKey, role: ButtonRole?, action: @escaping @MainActor () -> Void) { self.init(role: role, action: action) { Text(titleKey) } }
}

public struct Toggle<Label: View>: _Primitive, Resolvable {
    let isOn: Binding<Bool>, label: Label
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) { (self.isOn, self.label) = (isOn, label()) }
    func nodes(_ c: Context) -> [Node] {
        let n = Node("toggle", c, resolve(label, c.at("label")))
        n.value = isOn.wrappedValue ? "on" : "off"
        n.action = { isOn.wrappedValue.toggle() }
        return [n]
    }
}
extension Toggle where Label == Text {
    public init(_ titleKey: LocalizedStringKey, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(titleKey) } }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(title) } }
}

public struct TextField<Label: View>: _Primitive, Resolvable {
    let text: Binding<String>, label: Label, prompt: Text?
    func nodes(_ c: Context) -> [Node] { field("textfield", text, resolve(label, c.at("label")), prompt, c) }
}
extension TextField where Label == Text {
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { (self.text, label, prompt) = (text, Text(titleKey), nil) }
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>, prompt: Text?) { (self.text, label, self.prompt) = (text, Text(titleKey), prompt) }
}
public struct SecureField<Label: View>: _Primitive, Resolvable {
    let text: Binding<String>, label: Label, prompt: Text?
    func nodes(_ c: Context) -> [Node] { field("securefield", text, resolve(label, c.at("label")), prompt, c) }
}
extension SecureField where Label == Text {
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { (self.text, label, prompt) = (text, Text(titleKey), nil) }
    public init(_ titleKey: LocalizedStringKey, text: Binding<String>, prompt: Text?) { (self.text, label, self.prompt) = (text, Text(titleKey), prompt) }
}
/// The title is what VoiceOver says; it is seen only where there is no prompt.
@MainActor private func field(_ kind: String, _ text: Binding<String>, _ label: [Node], _ prompt: Text?, _ c: Context) -> [Node] {
    let n = Node(kind, c, prompt == nil ? label : [])
    n.label = label.map(\.spoken).joined(separator: ", ")
    n.value = kind == "securefield" ? String(repeating: "•", count: text.wrappedValue.count) : text.wrappedValue
    n.type = { text.wrappedValue = $0 }
    return [n]
}

public struct Image: _Primitive, Resolvable, Equatable {
    public enum Scale: Sendable { case small, medium, large }
    let name: String, system: Bool, decorative: Bool
    var label: Text? = nil, picture: UIImage? = nil
    public init(uiImage: UIImage) { (name, system, decorative, picture) = ("picture", false, false, uiImage) }
    public init(systemName: String) { (name, system, decorative) = (systemName, true, false) }
    public init(_ name: String, bundle: Bundle? = nil) { (self.name, system, decorative) = (name, false, false) }
    public init(_ name: String, bundle: Bundle? = nil, label: Text) { (self.name, system, decorative, self.label) = (name, false, false, label) }
    public init(decorative name: String, bundle: Bundle? = nil) { (self.name, system, decorative) = (name, false, true) }
    public func resizable() -> Image { self }
    public func renderingMode(_ mode: TemplateRenderingMode?) -> Image { self }
    public enum TemplateRenderingMode: Sendable { case template, original }
    public static nonisolated func == (a: Image, b: Image) -> Bool { a.name == b.name && a.system == b.system }
    func nodes(_ c: Context) -> [Node] {
        let n = Node("image", c)
        n.image = name
        n.hidden = decorative
        n.label = label?.string(c)
        n.picture = picture?.data
        return [n]
    }
}
extension View { public func scaledToFit() -> some View { style("fit") }; public func scaledToFill() -> some View { style("fill") } }

public struct Label<Title: View, Icon: View>: _Primitive, Resolvable {
    let title: Title, icon: Icon
    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) { (self.title, self.icon) = (title(), icon()) }
    func nodes(_ c: Context) -> [Node] {
        let icons = resolve(icon, c.at("icon"))
        icons.forEach { $0.hidden = true } // VoiceOver reads a label's title only
        return [Node("label", c, icons + resolve(title, c.at("title")))]
    }
}
extension Label where Title == Text, Icon == Image {
    public init(_ titleKey: LocalizedStringKey, systemImage name: String) { self.init { Text(titleKey) } icon: { Image(systemName: name) } }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage name: String) { self.init { Text(title) } icon: { Image(systemName: name) } }
}

public struct ProgressView<Label: View>: _Primitive, Resolvable {
    let label: Label?
    func nodes(_ c: Context) -> [Node] { [Node("progress", c, label.map { resolve($0, c.at("label")) } ?? [])] }
}
extension ProgressView where Label == EmptyView { public init() { label = nil } }
extension ProgressView where Label == Text { public init(_ titleKey: LocalizedStringKey) { label = Text(titleKey) } }

public struct Spacer: _Primitive, Resolvable { public nonisolated init(minLength: CGFloat? = nil) {}; func nodes(_ c: Context) -> [Node] { [Node("spacer", c)] } }
public struct VStack<Content: View>: _Primitive, Resolvable {
    let content: Content, alignment: HorizontalAlignment, spacing: CGFloat?
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) { (self.content, self.alignment, self.spacing) = (content(), alignment, spacing) }
    func nodes(_ c: Context) -> [Node] { [Node("vstack", c, resolve(content, c.at("v"))).styled("align", alignment.name).styled("gap", "\(spacing ?? 8)")] }
}
public struct HStack<Content: View>: _Primitive, Resolvable {
    let content: Content, alignment: VerticalAlignment, spacing: CGFloat?
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) { (self.content, self.alignment, self.spacing) = (content(), alignment, spacing) }
    func nodes(_ c: Context) -> [Node] { [Node("hstack", c, resolve(content, c.at("h"))).styled("align", alignment.name).styled("gap", "\(spacing ?? 8)")] }
}
public struct ScrollView<Content: View>: _Primitive, Resolvable {
    let content: Content
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    func nodes(_ c: Context) -> [Node] { [Node("scroll", c, resolve(content, c.at("s")))] }
}
// MARK: accessibility

public struct AccessibilityChildBehavior: Sendable { let name: String; public static let ignore = Self(name: "ignore"), contain = Self(name: "contain"), combine = Self(name: "combine") }
public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let isButton = Self(rawValue: 1), isHeader = Self(rawValue: 2), isSelected = Self(rawValue: 4), updatesFrequently = Self(rawValue: 8), isLink = Self(rawValue: 16), isImage = Self(rawValue: 32)
}
extension View {
    public func accessibilityLabel(_ label: Text) -> some View { each { n, c in n.label = label.string(c) } }
    public func accessibilityLabel(_ labelKey: LocalizedStringKey) -> some View { each { n, c in n.label = labelKey.text(c) } }
    @_disfavoredOverload public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { each { n, _ in n.label = String(label) } }
    public func accessibilityHint(_ hint: Text) -> some View { each { n, c in n.hint = hint.string(c) } }
    public func accessibilityValue(_ value: Text) -> some View { each { n, c in n.value = value.string(c) } }
    public func accessibilityHidden(_ hidden: Bool) -> some View { each { n, _ in n.hidden = hidden } }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { each { n, _ in n.traits.formUnion(traits) } }
    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
        modified { c, next in
            let n = Node("element", c, next(c))
            n.styles["children"] = children.name
            return [n]
        }
    }
}

/// A picture's bytes. Apple's reads them; this one only knows the first bytes of a JPEG and of a PNG.
public final class UIImage: Sendable {
    let data: Data
    public init?(data: Data) {
        guard data.starts(with: [0xff, 0xd8, 0xff]) || data.starts(with: [0x89, 0x50, 0x4e, 0x47]) else { return nil }
        self.data = data
    }
}

public enum UIKeyboardType: Sendable { case `default`, asciiCapable, numberPad, URL }
extension View { public func keyboardType(_ type: UIKeyboardType) -> some View { style("keyboard", "\(type)") } }

extension View {
    /// What a long press shows; VoiceOver offers it as actions. Here it is always there, after what it belongs to.
    public func contextMenu<Items: View>(@ViewBuilder menuItems: () -> Items) -> some View {
        let items = menuItems()
        return modified { c, next in
            let menu = resolve(items, c.at("menu"))
            return menu.isEmpty ? next(c) : next(c) + [Node("menu", c, menu)]
        }
    }
}
