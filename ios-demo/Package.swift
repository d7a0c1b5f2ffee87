// swift-tools-version:6.0
// For Linux: type-checks the app's own files and runs its tests, with Linux/ in place of SwiftUI.
// On a Mac open WalletDemo.xcodeproj instead.
import PackageDescription

#if !os(Linux)
    #error("Open WalletDemo.xcodeproj: this package stands in for it on Linux only.")
#endif

/// The library under test and its stand-ins for Apple's other frameworks come from one package.
let core: [Target.Dependency] = [
    .product(name: "WalletCore", package: "WalletCore"), .product(name: "WalletCoreApple", package: "WalletCore"),
]

let package = Package(
    name: "WalletDemo",
    defaultLocalization: "en",
    dependencies: [.package(name: "WalletCore", path: "../bindings/swift")],
    targets: [
        .target(name: "ObservationFix", path: "Linux/ObservationFix"),
        .target(name: "UniformTypeIdentifiers", path: "Linux/UniformTypeIdentifiers"),
        .target(name: "CoreTransferable", dependencies: ["UniformTypeIdentifiers"], path: "Linux/CoreTransferable"),
        .target(
            name: "SwiftUI", dependencies: ["ObservationFix", "CoreTransferable", "UniformTypeIdentifiers"], path: "Linux/SwiftUI", exclude: ["README.md"],
            swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(name: "Accessibility", path: "Linux/Accessibility"),
        .executableTarget(
            name: "WalletDemo", dependencies: ["SwiftUI", "Accessibility", "CoreTransferable", "UniformTypeIdentifiers"] + core, path: "WalletDemo",
            exclude: ["Localizable.xcstrings", "InfoPlist.xcstrings", "Assets.xcassets"]),
        // pilot's servers and the ports of the library's own tests; a link, since a target lies within its package.
        .target(
            name: "Loopback", dependencies: [.product(name: "WalletCore", package: "WalletCore")],
            path: "Linux/Testing/WalletCoreTesting"),
        .testTarget(
            name: "WalletDemoTests", dependencies: ["WalletDemo", "SwiftUI", "Accessibility", "Loopback"] + core,
            path: "Tests/WalletDemoTests"),
    ],
    swiftLanguageModes: [.v6]
)
