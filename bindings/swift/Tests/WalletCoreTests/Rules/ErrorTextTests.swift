import Foundation
import Testing
import WalletCore
import WalletCoreTesting

@Suite struct ErrorTextTests {
    @Test func anErrorSpeaksTheCitizensLanguage() async throws {
        let wallet = try await TestWallet.make()
        try wallet.lock()
        do {
            _ = try await wallet.credentials()
            Issue.record("it is not locked")
        } catch let error as WalletError {
            let (english, french) = (Locale(identifier: "en-CA"), Locale(identifier: "fr-CA"))
            #expect(error.message(in: english) != error.message(in: french))
            #expect(error.message(in: english).contains("locked"))
            #expect(error.message(in: french).contains("verrouillé"))
            #expect(error.action(in: french) != error.action(in: english))
            #expect(error.localizedDescription == error.message())
            #expect(error.recoverySuggestion == error.action())
            #expect("\(error)".hasPrefix("WC-"), "a log has the code")
            guard case .Unlock = error else {
                Issue.record("what to do next is to unlock")
                return
            }
        }
    }

    @Test func everyCodeHasWordsInBothLanguages() throws {
        var codes = 0
        for number in UInt16(1000)...9999 {
            guard let code = try codeNumbered(number: number) else { continue }
            codes += 1
            let fault = Fault(code: code, place: nil, httpStatus: nil, attemptsLeft: nil, retryAt: nil)
            let english = try faultMessage(fault: fault, locale: "en")
            let french = try faultMessage(fault: fault, locale: "fr")
            #expect(!english.isEmpty && !french.isEmpty && english != french, "\(code)")
        }
        #expect(codes > 100)
    }

    @Test func aLanguageThatTheCoreLacksIsEnglish() throws {
        let fault = Fault(code: .locked, place: nil, httpStatus: nil, attemptsLeft: nil, retryAt: nil)
        #expect(try faultMessage(fault: fault, locale: "tlh") == faultMessage(fault: fault, locale: "en"))
    }
}
