// swift-tools-version:6.0
import Foundation
import PackageDescription

// On Linux the library is built for the tests and linked from Cargo's folder; elsewhere it is the XCFramework that
// build-xcframework makes. What is generated lies in generated/, which is never committed.
#if os(Linux)
    let folder = ProcessInfo.processInfo.environment["WALLET_LIBRARY"] ?? Context.packageDirectory + "/../../target/phone"
    let library: Target = .systemLibrary(name: "WalletCoreFFI", path: "generated/WalletCoreFFI")
    let linked: [LinkerSetting] = [
        .linkedLibrary("wallet"),
        .unsafeFlags(["-L\(folder)", "-Xlinker", "-rpath", "-Xlinker", folder]),
    ]
#else
    let library: Target = .binaryTarget(name: "WalletCoreFFI", path: "WalletCoreFFI.xcframework")
    let linked: [LinkerSetting] = []
#endif

// Apple's frameworks, where there are none: StandIns/README.md.
#if os(Linux)
    let frameworks = ["CryptoKit", "FoundationOnApple", "LocalAuthentication", "Security"]
    let standIns: [Target] = [
        .target(name: "FoundationOnApple", path: "StandIns/FoundationOnApple"),
        .target(name: "LocalAuthentication", path: "StandIns/LocalAuthentication"),
        .target(name: "Security", path: "StandIns/Security"),
        .target(name: "OpenSSLForCryptoKit", path: "StandIns/OpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        .target(
            name: "CryptoKit", dependencies: ["LocalAuthentication", "OpenSSLForCryptoKit", "Security"],
            path: "StandIns/CryptoKit"),
    ]
    let bench: [Target] = [.executableTarget(name: "Bench", dependencies: ["WalletCore"], path: "Bench")]
#else
    let frameworks: [String] = []
    let standIns: [Target] = []
    let bench: [Target] = []
#endif
let apple: [Target.Dependency] = frameworks.map { .target(name: $0) }

let sources: [Target] = [
    library,
    // UniFFI's file crashes the compiler in Swift 6 mode (6.0.3, async foreign traits): mode 5 for it alone.
    .target(
        name: "WalletCoreBindings", dependencies: ["WalletCoreFFI"], path: "generated/WalletCoreBindings",
        swiftSettings: [.swiftLanguageMode(.v5)], linkerSettings: linked),
    .target(name: "WalletCore", dependencies: ["WalletCoreBindings"]),
    .target(name: "WalletCoreApple", dependencies: ["WalletCore"] + apple),
]
let tests: [Target] = [
    .target(name: "WalletCoreTesting", dependencies: ["WalletCore"], path: "Tests/WalletCoreTesting"),
    .testTarget(name: "WalletCoreTests", dependencies: ["WalletCore", "WalletCoreTesting"]),
    .testTarget(name: "WalletCoreAppleTests", dependencies: ["WalletCoreApple", "WalletCoreTesting"] + apple),
    // The code of docs/guide-swift.md.
    .target(name: "Guide", dependencies: ["WalletCore", "WalletCoreApple"], path: "generated/Guide"),
    .testTarget(name: "GuideTests", dependencies: ["Guide", "WalletCoreApple", "WalletCoreTesting"] + apple),
]

let package = Package(
    name: "WalletCore",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "WalletCore", targets: ["WalletCore"]),
        .library(name: "WalletCoreApple", targets: ["WalletCoreApple"]),
    ],
    targets: sources + tests + standIns + bench,
    swiftLanguageModes: [.v6]
)
