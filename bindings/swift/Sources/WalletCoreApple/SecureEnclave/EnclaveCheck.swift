import WalletCore

/// Tries the Secure Enclave of the phone that this runs on: a developer's check, for a test or a hidden button of an app.
/// Its keys are its own and are deleted again. It asks the citizen for nothing.
///
/// - Returns: The first rule of the core's that does not hold, in English; `nil` when all hold.
public func checkSecureEnclave(accessGroup: String?) async throws -> String? {
    let area = EnclaveSecureArea(service: "org.walletcore.check", accessGroup: accessGroup)
    return try await checkSecureArea(area: area, abilities: Abilities(agrees: false, seals: true))
}
