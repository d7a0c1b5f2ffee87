public protocol ShapeStyle: Sendable { }
extension ShapeStyle { var cssName: String { (self as? Color)?.name ?? "custom" } }
public struct Color: ShapeStyle, Hashable, _Primitive, Resolvable {
    nonisolated let name: String
    nonisolated init(named: String) { name = named }
    public nonisolated init(_ name: String, bundle: Bundle? = nil) { self.name = name }
    public static let red = Color(named: "red"), orange = Color(named: "orange"), yellow = Color(named: "yellow"), green = Color(named: "green"),
        blue = Color(named: "blue"), gray = Color(named: "gray"), white = Color(named: "white"), black = Color(named: "black"),
        clear = Color(named: "clear"), primary = Color(named: "primary"), secondary = Color(named: "secondary"), accentColor = Color(named: "accent")
    public nonisolated func opacity(_ opacity: Double) -> Color { Color(named: "\(name)@\(opacity)") }
    func nodes(_ c: Context) -> [Node] { let n = Node("color", c); n.styles["color"] = name; return [n] }
}
extension ShapeStyle where Self == Color {
    public static var red: Color { .red }; public static var orange: Color { .orange }; public static var yellow: Color { .yellow }
    public static var green: Color { .green }; public static var blue: Color { .blue }; public static var gray: Color { .gray }
    public static var white: Color { .white }; public static var black: Color { .black }; public static var clear: Color { .clear }
}
@MainActor @preconcurrency public protocol Shape: View {}
extension Shape { var radius: String { "\((self as? RoundedRectangle)?.radius ?? 0)" } }
extension Shape { public func stroke<S: ShapeStyle>(_ content: S, lineWidth: CGFloat = 1) -> some View { style("stroke", content.cssName) } }
public struct RoundedRectangle: Shape, _Primitive, Resolvable {
    nonisolated let radius: CGFloat
    public nonisolated init(cornerRadius: CGFloat) { radius = cornerRadius }
    func nodes(_ c: Context) -> [Node] { [Node("shape", c)] }
}

public struct Font: Hashable, Sendable {
    let name: String
    var isMonospaced = false
    public enum Weight: Hashable, Sendable { case ultraLight, thin, light, regular, medium, semibold, bold, heavy, black; var name: String { "\(self)" } }
    public enum Design: Hashable, Sendable { case `default`, serif, rounded, monospaced }
    public enum TextStyle: Hashable, Sendable, CaseIterable { case largeTitle, title, title2, title3, headline, subheadline, body, callout, footnote, caption, caption2 }
    public static let largeTitle = Font(name: "largeTitle"), title = Font(name: "title"), title2 = Font(name: "title2"), title3 = Font(name: "title3"),
        headline = Font(name: "headline"), subheadline = Font(name: "subheadline"), body = Font(name: "body"), callout = Font(name: "callout"),
        footnote = Font(name: "footnote"), caption = Font(name: "caption"), caption2 = Font(name: "caption2")
    public static func system(_ style: TextStyle, design: Design? = nil, weight: Weight? = nil) -> Font { Font(name: "\(style)", isMonospaced: design == .monospaced) }
    public func weight(_ weight: Weight) -> Font { self }
    public func bold() -> Font { self }
    public func monospaced() -> Font { self }
}
public enum TextAlignment: Hashable, Sendable, CaseIterable { case leading, center, trailing }
public struct HorizontalAlignment: Equatable, Sendable { let name: String; public static let leading = Self(name: "leading"), center = Self(name: "center"), trailing = Self(name: "trailing") }
public struct VerticalAlignment: Equatable, Sendable { let name: String; public static let top = Self(name: "top"), center = Self(name: "center"), bottom = Self(name: "bottom"), firstTextBaseline = Self(name: "baseline") }
public struct Alignment: Equatable, Sendable { let name: String; public static let leading = Self(name: "leading"), center = Self(name: "center"), trailing = Self(name: "trailing"), top = Self(name: "top"), bottom = Self(name: "bottom"), topLeading = Self(name: "topLeading") }
public struct Edge: Sendable { public struct Set: OptionSet, Sendable { public let rawValue: Int8; public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let top = Set(rawValue: 1), leading = Set(rawValue: 2), bottom = Set(rawValue: 4), trailing = Set(rawValue: 8), all = Set(rawValue: 15), horizontal = Set(rawValue: 10), vertical = Set(rawValue: 5) } }

extension View {
    public func font(_ font: Font?) -> some View { each { n, _ in n.styles["font"] = font?.name ?? "body"; if font?.isMonospaced == true { n.styles["mono"] = "" } } }
    public func fontWeight(_ weight: Font.Weight?) -> some View { style("weight", weight?.name ?? "regular") }
    public func bold(_ isActive: Bool = true) -> some View { style("weight", isActive ? "bold" : "regular") }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { self.style("color", style.cssName) }
    public func background<S: ShapeStyle>(_ style: S) -> some View { self.style("background", style.cssName) }
    public func background<S: ShapeStyle, T: Shape>(_ style: S, in shape: T) -> some View { self.style("background", style.cssName).style("rounded", shape.radius) }
    public func padding(_ length: CGFloat) -> some View { padding(.all, length) }
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View {
        each { n, _ in
            if edges.contains(.horizontal) { n.styles["padding-x"] = "\(length ?? 16)" }
            if edges.contains(.vertical) { n.styles["padding-y"] = "\(length ?? 16)" }
        }
    }
    public func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center) -> some View {
        each { n, _ in
            if let width { n.styles["frame-width"] = "\(width)" }
            if let height { n.styles["frame-height"] = "\(height)" }
        }
    }
    public func frame(minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center) -> some View {
        each { n, _ in
            n.styles["place"] = alignment.name
            if maxWidth == .infinity { n.styles["wide"] = "" } else if let maxWidth { n.styles["max-width"] = "\(maxWidth)" }
            if maxHeight == .infinity { n.styles["tall"] = "" }
            if let minWidth { n.styles["min-width"] = "\(minWidth)" }
            if let minHeight { n.styles["min-height"] = "\(minHeight)" }
        }
    }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { style("align", "\(alignment)") }
    public func clipShape<S: Shape>(_ shape: S) -> some View { style("rounded", shape.radius) }
    public func overlay<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V) -> some View {
        let over = content()
        return modified { c, next in
            let above = resolve(over, c.at("over"))
            return above.isEmpty ? next(c) : [Node("layers", c, next(c) + above)]
        }
    }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { env { $0.buttonStyle = "\(S.self)" } }
    public func textInputAutocapitalization(_ autocapitalization: TextInputAutocapitalization?) -> some View { style("caps") }
    public func autocorrectionDisabled(_ disable: Bool = true) -> some View { style("nocorrect") }
    public func privacySensitive(_ sensitive: Bool = true) -> some View { style("private") }
}
extension EnvironmentValues { var buttonStyle: String { get { self[Styles.self]["button"] ?? "" } set { self[Styles.self]["button"] = newValue } }
    struct Styles: EnvironmentKey { static let defaultValue: [String: String] = [:] } }
public struct TextInputAutocapitalization: Sendable { public static let never = Self(), words = Self(), characters = Self() }
@MainActor @preconcurrency public protocol PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle { public nonisolated init() {} }
extension PrimitiveButtonStyle where Self == PlainButtonStyle { public static var plain: Self { .init() } }
