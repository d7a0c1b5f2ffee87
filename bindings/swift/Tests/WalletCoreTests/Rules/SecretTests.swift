import Foundation
import Testing
@testable import WalletCore

@Suite struct SecretTests {
    @Test func theBytesAreTakenAndWiped() {
        var bytes = Array("correct horse battery staple".utf8)
        let secret = Secret(wiping: &bytes)
        #expect(bytes.isEmpty)
        #expect(secret.data == Data("correct horse battery staple".utf8))
        let shared = secret.data
        secret.wipe()
        #expect(shared == Data(count: 28), "what was handed out is wiped with it")
    }

    @Test func bytesOutliveTheirSecret() {
        let data = Secret("481516").data
        #expect(data == Data("481516".utf8))
    }

    @Test func anEmptySecretIsNone() {
        #expect(Secret("").data.isEmpty)
    }

    @Test func wipingReachesEveryCopyThatSharesTheBytes() {
        let data = Data(repeating: 9, count: 32)
        let shared = data
        data.wipe()
        #expect(shared == Data(count: 32))
        Data().wipe()
    }
}
