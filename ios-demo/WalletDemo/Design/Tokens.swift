import SwiftUI

/// Distances, in points.
enum Space {
    static let tiny: CGFloat = 4
    static let small: CGFloat = 8
    static let medium: CGFloat = 16
    static let large: CGFloat = 24

    /// The least height of what can be touched.
    static let touch: CGFloat = 48
    static let corner: CGFloat = 16
}

/// The colours of the asset catalogue, by day and by night.
enum Palette {
    static let background = Color("background")
    static let surface = Color("surface")
    static let plainSurface = Color("plain_surface")
    static let ink = Color("ink")
    static let inkSoft = Color("ink_soft")
    static let line = Color("line")
    static let edge = Color("edge")
    static let brand = Color("brand")
    static let onBrand = Color("on_brand")
}

/// How something looks that says more than its words: always with a sign of its own, never by colour alone.
enum Tone: String, CaseIterable {
    case trusted = "good"
    case warning
    case danger
    case plain

    var surface: Color { self == .plain ? Palette.plainSurface : Color(rawValue + "_surface") }
    var ink: Color { self == .plain ? Palette.ink : Color(rawValue + "_ink") }

    var sign: String {
        switch self {
        case .trusted: "checkmark.shield.fill"
        case .warning: "exclamationmark.triangle.fill"
        case .danger: "xmark.octagon.fill"
        case .plain: "info.circle.fill"
        }
    }
}
