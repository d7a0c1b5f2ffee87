import WalletCore

/// The code of the error that a call gives; `nil` when it gives none, or another kind.
func code(_ call: () async throws -> Void) async -> Code? {
    do {
        try await call()
        return nil
    } catch {
        return (error as? WalletError)?.code
    }
}
