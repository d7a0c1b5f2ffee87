import Foundation
import WalletCoreBindings

extension WalletError {
    /// The details. They hold no claim's value, no secret and no text from outside.
    public var fault: Fault {
        switch self {
        case .Retry(let fault), .Unlock(let fault), .AskCitizen(let fault), .Refused(let fault), .Reissue(let fault),
            .Recover(let fault), .Update(let fault), .Report(let fault):
            fault
        }
    }

    /// The stable code.
    public var code: Code { fault.code }

    /// What happened, in one or two sentences for the citizen, in the language of the locale (English where the core has
    /// no other).
    public func message(in locale: Locale = .current) -> String {
        (try? faultMessage(fault: fault, locale: locale.identifier(.bcp47))) ?? "\(code)"
    }

    /// What the citizen can do now, in one sentence.
    public func action(in locale: Locale = .current) -> String {
        (try? faultAction(fault: fault, locale: locale.identifier(.bcp47))) ?? ""
    }
}

extension WalletError: LocalizedError {
    public var errorDescription: String? { message() }
    public var recoverySuggestion: String? { action() }
}

extension WalletError: CustomStringConvertible {
    /// For a log: the code and its section of the standard.
    public var description: String {
        guard let details = try? codeDetails(code: code) else { return "\(code)" }
        return "\(details.printed) \(code) [\(details.spec)]"
    }
}
